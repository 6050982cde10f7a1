#include "distribution.hpp"

namespace gigasim::metrics {
namespace {

constexpr std::array kPercents{50, 95, 99};

}  // namespace

RisingDistribution::RisingDistribution(const SampleSize& size) : size_(size) {
  // In integers, so that a rank that falls on a whole number is not missed by a rounding of q x total.
  for (std::size_t q = 0; q < kQuantiles; ++q) ranks_[q] = (size.weight * kPercents[q] + 99) / 100;
}

void RisingDistribution::pass(Reading& reading, const Sample& sample) const {
  reading.weight += sample.weight;
  while (reading.found < kQuantiles && reading.weight >= ranks_[reading.found]) {
    reading.values[reading.found++] = sample.value;
  }
}

void RisingDistribution::add(const Sample& sample) {
  if (sample.weight == 0) return;
  pass(at_bound_, sample);
  if (!sample.censored) pass(at_infinity_, sample);
  sum_ += sample.value * static_cast<double>(sample.weight);
  max_ = sample.value;
}

Distribution::Figure RisingDistribution::figure(std::size_t quantile) const {
  const double low = at_bound_.values[quantile];
  const double high = at_infinity_.values[quantile];
  if (low == high) return {low, false};
  return {low, true, high == kInfinity ? std::nullopt : std::optional{high}};
}

Distribution RisingDistribution::result() const {
  Distribution result;
  result.count = size_.count;
  if (size_.weight == 0) return result;
  const bool any_censored = at_infinity_.weight != size_.weight;
  result.mean = {sum_ / static_cast<double>(size_.weight), any_censored};
  result.median = figure(0);
  result.p95 = figure(1);
  result.p99 = figure(2);
  result.max = {max_, any_censored};
  return result;
}

Distribution describe(std::span<const Sample> sorted) {
  SampleSize size;
  for (const Sample& sample : sorted) {
    ++size.count;
    size.weight += sample.weight;
  }
  RisingDistribution distribution(size);
  for (const Sample& sample : sorted) distribution.add(sample);
  return distribution.result();
}

}  // namespace gigasim::metrics
