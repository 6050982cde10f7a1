#pragma once

#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "type.hpp"

namespace gigasim::scenario {

/// One line under `expect:`. Its metric and units are checked against the metrics that the context knows.
[[nodiscard]] Type<Expectation> expectation();

/// Checks that each expectation's label exists in the scenario, and returns those that were read.
[[nodiscard]] std::vector<Expectation> resolve_expectations(const std::vector<Setting<Expectation>>& specs,
                                                            const Scenario& scenario, Context& context);

}  // namespace gigasim::scenario
