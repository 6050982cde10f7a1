#include "reliability_section.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::report {
namespace {

/// Those that occur.
std::vector<std::size_t> causes_of(const metrics::ReliabilityFigures& figures) {
  std::vector<std::size_t> causes;
  for (std::size_t c = 0; c < workload::kNumFailureCauses; ++c) {
    if (figures.interruptions_by_cause[c] > 0) causes.push_back(c);
  }
  return causes;
}

std::vector<Cell> reliability_cells(const std::string& name, const metrics::Block& block,
                                    const std::vector<std::size_t>& causes) {
  const metrics::ReliabilityFigures& figures = *block.reliability;
  std::vector<Cell> cells{
      {name}, {units::grouped(figures.interruptions)}, {figures.goodput ? humane::percent(*figures.goodput) : "-"}};
  for (const std::size_t cause : causes) cells.push_back({units::grouped(figures.interruptions_by_cause[cause])});
  return cells;
}

}  // namespace

Section reliability_section(const metrics::Results& results) {
  Section section{"Failures, and what stopped jobs how often", {}, {}};
  if (!results.network.reliability) return section;
  section.table.columns = {{"site", false, 0}, {"interruptions", true, 0}, {"goodput", true, 0}};
  const std::vector<std::size_t> causes = causes_of(*results.network.reliability);
  for (const std::size_t c : causes) {
    section.table.columns.push_back(
        {humane::words(workload::name_of(static_cast<workload::FailureCause>(c))), true, 1});
  }
  for (const metrics::Block& site : results.sites) {
    if (site.accelerator_hours_available > 0.0)
      section.table.rows.push_back(reliability_cells(site.name, site, causes));
  }
  if (section.table.rows.size() != 1) section.table.rows.push_back(reliability_cells("all", results.network, causes));
  return section;
}

Section stream_reliability_section(const metrics::Results& results) {
  Section section{"Failures, and what they cost the streams, in accelerator-hours", {}, {}};
  section.table.columns = {{"stream", false, 0}, {"interruptions", true, 0}, {"goodput", true, 0},
                           {"lost", true, 0},    {"restart", true, 0},       {"saving", true, 1}};
  for (const metrics::Block& stream : results.streams) {
    if (!stream.reliability || stream.accelerator_hours == 0.0) continue;
    const metrics::ReliabilityFigures& figures = *stream.reliability;
    section.table.rows.push_back({{stream.name},
                                  {units::grouped(figures.interruptions)},
                                  {figures.goodput ? humane::percent(*figures.goodput) : "-"},
                                  {humane::number(figures.lost_accelerator_hours)},
                                  {humane::number(figures.restart_accelerator_hours + figures.load_accelerator_hours)},
                                  {humane::number(figures.checkpoint_accelerator_hours)}});
  }
  return section;
}

Json causes_json(const metrics::ReliabilityFigures& figures) {
  Json causes = Json::object();
  for (std::size_t c = 0; c < workload::kNumFailureCauses; ++c) {
    const auto cause = static_cast<workload::FailureCause>(c);
    causes[std::string{workload::name_of(cause)}] = {{"interruptions", figures.interruptions_by_cause[c]},
                                                     {"lost_accelerator_hours", json_number(figures.lost_by_cause[c])}};
  }
  return causes;
}

}  // namespace gigasim::report
