#pragma once

#include "gigasim/models/serving.hpp"
#include "point_law.hpp"

namespace gigasim::models {

/// What requests' inputs ask of the replica, whatever the rate: seconds of prefill and iterations.
struct PrefillDemand {
  double chunk = 0.0;          ///< tokens
  double seconds = 0.0;        ///< mean of one request
  double squared = 0.0;        ///< mean of its square
  double iterations = 0.0;     ///< mean number, a part of an iteration as a whole one
  double packed = 0.0;         ///< mean input over the chunk: iterations when all are full
  double largest_chunk = 0.0;  ///< seconds of a full iteration's prefill
  Weighted inputs;             ///< tokens
};
[[nodiscard]] PrefillDemand prefill_demand(const ServingRates& rates, const Replica& replica);

/// How decoding iterations of `iteration` seconds and the prefill of arrivals at a rate interleave. An iteration with
/// prefill lasts `iteration` + `extra`; a share `share` of all iterations, and `busy` of the time, is of this kind.
struct Interleaving {
  double load = 0.0;  ///< share of the time that is prefill
  double mean = 0.0;  ///< seconds of an iteration, with prefill or without
  double share = 0.0;
  double busy = 0.0;
  double extra = 0.0;
  double variance = 0.0;  ///< of the prefill seconds of an iteration
  double memory = 0.0;    ///< iterations over which prefill seconds stay correlated
};
[[nodiscard]] Interleaving interleave(const PrefillDemand& demand, double arrivals, double iteration);

/// Mean seconds beyond `output` x `Interleaving::mean` that decoding takes for a request of so many tokens of output:
/// it starts when others are likely to be prefilled, just as it comes out of prefill itself.
[[nodiscard]] double start_excess(const Interleaving& iterations, double output);

}  // namespace gigasim::models
