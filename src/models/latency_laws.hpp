#pragma once

#include "gigasim/models/latency.hpp"
#include "point_law.hpp"
#include "prefill_stage.hpp"
#include "stationary.hpp"

namespace gigasim::models {

/// The law of TTFT: time until taken into the batch, then behind others' prefill, then the own prefill.
class FirstTokenLaw {
 public:
  FirstTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law, double arrivals);
  [[nodiscard]] double mean() const { return mean_wait() + in_batch_.mean(); }
  /// Mean time until a place in the batch is free.
  [[nodiscard]] double mean_wait() const { return wait_share_ * wait_mean_; }
  /// Share of requests that take longer.
  [[nodiscard]] double beyond(double seconds) const;

 private:
  PointLaw in_batch_;
  double wait_share_ = 0.0, wait_mean_ = 0.0;  ///< for a place in the batch: exponential for this share
};

/// The law of TPOT.
class OutputTokenLaw {
 public:
  OutputTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law, double arrivals);
  [[nodiscard]] double mean() const { return law_.mean(); }
  [[nodiscard]] double beyond(double seconds) const { return law_.beyond(seconds); }

 private:
  PointLaw law_;
};

}  // namespace gigasim::models
