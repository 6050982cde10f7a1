#include <algorithm>

#include "gigasim/units/portable_math.hpp"
#include "latency_laws.hpp"

namespace gigasim::models {
namespace {

/// The batch in which a token is given, in a few values: k requests get k tokens in each iteration, so that a batch
/// counts with k over the time of its iterations.
Weighted batches_seen(const ServingRates& rates, const PrefillDemand& demand, const StationaryLaw& law,
                      double arrivals) {
  if (arrivals <= 0.0) return {{1.0, 1.0}};
  Weighted batches;
  double sum = 0.0;
  const auto add = [&](double batch, double probability) {
    const double tokens = probability * batch / interleave(demand, arrivals, rates.iteration(batch)).mean;
    batches.emplace_back(batch, tokens);
    sum += tokens;
  };
  for (std::size_t k = 1; k < law.in_work.size(); ++k) add(static_cast<double>(k), law.in_work[k]);
  add(law.largest_batch, law.full);
  for (auto& [batch, weight] : batches) weight /= sum;
  return condensed(batches, 1.0 / 6.0);
}

/// Prefill seconds per iteration, averaged over the `output` iterations of a request.
Weighted prefill_per_iteration(const Interleaving& all, double output, double largest_chunk) {
  const double mean = all.load * all.mean + start_excess(all, output) / output;
  if (mean <= 0.0) return {{0.0, 1.0}};
  const double most = std::max(largest_chunk, all.extra);
  // The variance of an average over n values whose correlation fades over `memory` of them.
  const double n = output / std::max(all.memory, 1e-9);
  const double averaged = 2.0 * (n - 1.0 + units::portable_exp(-n)) / (n * n);
  Weighted shares = beta_points(mean / most, all.variance * averaged / (most * most));
  for (auto& [share, weight] : shares) share *= most;
  return shares;
}

}  // namespace

OutputTokenLaw::OutputTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law,
                               double arrivals) {
  const PrefillDemand demand = prefill_demand(rates, replica);
  const Weighted outputs = condensed(lognormal_points(replica.output_tokens, replica.output_cv), 1.0 / 32.0);
  Weighted times;
  for (const auto& [batch, seen] : batches_seen(rates, demand, law, arrivals)) {
    const double iteration = rates.iteration(batch);
    const Interleaving all = interleave(demand, arrivals, iteration);
    for (const auto& [output, share] : outputs) {
      for (const auto& [prefill, part] :
           prefill_per_iteration(all, std::max(output - 1.0, 1.0), demand.largest_chunk)) {
        times.emplace_back(iteration + prefill, seen * share * part);
      }
    }
  }
  law_ = PointLaw(std::move(times));
}

}  // namespace gigasim::models
