#pragma once

#include <string>

#include "gigasim/report/cost.hpp"
#include "results_json.hpp"

namespace gigasim::report {

/// All figures of an assessment. Keys name the units.
[[nodiscard]] Json cost_json(const CostInput& input, const cost::Assessment& assessment);

/// One row for the network and one per site.
[[nodiscard]] std::string cost_csv(const cost::Assessment& assessment);

}  // namespace gigasim::report
