#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "random_stream.hpp"

namespace gigasim::workload {

/// A count (the jobs of a burst, the tokens of a request): a quantile function, log-linear between some points and
/// rounded to the nearest whole number; below the first point, its value.
class QuantileLaw {
 public:
  /// `quantiles`: cumulative fraction and count, both rising.
  explicit QuantileLaw(std::vector<std::pair<double, double>> quantiles);

  /// Returns the count at the cumulative fraction `u`.
  [[nodiscard]] std::int64_t at(double u) const;
  /// Returns the exact mean of the rounded law: the sum over n >= 1 of P(count >= n).
  [[nodiscard]] double mean() const;
  /// Returns the exact standard deviation over the mean.
  [[nodiscard]] double variation() const;

 private:
  /// P(count before rounding <= x).
  [[nodiscard]] double fraction_up_to(double x) const;

  std::vector<std::pair<double, double>> quantiles_;
};

}  // namespace gigasim::workload
