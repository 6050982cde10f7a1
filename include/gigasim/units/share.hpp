#pragma once

#include <cstdint>

namespace gigasim::units {

/// Returns the largest whole number that is not above `share` x `whole`. A share such as 0.29, which has no exact
/// double, counts as what it is meant to be: 29 of 100, not 28.
[[nodiscard]] constexpr std::int64_t whole_share(double share, std::int64_t whole) {
  constexpr double kRounding = 1e-9;
  return static_cast<std::int64_t>(share * static_cast<double>(whole) + kRounding);
}

}  // namespace gigasim::units
