#pragma once

#include <cstdint>

#include "gigasim/units/quantity.hpp"

namespace gigasim::units {

/// Simulated times are multiples of 1/1024 s, so that sums and differences of times are exact in a double
/// (up to 2^53 / 1024 s, which is 278,000 years) and equal times compare equal.
inline constexpr double kTicksPerSecond = 1024.0;

/// Whole ticks of 1/1024 s. Integrals over time (accelerator-seconds, ...) are summed in ticks, exactly.
using Ticks = std::int64_t;

/// Returns the smallest grid time that is not before `t`.
[[nodiscard]] Seconds ceil_to_grid(Seconds t);

/// Tells whether `t` is a multiple of 1/1024 s.
[[nodiscard]] bool on_grid(Seconds t);

/// Returns a grid time as ticks. `t` must be on the grid.
[[nodiscard]] constexpr Ticks to_ticks(Seconds t) {
  return static_cast<Ticks>(t.in_base_units() * kTicksPerSecond);
}

/// Returns ticks as seconds; exact below 2^53 ticks.
[[nodiscard]] constexpr Seconds from_ticks(Ticks ticks) {
  return Seconds{static_cast<double>(ticks) / kTicksPerSecond};
}

}  // namespace gigasim::units
