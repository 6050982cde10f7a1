#include "latency_laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::models {

FirstTokenLaw::FirstTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law,
                             double arrivals) {
  const PrefillDemand demand = prefill_demand(rates, replica);
  const double iteration = rates.iteration(std::max(law.batch, 1.0));
  const Interleaving all = interleave(demand, arrivals, iteration);
  const double left = 1.0 - all.load;
  // Poisson arrivals see the law itself. Behind a full batch the wait is exponential with the rate mu(B) - lambda where
  // what is left to do is exponential (as M/M/c); else the usual factor of the variance (exact for B = 1).
  const double variation = (1.0 + replica.output_cv * replica.output_cv) / 2.0;
  if (!law.prefill_bound) batch_ = {law.full, variation / law.drain};

  // All that wait at the end of an iteration fit in the next one (a gated queue with a vacation) ...
  const double cycle = all.mean + arrivals * demand.squared / (1.0 - all.load * all.load);
  const double queue = arrivals * demand.squared / (2.0 * left);
  const double gate = iteration * (1.0 + all.load) / (2.0 * left);
  const double company = all.load * cycle / 2.0;
  // ... or the chunk is the limit: M/G/1, each token with its share of an iteration.
  double served = 0.0;
  double squared = 0.0;
  for (const auto& [tokens, weight] : demand.inputs) {
    const double service = rates.prefill_seconds(tokens) + iteration * tokens / demand.chunk;
    served += weight * service;
    squared += weight * service * service;
  }
  const double busy = std::min(arrivals * served, 0.999);
  const double long_queue = arrivals * squared / (2.0 * (1.0 - busy));
  const double long_gate = (1.0 - busy) * iteration / 2.0;
  const double long_company = std::min(all.load * (long_queue + served), demand.largest_chunk / 2.0);
  const double in_one = replica.input_tokens * (1.0 + arrivals * cycle);  // tokens that come together
  const double limited = units::portable_exp(-demand.chunk / in_one);
  const auto blend = [limited](double gated, double bound) { return gated + limited * (bound - gated); };

  const double working = 1.0 - law.in_work.front();  // an idle replica starts at once
  const double wait = blend(queue, long_queue);
  const double fixed = working * blend(gate, long_gate) + blend(company, long_company);
  for (const auto& [tokens, weight] : demand.inputs) {
    const double own = std::ceil(tokens / demand.chunk) * iteration + rates.prefill_seconds(tokens);
    own_.emplace_back(own + fixed, weight);
    mean_ += weight * own_.back().first;
  }
  const double probability = blend(all.load, busy);
  if (probability > 0.0) prefill_ = {probability, wait / probability};
  mean_ += batch_.probability * batch_.mean + wait;
}

double FirstTokenLaw::delayed_beyond(double seconds) const {
  if (seconds < 0.0) return 1.0;
  const auto tail = [seconds](const Delay& delay) { return units::portable_exp(-seconds / delay.mean); };
  const double a = batch_.probability;
  const double b = prefill_.probability;
  if (b <= 0.0) return a > 0.0 ? a * tail(batch_) : 0.0;
  const double second = tail(prefill_);
  if (a <= 0.0) return b * second;
  const double first = tail(batch_);
  const double apart = batch_.mean - prefill_.mean;
  const double both = std::fabs(apart) < 1e-9 * batch_.mean ? first * (1.0 + seconds / batch_.mean)
                                                            : (batch_.mean * first - prefill_.mean * second) / apart;
  return a * (1.0 - b) * first + (1.0 - a) * b * second + a * b * both;
}

double FirstTokenLaw::beyond(double seconds) const {
  double share = 0.0;
  for (const auto& [own, weight] : own_) share += weight * delayed_beyond(seconds - own);
  return share;
}

