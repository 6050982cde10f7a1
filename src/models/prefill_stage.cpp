#include "prefill_stage.hpp"

#include <algorithm>
#include <cmath>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::models {

PrefillDemand prefill_demand(const ServingRates& rates, const Replica& replica) {
  PrefillDemand demand;
  demand.chunk = replica.input_per_iteration();
  demand.inputs = lognormal_points(replica.input_tokens, replica.input_cv);
  for (const auto& [tokens, weight] : demand.inputs) {
    const double seconds = rates.prefill_seconds(tokens);
    demand.seconds += weight * seconds;
    demand.squared += weight * seconds * seconds;
    demand.iterations += weight * std::ceil(tokens / demand.chunk);
  }
  demand.packed = replica.input_tokens / demand.chunk;
  demand.largest_chunk = demand.seconds / demand.packed;
  return demand;
}

Interleaving interleave(const PrefillDemand& demand, double arrivals, double iteration) {
  Interleaving all;
  all.load = std::min(arrivals * demand.seconds, 0.999);
  all.mean = iteration / (1.0 - all.load);
  if (all.load <= 0.0) return all;
  // Each request's input takes iterations of its own where it comes alone, and shares them where many come at once;
  // never fewer than its share of full ones.
  const double alone = 1.0 - units::portable_exp(-arrivals * all.mean * demand.iterations);
  all.share = std::min(1.0, std::max(alone, arrivals * all.mean * demand.packed));
  all.extra = all.load * all.mean / all.share;
  all.busy = std::min(1.0, all.share * (iteration + all.extra) / all.mean);
  const double square =
      all.extra * std::max(all.extra, std::min(demand.squared / demand.seconds, demand.largest_chunk));
  all.variance = std::max(0.0, all.share * square - all.share * all.share * all.extra * all.extra);
  // Over many iterations the time they take is a delay cycle (Takacs): its variance per iteration is known, and tells
  // how long the memory of one iteration lasts.
  const double left = 1.0 - all.load;
  const double in_the_long_run = arrivals * demand.squared * iteration / (left * left * left);
  all.memory = all.variance > 0.0 ? in_the_long_run / (2.0 * all.variance) : 0.0;
  return all;
}

double start_excess(const Interleaving& iterations, double output) {
  if (iterations.memory <= 0.0) return 0.0;
  return std::max(0.0, iterations.busy - iterations.share) * iterations.extra * iterations.memory *
         (1.0 - units::portable_exp(-output / iterations.memory));
}

}  // namespace gigasim::models
