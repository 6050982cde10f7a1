#pragma once

#include <vector>

#include "gigasim/metrics/services.hpp"

namespace gigasim::metrics {

/// How long requests took, as weights on a fixed logarithmic grid of 0.1 ms to 10^6 s, 200 steps a decade: the same
/// whatever the order in which they come is split, and small whatever their number.
///
/// Of each kind of requests the mean and three quantiles are known. Between them the logarithm of the time is taken as
/// uniform; the best half reaches as far below the median as the 95 % quantile is above it, the last per cent as far
/// above the 99 % quantile as that is above the 95 % quantile.
class RequestTimeGrid {
 public:
  /// Adds `weight` requests that took `time`.
  void add(const RequestTime& time, double weight);
  /// Adds one request that took so many seconds.
  void add(double seconds);
  void add(const RequestTimeGrid& other);
  [[nodiscard]] RequestTimes figures() const;

 private:
  void spread(double from, double to, double weight);
  [[nodiscard]] double quantile(double share) const;

  double weight_ = 0.0, sum_ = 0.0;
  std::vector<double> steps_;  // empty before the first request
};

}  // namespace gigasim::metrics