namespace {

/// A law of few points in the place of one of many: neighbours are put together, means kept.
Weighted condensed(const Weighted& points, double cell) {
  Weighted few;
  double value = 0.0;
  double weight = 0.0;
  for (const auto& [x, w] : points) {
    value += x * w;
    weight += w;
    if (weight < cell) continue;
    few.emplace_back(value / weight, weight);
    value = weight = 0.0;
  }
  if (weight > 0.0) few.emplace_back(value / weight, weight);
  return few;
}

}  // namespace

OutputTokenLaw::OutputTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law,
                               double arrivals) {
  const PrefillDemand demand = prefill_demand(rates, replica);
  Weighted batches{{1.0, 1.0}};
  if (arrivals > 0.0) {
    batches.clear();
    // A request in work is seen with the weight of its stay.
    for (std::size_t k = 1; k < law.in_work.size(); ++k) {
      const auto number = static_cast<double>(k);
      batches.emplace_back(number, number * law.in_work[k] / law.batch);
    }
    batches.emplace_back(law.largest_batch, law.largest_batch * law.full / law.batch);
    batches = condensed(batches, 1.0 / 16.0);
  }
  const Weighted outputs = lognormal_points(replica.output_tokens, replica.output_cv);
  for (const auto& [batch, weight] : batches) {
    const double iteration = rates.iteration(batch);
    const Interleaving all = interleave(demand, arrivals, iteration);
    for (const auto& [output, share] : outputs) {
      add(iteration, all, std::max(output - 1.0, 1.0), demand.largest_chunk, weight * share);
    }
  }
  std::sort(times_.begin(), times_.end());
  double beyond = 0.0;
  for (auto at = times_.rbegin(); at != times_.rend(); ++at) {
    mean_ += at->first * at->second;
    beyond += at->second;
    at->second = beyond;
  }
}

void OutputTokenLaw::add(double iteration, const Interleaving& all, double output, double largest, double weight) {
  const double mean = all.load * all.mean + start_excess(all, output) / output;  // of prefill, per iteration
  const double x = output / std::max(all.memory, 1e-9);
  const double averaged = all.memory > 0.0 ? 2.0 * (x - 1.0 + units::portable_exp(-x)) / (x * x) : 1.0;
  const double most = std::max(largest, all.extra);
  const double centre = mean / most;
  const double spread = all.variance * averaged / (most * most);
  if (centre <= 0.0 || centre >= 1.0 || spread <= 0.0) {
    times_.emplace_back(iteration + mean, weight);
    return;
  }
  // Between none and a full chunk in each iteration: the beta law of this mean and variance, in cells of equal width.
  constexpr int kCells = 24;
  const double size = std::max(centre * (1.0 - centre) / spread - 1.0, 0.05);
  const double a = centre * size - 1.0;
  const double b = (1.0 - centre) * size - 1.0;
  std::array<double, kCells> density{};
  double sum = 0.0;
  const double sigma = std::sqrt(spread);
  const double low = std::max(0.0, centre - 4.0 * sigma);
  const double high = std::min(1.0, centre + 6.0 * sigma);
  const auto cell = [&](int i) { return low + (high - low) * (i + 0.5) / kCells; };
  const double top = a * units::portable_log(centre) + b * units::portable_log(1.0 - centre);
  double first = 0.0;
  for (int i = 0; i < kCells; ++i) {
    const double at = cell(i);
    density[static_cast<std::size_t>(i)] =
        units::portable_exp(a * units::portable_log(at) + b * units::portable_log(1.0 - at) - top);
    sum += density[static_cast<std::size_t>(i)];
    first += density[static_cast<std::size_t>(i)] * at;
  }
  const double moved = centre - first / sum;  // keeps the mean
  for (int i = 0; i < kCells; ++i) {
    times_.emplace_back(iteration + most * (cell(i) + moved), weight * density[static_cast<std::size_t>(i)] / sum);
  }
}

double OutputTokenLaw::beyond(double seconds) const {
  const auto first = std::upper_bound(times_.begin(), times_.end(), seconds,
                                      [](double value, const auto& point) { return value < point.first; });
  return first == times_.end() ? 0.0 : first->second;
}

}  // namespace gigasim::models
