#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "random_stream.hpp"

namespace gigasim::workload {

/// How many jobs come in one burst: a quantile function, log-linear between some points and rounded to the nearest
/// whole number; below the first point, its size.
class BurstSize {
 public:
  /// `quantiles`: cumulative fraction and jobs, both rising.
  explicit BurstSize(std::vector<std::pair<double, double>> quantiles);

  /// Returns the size at the cumulative fraction `u`.
  [[nodiscard]] std::int64_t at(double u) const;
  /// Returns the exact mean of the rounded law: the sum over n >= 1 of P(size >= n).
  [[nodiscard]] double mean() const;

 private:
  /// P(size before rounding <= x).
  [[nodiscard]] double fraction_up_to(double x) const;

  std::vector<std::pair<double, double>> quantiles_;
};

}  // namespace gigasim::workload
