#pragma once

#include <vector>

#include "gigasim/models/serving.hpp"

namespace gigasim::models {

/// The stationary law of the number of requests in a replica: load-dependent processor sharing up to a batch of B, and
/// a queue behind it. A batch of k ends requests at the rate mu(k) = 1 / (prefill + output t_it(k) / k).
struct StationaryLaw {
  std::vector<double> in_work;  ///< probability of k = 0, 1, ... n - 1 requests, n = the last whole k up to B
  double full = 0.0;            ///< probability of the batch of B, with or without a queue
  double largest_batch = 0.0;   ///< B, a real number
  double batch = 0.0;           ///< mean
  double variance = 0.0;        ///< of the batch
  bool prefill_bound = false;   ///< input, not the batch, is what a full replica cannot keep up with
  double drain = 0.0;           ///< mu(B) - lambda
};

/// Returns the number of requests that are decoded at saturation: B, or fewer where the chunks of prefill are always
/// full before (output x chunk / input: each iteration takes in as many requests as end).
[[nodiscard]] double saturated_batch(const ServingRates& rates, const Replica& replica);

/// mu(k) for real k > 0.
[[nodiscard]] double completion_rate(const ServingRates& rates, const Replica& replica, double batch);

/// For a rate of arrivals below mu(B).
[[nodiscard]] StationaryLaw stationary_law(const ServingRates& rates, const Replica& replica, double arrivals);

}  // namespace gigasim::models
