#include "sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "ai_section.hpp"
#include "answer.hpp"
#include "expectation_lines.hpp"
#include "figures.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"
#include "hours_section.hpp"
#include "regional_section.hpp"
#include "reliability_section.hpp"
#include "services_report.hpp"

namespace gigasim::report {
namespace {

/// The metrics of the key figures; results.json holds all.
constexpr std::array<std::string_view, 19> kShownMetrics{
    "jobs_submitted",  "jobs_completed",        "jobs_failed",
    "jobs_cancelled",  "jobs_unfinished",       "accelerator_hours",
    "utilisation",     "h100_equivalent_hours", "offered_load",
    "queue_time_mean", "queue_time_median",     "queue_time_p95",
    "queue_time_p99",  "queue_time_max",        "bounded_slowdown_mean",
    "energy",          "energy_per_h100_hour",  "mean_power",
    "peak_power"};

constexpr double kHighUtilisation = 0.95;

Cell figure_cell(const std::optional<Figure>& figure, std::string_view unit) {
  return {humane::figure(figure, unit), figure && figure->lower_bound ? Mood::kWarning : Mood::kPlain};
}

std::optional<Figure> where(bool sampled, const Figure& figure) {
  return sampled ? std::optional{figure} : std::nullopt;
}

Cell wait_cell(const metrics::Distribution& wait, const Figure& figure) {
  return figure_cell(where(wait.count > 0, figure), "s");
}

Cell utilisation_cell(const metrics::Block& block) {
  if (block.accelerator_hours_available <= 0.0) return {"-"};
  return {humane::percent(block.utilisation), block.utilisation >= kHighUtilisation ? Mood::kWarning : Mood::kPlain};
}

Cell load_cell(const metrics::Block& block) {
  if (block.accelerator_hours_available <= 0.0) return {"-"};
  return {humane::number(block.offered_load), overloaded(block) ? Mood::kBad : Mood::kPlain};
}

Cell unfinished_cell(const metrics::Block& block) {
  return {units::grouped(block.jobs.unfinished()), block.jobs.unfinished() > 0 ? Mood::kWarning : Mood::kPlain};
}

Section key_figures(const metrics::Block& network) {
  Section section{"Network", {{{"metric", false, 0}, {"value", true, 0}}, {}}, {}};
  for (const std::string_view name : kShownMetrics) {
    const metrics::Metric* metric = metrics::find_metric(name);
    if (metric == nullptr) continue;
    const std::string_view unit = metric->unit == "jobs" ? "" : metric->unit;  // the name says it
    section.table.rows.push_back({{std::string{name}}, figure_cell(figure_of(network, name), unit)});
  }
  return section;
}

struct Machine {
  std::string country;
  std::int64_t accelerators = 0;
};

std::map<std::string, Machine> machines_by_site(const scenario::Scenario& scenario) {
  std::map<std::string, Machine> machines;
  for (const scenario::Site& site : scenario.sites) {
    Machine& machine = machines[site.name];
    machine.country = site.country;
    for (const scenario::Partition& partition : site.partitions) machine.accelerators += partition.count;
  }
  return machines;
}

Section site_section(const metrics::Results& results) {
  Section section{"Sites", {}, {}};
  section.table.columns = {{"site", false, 0},     {"country", false, 5}, {"accelerators", true, 2},
                           {"utilised", true, 1},  {"load", true, 6},     {"median wait", true, 2},
                           {"p95 wait", true, 0},  {"energy", true, 1},   {"peak", true, 4},
                           {"unfinished", true, 0}};
  std::map<std::string, Machine> machines = machines_by_site(results.scenario);
  for (const metrics::Block& site : results.sites) {
    const Machine& machine = machines[site.name];
    section.table.rows.push_back({{site.name},
                                  {machine.country},
                                  {units::grouped(machine.accelerators)},
                                  utilisation_cell(site),
                                  load_cell(site),
                                  wait_cell(site.queue_time_s, site.queue_time_s.median),
                                  wait_cell(site.queue_time_s, site.queue_time_s.p95),
                                  {humane::quantity(site.energy_mwh, "MWh")},
                                  {humane::quantity(site.peak_power_mw, "MW")},
                                  unfinished_cell(site)});
  }
  return section;
}

Section group_section(std::string title, std::string first_column, const std::vector<metrics::Block>& blocks) {
  Section section{std::move(title), {}, {}};
  section.table.columns = {{std::move(first_column), false, 0},
                           {"jobs", true, 0},
                           {"accelerator-hours", true, 2},
                           {"median wait", true, 1},
                           {"p95 wait", true, 0},
                           {"mean slowdown", true, 3},
                           {"energy", true, 2},
                           {"unfinished", true, 0}};
  for (const metrics::Block& block : blocks) {
    const metrics::Distribution& slowdown = block.bounded_slowdown;
    section.table.rows.push_back({{block.name},
                                  {units::grouped(block.jobs.submitted)},
                                  {humane::number(block.accelerator_hours)},
                                  wait_cell(block.queue_time_s, block.queue_time_s.median),
                                  wait_cell(block.queue_time_s, block.queue_time_s.p95),
                                  figure_cell(where(slowdown.count > 0, slowdown.mean), ""),
                                  {humane::quantity(block.energy_mwh, "MWh")},
                                  unfinished_cell(block)});
  }
  return section;
}

/// A single part is the whole, of which all is said already.
Section parts_section(std::string title, std::string first_column, const std::vector<metrics::Block>& blocks) {
  return blocks.size() < 2 ? Section{} : group_section(std::move(title), std::move(first_column), blocks);
}

Section origin_section(const std::vector<metrics::Block>& origins) {
  constexpr std::size_t kShown = 10;
  std::vector<metrics::Block> most = origins;
  std::stable_sort(most.begin(), most.end(),
                   [](const auto& a, const auto& b) { return a.jobs.submitted > b.jobs.submitted; });
  if (most.size() <= kShown) return group_section("Origins", "origin", most);
  most.resize(kShown);
  return group_section(fmt::format("Origins: the {} with the most jobs, of {}", kShown, origins.size()), "origin",
                       most);
}

std::string load_words(const metrics::StreamDemand& stream, double metrics::StreamDemand::Loads::*which) {
  return stream.loads ? humane::percent((*stream.loads).*which) : std::string{"-"};
}

Section stream_section(const std::vector<metrics::StreamDemand>& demand) {
  Section section{"Streams: accelerator-hours asked for", {}, {}};
  section.table.columns = {{"stream", false, 0},        {"planned share", true, 0},  {"realised share", true, 0},
                           {"load asked for", true, 1}, {"load that came", true, 1}, {"accelerator-hours", true, 2},
                           {"bundle", true, 1}};
  for (const metrics::StreamDemand& stream : demand) {
    section.table.rows.push_back({{stream.stream},
                                  {humane::percent(stream.planned_share)},
                                  {humane::percent(stream.realised_share)},
                                  {load_words(stream, &metrics::StreamDemand::Loads::asked)},
                                  {load_words(stream, &metrics::StreamDemand::Loads::realised)},
                                  {humane::number(stream.realised_accelerator_hours)},
                                  {fmt::format("x{}", stream.bundle)}});
  }
  return section;
}

std::string reasons(std::string_view what, const std::map<std::string, std::int64_t>& counts) {
  std::string text;
  for (const auto& [reason, count] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", units::grouped(count), reason);
  }
  return text.empty() ? fmt::format("none {}", what) : fmt::format("{}: {}", what, text);
}

Section import_section(const std::vector<workload::ImportReport>& imports) {
  Section section{"Logs read", {}, {}};
  for (const workload::ImportReport& log : imports) {
    section.lines.push_back(
        {fmt::format("{} ({}): {}, {} kept; {}; {}", log.file, log.format, humane::count(log.lines, "line"),
                     units::grouped(log.kept), reasons("dropped", log.dropped), reasons("repaired", log.repaired))});
    for (const std::string& warning : log.warnings) section.lines.push_back({warning, Mood::kWarning});
  }
  return section;
}

Section refusal_section(const std::map<std::string, std::int64_t>& refused) {
  Section section{"Refused jobs, over the whole run", {}, {}};
  for (const auto& [reason, count] : refused) {
    section.lines.push_back({fmt::format("{}: {}", humane::count(count, "job"), reason), Mood::kWarning});
  }
  return section;
}

Section warning_section(const std::vector<std::string>& warnings) {
  Section section{"Warnings", {}, {}};
  for (const std::string& warning : warnings) section.lines.push_back({warning, Mood::kWarning});
  return section;
}

}  // namespace

std::vector<Section> sections(const metrics::Results& results) {
  std::vector<Section> all{key_figures(results.network),
                           site_section(results),
                           services_section(results),
                           group_section("Access classes", "class", results.access_classes),
                           parts_section("Streams", "stream", results.streams),
                           parts_section("Labels", "label", results.labels),
                           parts_section("Quarters", "quarter", results.quarters),
                           origin_section(results.origins),
                           regional_section(results),
                           hours_section(results),
                           reliability_section(results),
                           stream_reliability_section(results),
                           stream_section(results.demand),
                           ai_section(results),
                           provenance_section(results),
                           import_section(results.imports),
                           refusal_section(results.refused),
                           warning_section(results.warnings),
                           expectation_section(results)};
  std::vector<Section> told;
  for (Section& section : all) {
    if (!section.table.rows.empty() || !section.lines.empty()) told.push_back(std::move(section));
  }
  return told;
}

}  // namespace gigasim::report
