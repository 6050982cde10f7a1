#pragma once

#include "gigasim/units/quantity.hpp"

namespace gigasim::workload {

/// What a user asks for.
struct Request {
  units::Seconds walltime{0};
  units::Seconds estimate{0};  ///< before it was rounded up to a popular request; 0: it was not rounded
};

/// Returns the smallest popular request that is not below `request`: 5, 10, 15, 30 min, 1, 2, 3, 4, 6, 8, 12, 18, 24,
/// 36, 48, 72 h, then whole days.
[[nodiscard]] units::Seconds popular_request(units::Seconds request);

/// Returns what a user asks for who thinks that a job takes `estimate`: the popular request above it, at most `limit`,
/// or, where the job takes longer than that, at most the popular request above its runtime. Never below the runtime
/// where `estimate` is not.
[[nodiscard]] units::Seconds rounded_request(units::Seconds estimate, units::Seconds runtime, units::Seconds limit);

}  // namespace gigasim::workload
