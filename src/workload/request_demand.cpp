#include "gigasim/workload/request_demand.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "arrival_rate.hpp"
#include "catalogue_lookup.hpp"
#include "gigasim/units/portable_math.hpp"
#include "random_stream.hpp"

namespace gigasim::workload {

/// An origin of requests.
struct RequestOrigin {
  double weight = 0.0;
  LocalClock clock;
};

namespace {

constexpr double kThousandths = 1000.0;
constexpr int kHoursOfAWeek = 168;
constexpr double kHour = 3600.0;
/// Monday, 2024-01-01 00:00 UTC: any week in winter.
constexpr std::int64_t kWinterMonday = 1704067200;

/// The sum over the origins in each hour of a week.
std::vector<double> week_of(const std::string& profile, const std::vector<RequestOrigin>& origins) {
  ArrivalRate rate(profile, 0.0, {kWinterMonday}, std::nullopt);
  std::vector<double> week;
  for (int hour = 0; hour < kHoursOfAWeek; ++hour) {
    double sum = 0.0;
    for (const RequestOrigin& origin : origins) {
      sum += origin.weight * rate.bound() * rate.relative_to_bound(hour * kHour, origin.clock);
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
        bursts(scenario.seed, service.name, "bursts") {}

  [[nodiscard]] std::vector<std::int64_t> rates(ArrivalRate& profile, units::Seconds now, double factor) const {
    std::vector<std::int64_t> result;
    result.reserve(origins.size());
    for (const RequestOrigin& origin : origins) {
      const double relative = profile.bound() * profile.relative_to_bound(now.in_base_units(), origin.clock);
      result.push_back(std::llround(kThousandths * scale * origin.weight * relative * factor));
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

std::vector<std::int64_t> RequestDemand::rates_at(units::Seconds now) {
  return impl_->rates(impl_->rate, now, impl_->burst_at(now));
}

std::vector<std::int64_t> RequestDemand::foretold_at(units::Seconds now) {
  return impl_->rates(impl_->foretold, now, 1.0);
}

}  // namespace gigasim::workload
