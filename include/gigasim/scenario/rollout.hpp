#pragma once

#include <vector>

#include "gigasim/scenario/scenario.hpp"

/// When how much of a site is there.
namespace gigasim::scenario {

/// Returns the accelerators of a partition that can run jobs: rising dates, nothing before the first. What is there
/// from the beginning has the date `kAlways`.
[[nodiscard]] std::vector<CapacityStep> capacity_steps(const Site& site, const Partition& partition);

/// The same without delays and cancellation.
[[nodiscard]] std::vector<CapacityStep> planned_steps(const Site& site, const Partition& partition);

inline constexpr units::UtcTime kAlways{};

}  // namespace gigasim::scenario
