#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "random_stream.hpp"

namespace gigasim::workload {

/// A duration distribution given by some points of its cumulative distribution, log-uniform between two of them. What
/// lies at or below the first point takes the first point's duration.
///
///     mean = F1 d1 + sum over bins of (F_b - F_a) (b - a) / ln(b / a)
class DurationTable {
 public:
  /// `cdf`: seconds and cumulative fraction, both rising.
  explicit DurationTable(const std::vector<std::pair<double, double>>& cdf);

  /// Returns the duration in seconds at the cumulative fraction `u`.
  [[nodiscard]] double at(double u) const;
  [[nodiscard]] double mean() const { return mean_; }

 private:
  struct Bin {
    double fraction_before, fraction;  ///< cumulative, at the two edges
    double lower;                      ///< seconds
    double log_ratio;                  ///< ln(upper / lower)
  };
  std::vector<Bin> bins_;
  double longest_ = 0.0;
  double mean_ = 0.0;
};

/// Draws runtimes of one job class and knows their mean, both in seconds and before rounding to the grid.
class RuntimeSampler {
 public:
  /// Throws scenario::ScenarioError for an unknown job class.
  explicit RuntimeSampler(const scenario::RuntimeLaw& law);

  [[nodiscard]] double draw(RandomStream& random) const;
  [[nodiscard]] double mean() const;

 private:
  std::variant<scenario::ConstantRuntime, scenario::ExponentialRuntime, scenario::LognormalRuntime, DurationTable> law_;
};

}  // namespace gigasim::workload
