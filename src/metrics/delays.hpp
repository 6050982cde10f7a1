#pragma once

#include "gigasim/scenario/scenario.hpp"
#include "ledger.hpp"

namespace gigasim::metrics {

/// The accelerators of a partition that can run jobs at a moment; steps rise.
[[nodiscard]] std::int64_t accelerators_at(const std::vector<scenario::CapacityStep>& steps, units::UtcTime date);

/// Returns the accelerator-ticks of a window that a partition lacks because it comes later than planned, or never: the
/// integral of max(0, planned - real) accelerators. Exact.
[[nodiscard]] Wide lost_to_delay(const scenario::Site& site, const scenario::Partition& partition,
                                 units::UtcTime scenario_start, const Window& window);

}  // namespace gigasim::metrics
