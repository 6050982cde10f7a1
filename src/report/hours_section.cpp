#include "hours_section.hpp"

#include <string>

#include "gigasim/metrics/hour_split.hpp"
#include "gigasim/report/humane.hpp"

namespace gigasim::report {
namespace {

std::vector<Cell> hours_cells(const std::string& name, const metrics::Block& block) {
  const metrics::HourSplit split = metrics::hour_split(block).value_or(metrics::HourSplit{});
  std::vector<Cell> cells{{name}};
  for (const double hours :
       {split.work, split.inference, split.lost + split.preempted, split.restart + split.load + split.checkpoint,
        split.repair, split.idle + split.held_idle, block.accelerator_hours_available}) {
    cells.push_back({humane::number(hours)});
  }
  return cells;
}

}  // namespace

Section hours_section(const metrics::Results& results) {
  Section section{"What became of the accelerator-hours", {}, {}};
  if (!metrics::splits_hours(results.scenario)) return section;
  section.table.columns = {{"site", false, 0}, {"jobs' work", true, 0},      {"inference", true, 0},
                           {"lost", true, 0},  {"restart, saving", true, 0}, {"repair", true, 0},
                           {"idle", true, 0},  {"available", true, 0}};
  for (const metrics::Block& site : results.sites) {
    if (site.accelerator_hours_available > 0.0) section.table.rows.push_back(hours_cells(site.name, site));
  }
  if (section.table.rows.size() != 1) section.table.rows.push_back(hours_cells("all", results.network));
  return section;
}

void add_hour_split(Json& json, const metrics::Block& block, const scenario::Scenario& scenario) {
  const auto split = metrics::hour_split(block);
  if (!split || !metrics::splits_hours(scenario)) return;
  Json& parts = json["accelerator_hours_split"] = Json::object();
  for (const metrics::HourPart& part : metrics::kHourParts) {
    parts[std::string{part.name}] = json_number((*split).*part.hours);
  }
}

}  // namespace gigasim::report
