#pragma once

#include <utility>
#include <vector>

namespace gigasim::models {

/// Values and their weights, which sum to 1: a law in some points.
using Weighted = std::vector<std::pair<double, double>>;

/// The log-normal law of a mean and a coefficient of variation; one point for 0.
[[nodiscard]] Weighted lognormal_points(double mean, double cv);
/// The gamma law of a mean and a variance; one point for a variance of 0.
[[nodiscard]] Weighted gamma_points(double mean, double variance);
/// The beta law on 0 to 1 of a mean and a variance; one point where there is none.
[[nodiscard]] Weighted beta_points(double mean, double variance);
/// A law of few points in the place of one of many in rising order: neighbours are put together until they weigh
/// `cell`; means are kept.
[[nodiscard]] Weighted condensed(const Weighted& points, double cell);

/// Points as a law that can be asked for shares beyond a value.
class PointLaw {
 public:
  PointLaw() = default;
  explicit PointLaw(Weighted points);
  [[nodiscard]] double mean() const { return mean_; }
  /// Share beyond a value: half of a point's own weight at the point, linear between points.
  [[nodiscard]] double beyond(double value) const;

 private:
  Weighted beyond_;  ///< rising values, and the share beyond each
  double mean_ = 0.0;
};

}  // namespace gigasim::models
