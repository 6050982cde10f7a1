#pragma once

#include "object.hpp"
#include "spec.hpp"

/// The format: each map of a scenario file with its keys.
namespace gigasim::scenario {

[[nodiscard]] const Object<SharesSpec>& shares_object();
[[nodiscard]] const Object<SiteSpec>& site_object();
[[nodiscard]] const Object<WorkloadSpec>& workload_object();
[[nodiscard]] const Object<ScenarioSpec>& scenario_object();

}  // namespace gigasim::scenario
