#pragma once

#include "gigasim/models/latency.hpp"
#include "prefill_stage.hpp"
#include "stationary.hpp"

namespace gigasim::models {

/// The law of TTFT: time until taken into the batch, time behind others' prefill, own prefill.
class FirstTokenLaw {
 public:
  FirstTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law, double arrivals);
  [[nodiscard]] double mean() const { return mean_; }
  /// Mean of the part in the batch.
  [[nodiscard]] double mean_in_batch() const { return mean_ - batch_.probability * batch_.mean; }
  /// Share of requests that take longer.
  [[nodiscard]] double beyond(double seconds) const;

 private:
  /// Takes 0, or with some probability an exponential time.
  struct Delay {
    double probability = 0.0, mean = 0.0;
  };
  [[nodiscard]] double delayed_beyond(double seconds) const;
  Delay batch_, prefill_;
  Weighted own_;  ///< seconds of the own prefill
  double mean_ = 0.0;
};

/// The law of TPOT.
class OutputTokenLaw {
 public:
  OutputTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law, double arrivals);
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double beyond(double seconds) const;

 private:
  void add(double iteration, const Interleaving& all, double output, double largest, double weight);
  Weighted times_;  ///< rising; the weight of each is that of it and all beyond
  double mean_ = 0.0;
};

}  // namespace gigasim::models
