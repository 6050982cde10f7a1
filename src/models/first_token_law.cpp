#include <algorithm>
#include <cmath>

#include "gigasim/units/portable_math.hpp"
#include "latency_laws.hpp"

namespace gigasim::models {
namespace {

/// Time from a place in the batch to the own prefill, and what others add to its iterations.
struct Delay {
  double mean = 0.0, variance = 0.0;
};

/// All that have come by the end of an iteration fit in the next one: a gated queue. A cycle is an iteration, T, and
/// the prefill of those that came in the cycle before; a request sees the rest of a cycle that is chosen with the
/// weight of its length, and all others that come in that cycle share its own.
Delay gated(const PrefillDemand& demand, double arrivals, double iteration, double load, double working) {
  const double grown = iteration * load / (1.0 - load);
  const double cycle = iteration + grown;
  const double variance = arrivals * cycle * demand.squared / (1.0 - load * load);
  const double third = variance > 0.0 ? 2.0 * variance * variance / grown : 0.0;  // as of a gamma law
  const double seen = cycle + variance / cycle;                                   // E[C^2] / E[C]
  const double seen_squared = (cycle * cycle * cycle + 3.0 * cycle * variance + third) / cycle;
  const double share = 0.5 + load;
  Delay delay;
  delay.mean = seen * share;
  delay.variance = seen_squared / 12.0 + arrivals * seen * demand.squared +
                   share * share * std::max(0.0, seen_squared - seen * seen);
  // An idle replica starts at once.
  delay.mean -= (1.0 - working) * iteration * (1.0 + load) / (2.0 * (1.0 - load));
  return delay;
}

/// The chunk is the limit: M/G/1, each token with its share of an iteration.
Delay chunked(const PrefillDemand& demand, const ServingRates& rates, const StationaryLaw& law, double arrivals,
              double iteration, double load, double working) {
  double served = 0.0;
  double squared = 0.0;
  double cubed = 0.0;
  for (const auto& [tokens, weight] : demand.inputs) {
    const double service = rates.prefill_seconds(tokens) + iteration * tokens / demand.chunk;
    served += weight * service;
    squared += weight * service * service;
    cubed += weight * service * service * service;
  }
  const double busy = std::min(arrivals * served, 0.999);
  // The batch swings, and with it how fast prefill goes: a variance of 2 Var(busy) x the time for which a swing lasts.
  const double slope = demand.packed * rates.per_sequence * law.variance;
  const double queue = (arrivals * squared / 2.0 + arrivals * slope * slope) / (1.0 - busy);
  const double company = std::min(load * (queue + served), demand.largest_chunk / 2.0);
  Delay delay;
  delay.mean = queue + company + working * (1.0 - busy) * iteration / 2.0;
  delay.variance =
      queue * queue + arrivals * cubed / (3.0 * (1.0 - busy)) + company * company / 3.0 + iteration * iteration / 12.0;
  return delay;
}

void add(Weighted& to, const Weighted& delays, const Weighted& own, double weight) {
  for (const auto& [delay, share] : delays) {
    for (const auto& [seconds, part] : own) to.emplace_back(delay + seconds, weight * share * part);
  }
}

}  // namespace

FirstTokenLaw::FirstTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law,
                             double arrivals) {
  const PrefillDemand demand = prefill_demand(rates, replica);
  const double iteration = rates.iteration(std::max(law.batch, 1.0));
  const double load = std::min(arrivals * demand.seconds, 0.999);
  const double working = 1.0 - law.in_work.front();
  // Poisson arrivals see the law itself. Behind a full batch the wait is exponential with the rate mu(B) - lambda where
  // what is left to do is exponential (as M/M/c); else the usual factor of the variance (exact for B = 1).
  if (!law.prefill_bound) {
    wait_share_ = law.full;
    wait_mean_ = (1.0 + replica.output_cv * replica.output_cv) / 2.0 / law.drain;
  }
  Weighted own;
  for (const auto& [tokens, weight] : demand.inputs) {
    own.emplace_back(std::ceil(tokens / demand.chunk) * iteration + rates.prefill_seconds(tokens), weight);
  }
  if (arrivals <= 0.0) {
    in_batch_ = PointLaw(std::move(own));
    return;
  }
  const Delay free = gated(demand, arrivals, iteration, load, working);
  const Delay bound = chunked(demand, rates, law, arrivals, iteration, load, working);
  const double cycle = iteration / (1.0 - load) + arrivals * demand.squared / (1.0 - load * load);
  const double together = replica.input_tokens * (1.0 + arrivals * cycle);  // tokens that one iteration should take
  const double limited = units::portable_exp(-demand.chunk / together);
  Weighted points;
  add(points, gamma_points(free.mean, free.variance), own, 1.0 - limited);
  add(points, gamma_points(bound.mean, bound.variance), own, limited);
  in_batch_ = PointLaw(std::move(points));
}

double FirstTokenLaw::beyond(double seconds) const {
  const double at_once = in_batch_.beyond(seconds);
  if (wait_share_ <= 1e-9) return at_once;  // for speed: most loads are far from a full batch
  // E[exp(-(seconds - X) / mean)] over what is below, in steps of the tail of X.
  constexpr int kSteps = 16;
  double waited = at_once;
  double above = at_once;
  for (int i = 0; i < kSteps; ++i) {
    const double from = seconds * (kSteps - 1 - i) / kSteps;
    const double share = in_batch_.beyond(from) - above;
    above += share;
    waited += share * units::portable_exp(-(seconds - from - seconds / (2.0 * kSteps)) / wait_mean_);
  }
  return (1.0 - wait_share_) * at_once + wait_share_ * waited;
}

}  // namespace gigasim::models
