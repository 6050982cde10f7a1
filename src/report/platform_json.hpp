#pragma once

#include "gigasim/scenario/scenario.hpp"
#include "results_json.hpp"

namespace gigasim::report {

/// What was simulated on: the sites with their machines and dates, for maps and for what is computed from results
/// later.
[[nodiscard]] Json platform_json(const scenario::Scenario& scenario);

}  // namespace gigasim::report
