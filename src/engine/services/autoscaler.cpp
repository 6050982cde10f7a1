#include "autoscaler.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gigasim::engine {
namespace {

/// More than anybody asks for.
constexpr double kAnyRate = 1e15;

std::vector<double> arriving_at(const RequestRoutes& routes, std::size_t places) {
  std::vector<double> rates(places, 0.0);
  for (const auto& of_source : routes) {
    for (std::size_t p = 0; p < places; ++p) rates[p] += of_source[p];
  }
  return rates;
}

std::int64_t needed(double rate, const ScalingPlace& place, double target) {
  if (rate <= 0.0 || place.rate <= 0.0) return 0;
  constexpr double kRounding = 1e-9;  // a rate that is just met by n replicas is not one for n + 1
  return static_cast<std::int64_t>(std::ceil(rate / (target * place.rate) - kRounding));
}

std::vector<RequestSource> with_rates(std::vector<RequestSource> sources, const std::vector<double>& rates) {
  for (std::size_t s = 0; s < sources.size(); ++s) sources[s].rate = rates[s];
  return sources;
}

}  // namespace

std::vector<std::int64_t> share_out(std::int64_t number, const std::vector<double>& weights) {
  std::vector<std::int64_t> shares(weights.size(), 0);
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (sum <= 0.0) return shares;
  std::vector<std::pair<double, std::size_t>> rests;
  std::int64_t left = number;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = static_cast<double>(number) * weights[i] / sum;
    shares[i] = static_cast<std::int64_t>(exact);
    left -= shares[i];
    if (weights[i] > 0.0) rests.emplace_back(static_cast<double>(shares[i]) - exact, i);
  }
  std::sort(rests.begin(), rests.end());
  for (std::size_t i = 0; left > 0; i = (i + 1) % rests.size(), --left) ++shares[rests[i].second];
  return shares;
}

std::vector<std::int64_t> Autoscaler::wanted(const std::vector<RequestSource>& sources,
                                             const std::vector<double>& weights,
                                             const std::vector<ScalingPlace>& places) const {
  const scenario::Replicas& replicas = service_.replicas;
  const std::size_t n = places.size();
  // By replicas that each place could have, so that `spread` has something to go by.
  std::vector<double> all(n, 0.0);
  std::vector<double> now(n, 0.0);
  const bool spread = service_.routing == scenario::RequestRouting::kSpread;
  for (std::size_t p = 0; p < n; ++p) {
    if (!places[p].online) continue;
    const double whole = static_cast<double>(places[p].room) * places[p].rate;
    all[p] = now[p] = spread ? std::max(whole, 0.0) * kAnyRate : kAnyRate;
    const bool goes_on = places[p].is_short && service_.routing == scenario::RequestRouting::kSpillOver;
    if (goes_on) now[p] = static_cast<double>(places[p].running) * places[p].rate * replicas.target_load;
  }
  const auto at_home = arriving_at(route_requests(service_.routing, with_rates(sources, weights), all), n);
  std::vector<std::int64_t> result = share_out(replicas.min, at_home);
  if (replicas.scale_by == scenario::ScaleBy::kFixed) return result;
  const auto unlimited = arriving_at(route_requests(service_.routing, sources, all), n);
  const auto limited = arriving_at(route_requests(service_.routing, sources, now), n);
  for (std::size_t p = 0; p < n; ++p) {
    const double rate = places[p].is_short ? std::max(unlimited[p], limited[p]) : limited[p];
    result[p] = std::max(result[p], needed(rate, places[p], replicas.target_load));
  }
  return result;
}

std::vector<std::int64_t> Autoscaler::decide(units::Seconds now, const std::vector<RequestSource>& sources,
                                             const std::vector<double>& weights,
                                             const std::vector<ScalingPlace>& places) {
  std::vector<std::int64_t> result = wanted(sources, weights, places);
  decisions_.emplace_back(now, result);
  while (decisions_.front().first + service_.replicas.scale_in_after < now) decisions_.pop_front();
  for (const auto& [when, numbers] : decisions_) {
    for (std::size_t p = 0; p < places.size(); ++p) {
      if (places[p].online) result[p] = std::max(result[p], numbers[p]);
    }
  }
  for (std::size_t p = 0; p < places.size(); ++p) result[p] = std::min(result[p], places[p].room);
  const std::int64_t all = std::accumulate(result.begin(), result.end(), std::int64_t{0});
  if (all <= service_.replicas.max) return result;
  return share_out(service_.replicas.max, {result.begin(), result.end()});
}

}  // namespace gigasim::engine
