#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gigasim/cost/assess.hpp"
#include "gigasim/report/report.hpp"
#include "gigasim/scenario/cost_settings.hpp"

/// Costs of a run that is over: read from its results, reckoned by room cost, written for people and programs.
namespace gigasim::report {

/// What a result folder or a results.json says about costs.
struct CostInput {
  std::string name;  ///< as the user named it
  std::string scenario, variant;
  bool complete = true;
  double period_days = 0.0;  ///< of the results
  cost::Facts facts;
  cost::Assumptions assumptions;  ///< as the scenario states them
};

/// Reads a result folder or a results.json file. Throws std::runtime_error with one clear line.
[[nodiscard]] CostInput read_cost_input(const std::filesystem::path& path);

/// The sites of an input, for settings.
[[nodiscard]] std::vector<std::string> site_names(const CostInput& input);

/// Puts settings over what the scenario states.
void apply(const scenario::CostSettings& settings, CostInput& input);

/// Writes an assessment of an input: tables and sentences, all figures as JSON, one row per site and the network as
/// CSV, or Markdown.
[[nodiscard]] std::string to_text(const CostInput& input, const cost::Assessment& assessment, Format format,
                                  const TableStyle& style);

}  // namespace gigasim::report
