#pragma once

#include <optional>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "results_json.hpp"

/// What results.json says of a scenario's cost keys, to be read back after the run.
namespace gigasim::report {

/// `[{parameter, unit, best, low, high}]`, by parameter.
[[nodiscard]] Json cost_values_json(const std::vector<scenario::CostValue>& values);
/// `{eu, national, private}`, null when the scenario states none.
[[nodiscard]] Json shares_json(const std::optional<scenario::FundingShares>& shares);

}  // namespace gigasim::report
