#include "reliability_section.hpp"

#include <string>

#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::report {
namespace {

std::vector<Cell> reliability_cells(const std::string& name, const metrics::Block& block) {
  const metrics::ReliabilityFigures& figures = *block.reliability;
  return {{name},
          {units::grouped(figures.interruptions)},
          {figures.goodput ? humane::percent(*figures.goodput) : "-"},
          {humane::number(figures.lost_accelerator_hours)},
          {humane::number(figures.restart_accelerator_hours + figures.load_accelerator_hours)},
          {humane::number(figures.checkpoint_accelerator_hours)},
          {humane::number(figures.repair_accelerator_hours)}};
}

}  // namespace

Section reliability_section(const metrics::Results& results) {
  Section section{"Failures and checkpoints, in accelerator-hours", {}, {}};
  if (!results.network.reliability) return section;
  section.table.columns = {{"site", false, 0},   {"interruptions", true, 1}, {"goodput", true, 0},  {"lost", true, 0},
                           {"restart", true, 2}, {"checkpoints", true, 2},   {"in repair", true, 1}};
  for (const metrics::Block& site : results.sites) {
    if (site.accelerator_hours_available > 0.0) section.table.rows.push_back(reliability_cells(site.name, site));
  }
  if (section.table.rows.size() != 1) section.table.rows.push_back(reliability_cells("all", results.network));
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
