#pragma once

#include <array>
#include <limits>
#include <span>

#include "gigasim/metrics/results.hpp"
#include "ledger.hpp"

namespace gigasim::metrics {

/// One value of a sample. A censored one is known only to be at least `value`.
struct Sample {
  double value = 0.0;
  Ticks weight = 1;
  bool censored = false;
};

/// How much a sample holds; must be known before its values pass by.
struct SampleSize {
  std::int64_t count = 0;
  Wide weight = 0;
};

/// Describes a sample whose values pass by in rising order, without keeping them.
///
/// The q-quantile is the smallest value up to which the weights sum to at least q x total; with weights of 1 this is
/// the nearest rank, the ceil(q n)-th smallest. Taken twice, with each censored value at its bound and at infinity, it
/// gives the bounds between which the true quantile lies; the figure is the lower one, marked when the two differ. Mean
/// and maximum are lower bounds as soon as one value is censored. Values without weight count only in `count`.
class RisingDistribution {
 public:
  explicit RisingDistribution(const SampleSize& size);
  void add(const Sample& sample);
  [[nodiscard]] Distribution result() const;

 private:
  static constexpr std::size_t kQuantiles = 3;
  static constexpr double kInfinity = std::numeric_limits<double>::infinity();

  /// The quantiles of the sample under one reading of its censored values.
  struct Reading {
    std::array<double, kQuantiles> values{kInfinity, kInfinity, kInfinity};
    std::size_t found = 0;
    Wide weight = 0;  ///< of the values that passed
  };
  void pass(Reading& reading, const Sample& sample) const;
  [[nodiscard]] Distribution::Figure figure(std::size_t quantile) const;

  SampleSize size_;
  std::array<Wide, kQuantiles> ranks_{};  ///< cumulative weight at which each quantile lies
  Reading at_bound_, at_infinity_;
  double sum_ = 0.0, max_ = 0.0;
};

/// Describes a sample that is sorted by value.
[[nodiscard]] Distribution describe(std::span<const Sample> sorted);

}  // namespace gigasim::metrics
