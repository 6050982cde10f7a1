#pragma once

#include <limits>

#include "gigasim/metrics/results.hpp"

namespace gigasim::metrics {

/// All values that a figure can have: one where it is known exactly, all from a lower bound up to its `at_most` where
/// jobs still wait. Expectations and comparisons both judge by it.
struct Interval {
  static constexpr double kNoLimit = std::numeric_limits<double>::infinity();
  double least = 0.0, most = 0.0;  ///< most: kNoLimit where nothing limits it
  [[nodiscard]] bool exact() const { return least == most; }
  bool operator==(const Interval&) const = default;
};

[[nodiscard]] inline Interval possible_values(const Distribution::Figure& figure) {
  return {figure.value, figure.lower_bound ? figure.at_most.value_or(Interval::kNoLimit) : figure.value};
}

}  // namespace gigasim::metrics
