#include "gigasim/models/latency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "latency_laws.hpp"

namespace gigasim::models {
namespace {

constexpr double kLastLoad = 0.995;

/// The least time that only `share` of the requests exceed, to a relative 1e-5.
template <typename Law>
double quantile_beyond(const Law& law, double share) {
  double high = law.mean();
  while (law.beyond(high) > share) high *= 2.0;
  double low = 0.0;
  while (high - low > 1e-5 * high) {
    const double middle = (low + high) / 2.0;
    (law.beyond(middle) > share ? low : high) = middle;
  }
  return high;
}

template <typename Law>
Spread spread_of(const Law& law) {
  return {law.mean(), quantile_beyond(law, 0.5), quantile_beyond(law, 0.05), quantile_beyond(law, 0.01)};
}

double between(double a, double b, double share) {
  return a + (b - a) * share;
}

Spread between(const Spread& a, const Spread& b, double share) {
  return {between(a.mean, b.mean, share), between(a.p50, b.p50, share), between(a.p95, b.p95, share),
          between(a.p99, b.p99, share)};
}

Latency between(const Latency& a, const Latency& b, double share) {
  Latency latency;
  latency.requests_per_second = between(a.requests_per_second, b.requests_per_second, share);
  latency.first_token = between(a.first_token, b.first_token, share);
  latency.output_token = between(a.output_token, b.output_token, share);
  latency.batch = between(a.batch, b.batch, share);
  latency.waiting = between(a.waiting, b.waiting, share);
  latency.utilisation = between(a.utilisation, b.utilisation, share);
  latency.busy = between(a.busy, b.busy, share);
  latency.output_tokens_per_second = between(a.output_tokens_per_second, b.output_tokens_per_second, share);
  return latency;
}

/// The largest rate at which one value, which rises with the rate, stays within a limit.
std::optional<double> rate_within_one(const std::vector<Latency>& points, double (*value)(const Latency&),
                                      double limit) {
  if (value(points.front()) > limit) return std::nullopt;
  const auto beyond =
      std::find_if(points.begin(), points.end(), [&](const Latency& point) { return value(point) > limit; });
  if (beyond == points.end()) return points.back().requests_per_second;
  const Latency& within = *std::prev(beyond);
  const double share = (limit - value(within)) / (value(*beyond) - value(within));
  return between(within.requests_per_second, beyond->requests_per_second, share);
}

}  // namespace

double saturation_rate(const ServingRates& rates, const Replica& replica) {
  return rates.largest_batch < 1.0 ? 0.0
                                   : completion_rate(rates, replica, std::max(1.0, saturated_batch(rates, replica)));
}

Latency latency_at(const ServingRates& rates, const Replica& replica, double requests_per_second) {
  const StationaryLaw law = stationary_law(rates, replica, requests_per_second);
  const FirstTokenLaw first(rates, replica, law, requests_per_second);
  const OutputTokenLaw output(rates, replica, law, requests_per_second);
  Latency latency;
  latency.requests_per_second = requests_per_second;
  latency.first_token = spread_of(first);
  latency.output_token = spread_of(output);
  latency.batch = law.batch;
  latency.waiting = requests_per_second * first.mean_wait();
  latency.utilisation = requests_per_second / saturation_rate(rates, replica);
  latency.busy = 1.0 - law.in_work.front();
  latency.output_tokens_per_second = requests_per_second * replica.output_tokens;
  return latency;
}

double slo_attainment(const ServingRates& rates, const Replica& replica, double requests_per_second,
                      const LatencyLimits& limits) {
  if (requests_per_second >= saturation_rate(rates, replica)) return 0.0;
  const StationaryLaw law = stationary_law(rates, replica, requests_per_second);
  double share = 1.0;
  if (limits.first_token_p95) {
    share *= 1.0 - FirstTokenLaw(rates, replica, law, requests_per_second).beyond(*limits.first_token_p95);
  }
  if (limits.output_token_p95) {
    share *= 1.0 - OutputTokenLaw(rates, replica, law, requests_per_second).beyond(*limits.output_token_p95);
  }
  return share;
}

LatencyTable::LatencyTable(const ServingRates& rates, const Replica& replica)
    : rates_(rates), replica_(replica), saturation_(saturation_rate(rates, replica)) {
  if (rates.largest_batch < 1.0) {
    throw std::invalid_argument(
        fmt::format("a replica that holds {:.2f} requests has no latency", rates.largest_batch));
  }
  // Steps shrink towards both ends: an idle replica soon is not, and towards saturation times grow without end.
  for (int i = 0; i < kPoints; ++i) {
    const double u = static_cast<double>(i) / (kPoints - 1);
    points_.push_back(latency_at(rates, replica, saturation_ * kLastLoad * u * u * (3.0 - 2.0 * u)));
  }
}

Latency LatencyTable::at(double requests_per_second) const {
  if (requests_per_second >= points_.back().requests_per_second) {
    Latency latency = points_.back();
    latency.utilisation = std::min(1.0, requests_per_second / saturation_);
    return latency;
  }
  const auto above = std::upper_bound(points_.begin(), points_.end(), std::max(0.0, requests_per_second),
                                      [](double rate, const Latency& p) { return rate < p.requests_per_second; });
  const Latency& low = *std::prev(above);
  return between(low, *above,
                 (std::max(0.0, requests_per_second) - low.requests_per_second) /
                     (above->requests_per_second - low.requests_per_second));
}

std::optional<double> LatencyTable::rate_within(const LatencyLimits& limits) const {
  double rate = points_.back().requests_per_second;
  if (limits.first_token_p95) {
    const auto most = rate_within_one(
        points_, [](const Latency& p) { return p.first_token.p95; }, *limits.first_token_p95);
    if (!most) return std::nullopt;
    rate = std::min(rate, *most);
  }
  if (limits.output_token_p95) {
    const auto most = rate_within_one(
        points_, [](const Latency& p) { return p.output_token.p95; }, *limits.output_token_p95);
    if (!most) return std::nullopt;
    rate = std::min(rate, *most);
  }
  return rate;
}

double LatencyTable::attainment(double requests_per_second, const LatencyLimits& limits) const {
  return slo_attainment(rates_, replica_, requests_per_second, limits);
}

}  // namespace gigasim::models
