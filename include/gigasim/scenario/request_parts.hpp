#pragma once

#include <cstdint>

#include "gigasim/units/grid.hpp"

namespace gigasim::scenario {

/// Requests as whole numbers, so that what is offered is exactly what is served, shed and waiting: a rate in
/// thousandths of a request per second, times ticks of 1/1024 s.
using RequestParts = std::int64_t;
inline constexpr RequestParts kThousandths = 1000;
inline constexpr RequestParts kPartsPerRequest = kThousandths * static_cast<RequestParts>(units::kTicksPerSecond);
/// So many are never reached, since a scenario in which they could be is refused: sums of two stay whole numbers.
inline constexpr RequestParts kMostRequestParts = RequestParts{1} << 62;

[[nodiscard]] constexpr double requests_of(RequestParts parts) {
  return static_cast<double>(parts) / static_cast<double>(kPartsPerRequest);
}

}  // namespace gigasim::scenario
