#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gigasim/scenario/scenario.hpp"

namespace gigasim::scenario {

/// Puts settings such as `scheduling.priority.size` = "2" and `scheduling.backfill.depth` = "100" into the rules of
/// queue policies: the keys of these two maps in the scenario format, with the same checks, but for those that name
/// access classes or labels. A policy that does not use a rule ignores it, so that several can be compared under the
/// same settings. Throws ScenarioError with every mistake that was found.
void set_policy_rules(const std::vector<std::pair<std::string, std::string>>& set, Scheduling& scheduling);

}  // namespace gigasim::scenario
