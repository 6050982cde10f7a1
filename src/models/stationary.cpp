#include "stationary.hpp"

#include <algorithm>
#include <cmath>

namespace gigasim::models {

double completion_rate(const ServingRates& rates, const Replica& replica, double batch) {
  return 1.0 / (rates.prefill + replica.output_tokens * rates.iteration(batch) / batch);
}

StationaryLaw stationary_law(const ServingRates& rates, const Replica& replica, double arrivals) {
  StationaryLaw law;
  law.largest_batch = rates.largest_batch;
  const auto whole = std::max<std::size_t>(1, static_cast<std::size_t>(std::floor(rates.largest_batch)));
  const double at_most = completion_rate(rates, replica, rates.largest_batch);
  // Relative weights: each is the one before times lambda / mu(k); kept near 1 so that none runs over.
  std::vector<double> weight{1.0};
  double sum = 1.0;
  for (std::size_t k = 1; k <= whole; ++k) {
    const double rate = k == whole ? at_most : completion_rate(rates, replica, static_cast<double>(k));
    weight.push_back(weight.back() * arrivals / rate);
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
  law.batch += rates.largest_batch * law.full;
  law.waiting = law.full * load / (1.0 - load);
  law.drain = at_most - arrivals;
  return law;
}

}  // namespace gigasim::models
