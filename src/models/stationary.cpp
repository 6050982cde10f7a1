#include "stationary.hpp"

#include <algorithm>
#include <cmath>

#include "prefill_stage.hpp"

namespace gigasim::models {

double saturated_batch(const ServingRates& rates, const Replica& replica) {
  return std::min(rates.largest_batch, replica.output_tokens * replica.input_per_iteration() / replica.input_tokens);
}

double completion_rate(const ServingRates& rates, const Replica& replica, double batch) {
  return 1.0 / (rates.prefill + replica.output_tokens * rates.iteration(batch) / batch);
}

StationaryLaw stationary_law(const ServingRates& rates, const Replica& replica, double arrivals) {
  StationaryLaw law;
  law.largest_batch = std::max(1.0, saturated_batch(rates, replica));
  law.prefill_bound = law.largest_batch < rates.largest_batch;
  const PrefillDemand demand = prefill_demand(rates, replica);
  const auto whole = static_cast<std::size_t>(std::floor(law.largest_batch));
  const double at_most = completion_rate(rates, replica, law.largest_batch);
  // Relative weights: each is the one before times lambda / mu(k); kept near 1 so that none runs over.
  std::vector<double> weight{1.0};
  double sum = 1.0;
  for (std::size_t k = 1; k <= whole; ++k) {
    const auto batch = k == whole ? law.largest_batch : static_cast<double>(k);
    const double iteration = rates.iteration(batch);
    const Interleaving all = interleave(demand, arrivals, iteration);
    const double excess = k == whole ? 0.0 : start_excess(all, replica.output_tokens) * (1.0 - all.load);
    const double per_request = rates.prefill + (replica.output_tokens * iteration + excess) / batch;
    weight.push_back(weight.back() * arrivals * per_request);
    sum += weight.back();
    if (sum > 1e200) {
      for (double& w : weight) w /= sum;
      sum = 1.0;
    }
  }
  const double load = arrivals / at_most;
  const double last = weight.back();
  weight.pop_back();
  sum += last * load / (1.0 - load);  // those with a queue: a geometric tail
  law.in_work = std::move(weight);
  for (std::size_t k = 0; k < whole; ++k) {
    law.in_work[k] /= sum;
    law.batch += static_cast<double>(k) * law.in_work[k];
  }
  law.full = last / (1.0 - load) / sum;
  law.batch += law.largest_batch * law.full;
  for (std::size_t k = 0; k < whole; ++k) {
    const double off = static_cast<double>(k) - law.batch;
    law.variance += off * off * law.in_work[k];
  }
  law.variance += (law.largest_batch - law.batch) * (law.largest_batch - law.batch) * law.full;
  law.drain = at_most - arrivals;
  return law;
}

}  // namespace gigasim::models
