#include "gigasim/workload/request_demand.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "arrival_rate.hpp"
#include "catalogue_lookup.hpp"
#include "gigasim/scenario/request_parts.hpp"
#include "gigasim/units/portable_math.hpp"
#include "random_stream.hpp"
#include "trace_replay.hpp"

namespace gigasim::workload {

/// An origin of requests.
struct RequestOrigin {
  double weight = 0.0;
  LocalClock clock;
};

namespace {

constexpr int kHoursOfAWeek = 168;
constexpr double kHourLength = 3600.0;
/// Monday, 2024-01-01 00:00 UTC: any week in winter.
constexpr std::int64_t kWinterMonday = 1704067200;

/// The sum over the origins in each hour of a week.
std::vector<double> week_of(const std::string& profile, const std::vector<RequestOrigin>& origins) {
  ArrivalRate rate(profile, 0.0, {kWinterMonday}, std::nullopt);
  std::vector<double> week;
  for (int hour = 0; hour < kHoursOfAWeek; ++hour) {
    double sum = 0.0;
    for (const RequestOrigin& origin : origins) {
      sum += origin.weight * rate.bound() * rate.relative_to_bound(hour * kHourLength, origin.clock);
    }
    week.push_back(sum);
  }
  return week;
}

}  // namespace

struct RequestDemand::Impl {
  Impl(const scenario::Scenario& scenario, const scenario::Service& service)
      : demand(service.demand),
        rate(service.demand.profile, service.demand.growth_per_year, scenario.period.start,
             scenario.period.warm_up + scenario.period.length),
        foretold(rate),
        bursts(scenario.seed, service.name, "bursts") {
    if (demand.trace) trace.emplace(*demand.trace);
  }

  [[nodiscard]] std::vector<std::int64_t> by_rate(ArrivalRate& profile, units::Seconds from, units::Seconds to,
                                                  double factor) const {
    std::vector<std::int64_t> result;
    result.reserve(origins.size());
    const auto parts_per_rate = static_cast<double>(scenario::kThousandths * units::to_ticks(to - from));
    for (const RequestOrigin& origin : origins) {
      const double relative = profile.bound() * profile.relative_to_bound(from.in_base_units(), origin.clock);
      result.push_back(std::llround(scale * origin.weight * relative * factor * parts_per_rate));
    }
    return result;
  }

  /// Shares out what the trace has, to the last part.
  [[nodiscard]] std::vector<std::int64_t> by_trace(units::Seconds from, units::Seconds to) const {
    const std::int64_t whole = (trace->come_before(to) - trace->come_before(from)) * scenario::kPartsPerRequest;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<std::int64_t> result;
    std::int64_t given = 0;
    double weight = 0.0;
    for (std::size_t o = 0; o < weights.size(); ++o) {
      weight += weights[o];
      const bool last = o + 1 == weights.size();
      const std::int64_t up_to =
          last ? whole : static_cast<std::int64_t>(static_cast<double>(whole) * std::min(1.0, weight / sum));
      result.push_back(up_to - given);
      given = up_to;
    }
    return result;
  }

  double burst_at(units::Seconds now) {
    if (demand.burst_sigma <= 0.0) return 1.0;
    const double sigma = demand.burst_sigma;
    for (; burst_end <= now; burst_end += demand.burst_length) {
      burst = units::portable_exp(sigma * draw_normal(bursts) - sigma * sigma / 2.0);
    }
    return burst;
  }

  scenario::RequestDemand demand;
  ArrivalRate rate, foretold;
  std::optional<TraceReplay> trace;
  RandomStream bursts;
  double burst = 1.0;
  units::Seconds burst_end{0};
  double scale = 0.0;  // requests per second for a weight and a profile of 1
  std::vector<std::int32_t> numbers;
  std::vector<double> weights;
  std::vector<RequestOrigin> origins;
};

RequestDemand::RequestDemand(const scenario::Scenario& scenario, const scenario::Service& service,
                             const std::vector<std::string>& origins)
    : impl_(std::make_unique<Impl>(scenario, service)) {
  const scenario::Stream& stream = scenario.workload.streams[static_cast<std::size_t>(service.stream)];
  for (const auto& [code, weight] : stream.origin) {
    const auto found = std::find(origins.begin(), origins.end(), code);
    if (found == origins.end() || weight <= 0.0) continue;
    const catalogue::Country& known = country(code);
    impl_->numbers.push_back(static_cast<std::int32_t>(found - origins.begin()));
    impl_->weights.push_back(weight);
    impl_->origins.push_back({weight, {known.utc_offset_hours, known.summer_time}});
  }
  const std::vector<double> week = week_of(service.demand.profile, impl_->origins);
  double level = *std::max_element(week.begin(), week.end());
  if (!service.demand.is_peak) {
    level = 0.0;
    for (const double hour : week) level += hour / kHoursOfAWeek;
  }
  impl_->scale = level > 0.0 ? service.demand.rate.in_base_units() / level : 0.0;
}

RequestDemand::~RequestDemand() = default;
RequestDemand::RequestDemand(RequestDemand&&) noexcept = default;

const std::vector<std::int32_t>& RequestDemand::origins() const {
  return impl_->numbers;
}

const std::vector<double>& RequestDemand::weights() const {
  return impl_->weights;
}

std::vector<std::int64_t> RequestDemand::offered_between(units::Seconds from, units::Seconds to) {
  if (impl_->trace) return impl_->by_trace(from, to);
  return impl_->by_rate(impl_->rate, from, to, impl_->burst_at(from));
}

std::vector<std::int64_t> RequestDemand::foretold_between(units::Seconds from, units::Seconds to) {
  if (impl_->trace) return impl_->by_trace(from, to);
  return impl_->by_rate(impl_->foretold, from, to, 1.0);
}

}  // namespace gigasim::workload
