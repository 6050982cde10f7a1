#pragma once

#include <utility>
#include <vector>

#include "gigasim/models/latency.hpp"
#include "stationary.hpp"

namespace gigasim::models {

/// A length and its weight; the weights sum to 1.
using WeightedLengths = std::vector<std::pair<double, double>>;
/// The log-normal law of a mean and a coefficient of variation in some points; one point for 0.
[[nodiscard]] WeightedLengths lognormal_points(double mean, double cv);

/// The law of TTFT: time until taken into the batch, time behind others' prefill, own prefill.
class FirstTokenLaw {
 public:
  FirstTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law, double arrivals);
  [[nodiscard]] double mean() const { return mean_; }
  /// Share of requests that take longer.
  [[nodiscard]] double beyond(double seconds) const;

 private:
  /// Takes 0, or with some probability an exponential time.
  struct Delay {
    double probability = 0.0, mean = 0.0;
  };
  [[nodiscard]] double delayed_beyond(double seconds) const;
  Delay batch_, prefill_;
  WeightedLengths own_;  ///< seconds of the own prefill
  double mean_ = 0.0;
};

/// The law of TPOT.
class OutputTokenLaw {
 public:
  OutputTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law, double arrivals);
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double beyond(double seconds) const;

 private:
  WeightedLengths times_;  ///< rising
  double mean_ = 0.0;
};

}  // namespace gigasim::models
