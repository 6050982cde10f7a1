#include "latency_laws.hpp"

#include <cmath>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::models {

WeightedLengths lognormal_points(double mean, double cv) {
  if (cv <= 0.0) return {{mean, 1.0}};
  const double variance = units::portable_log(1.0 + cv * cv);
  const double sigma = std::sqrt(variance);
  // The trapezoidal rule over the normal density: errors fall faster than any power of the step.
  constexpr int kSide = 10;
  constexpr double kStep = 0.35;
  WeightedLengths points;
  double sum = 0.0;
  for (int i = -kSide; i <= kSide; ++i) {
    const double z = kStep * i;
    points.emplace_back(mean * units::portable_exp(sigma * z - variance / 2.0), units::portable_exp(-z * z / 2.0));
    sum += points.back().second;
  }
  for (auto& [length, weight] : points) weight /= sum;
  return points;
}

FirstTokenLaw::FirstTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law,
                             double arrivals) {
  const double iteration = rates.iteration(law.batch);
  // Poisson arrivals see the law itself. Behind a full batch the wait is exponential with the rate mu(B) - lambda where
  // what is left to do is exponential (as M/M/c); else the usual factor of the variance (exact for B = 1).
  const double variation = (1.0 + replica.output_cv * replica.output_cv) / 2.0;
  batch_ = {law.full, variation / law.drain};

  const double chunks_per_token = 1.0 / replica.prefill_chunk;
  double load = 0.0;
  double second_moment = 0.0;
  for (const auto& [tokens, weight] : lognormal_points(replica.input_tokens, replica.input_cv)) {
    const double alone = rates.prefill_token * tokens + rates.prefill_square * tokens * tokens;
    const double service = alone + iteration * tokens * chunks_per_token;
    load += weight * arrivals * service;
    second_moment += weight * service * service;
    own_.emplace_back(std::ceil(tokens * chunks_per_token) * iteration + alone, weight);
    mean_ += weight * own_.back().first;
  }
  load = std::min(load, 0.999);
  prefill_ = {load, arrivals * second_moment / (2.0 * (1.0 - load)) / std::max(load, 1e-300)};
  mean_ += batch_.probability * batch_.mean + prefill_.probability * prefill_.mean;
}

double FirstTokenLaw::delayed_beyond(double seconds) const {
  if (seconds < 0.0) return 1.0;
  const auto tail = [seconds](const Delay& delay) { return units::portable_exp(-seconds / delay.mean); };
  const double a = batch_.probability;
  const double b = prefill_.probability;
  if (b <= 0.0) return a > 0.0 ? a * tail(batch_) : 0.0;
  const double first = tail(batch_);
  const double second = tail(prefill_);
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

OutputTokenLaw::OutputTokenLaw(const ServingRates& rates, const Replica& replica, const StationaryLaw& law,
                               double arrivals) {
  // A request alone sees no prefill but its own, which is before its first token.
  mean_ = arrivals > 0.0 ? (law.batch / arrivals - rates.prefill) / replica.output_tokens : rates.iteration(1.0);
  const auto add = [&](double batch, double probability) {
    const double others = (batch - 1.0) * rates.prefill / replica.output_tokens;
    times_.emplace_back(rates.iteration(batch) + std::max(others, 0.0), probability);
  };
  if (arrivals <= 0.0) {
    add(1.0, 1.0);
    return;
  }
  // A request in work is seen with the weight of its stay.
  for (std::size_t k = 1; k < law.in_work.size(); ++k) {
    add(static_cast<double>(k), static_cast<double>(k) * law.in_work[k] / law.batch);
  }
  add(law.largest_batch, law.largest_batch * law.full / law.batch);
}

double OutputTokenLaw::beyond(double seconds) const {
  double share = 0.0;
  for (const auto& [time, weight] : times_) share += time > seconds ? weight : 0.0;
  return share;
}

}  // namespace gigasim::models
