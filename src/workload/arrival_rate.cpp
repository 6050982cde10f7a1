#include "arrival_rate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "catalogue_lookup.hpp"
#include "gigasim/scenario/load.hpp"
#include "gigasim/units/portable_math.hpp"

namespace gigasim::workload {
namespace {

constexpr double kYear = 365.25 * 86400.0;
constexpr std::int64_t kSecondsPerHour = 3600;
constexpr int kHoursOfWeek = 168;

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

ArrivalRate::ArrivalRate(std::string_view profile, double growth_per_year, units::UtcTime start,
                         std::optional<units::Seconds> end)
    : start_(start.unix_seconds), utc_hour_(std::numeric_limits<std::int64_t>::min()) {
  if (profile != "constant") tabulate(arrival_profile(profile));
  if (growth_per_year == 0.0) return;
  if (growth_per_year <= -1.0) throw scenario::ScenarioError{{"workload: growth must be above -100 % per year"}};
  log_growth_ = units::portable_log(1.0 + growth_per_year) / kYear;
  if (log_growth_ <= 0.0) return;
  if (!end) throw scenario::ScenarioError{{"workload: a demand that grows needs a period with a length"}};
  growth_bound_ = units::portable_exp(log_growth_ * end->in_base_units());
}

void ArrivalRate::tabulate(const catalogue::ArrivalProfile& profile) {
  constant_ = false;
  const double mean = mean_of(profile.hour) * mean_of(profile.weekday);
  for (std::size_t i = 0; i < over_peak_.size(); ++i) {
    over_peak_.at(i) = profile.weekday.at(i / 24) * profile.hour.at(i % 24) / mean;
  }
  profile_peak_ = *std::max_element(over_peak_.begin(), over_peak_.end());
  for (double& factor : over_peak_) factor /= profile_peak_;
}

double ArrivalRate::profile_factor(double seconds, const LocalClock& clock) {
  const std::int64_t now = start_ + static_cast<std::int64_t>(seconds);
  const std::int64_t hour = now / kSecondsPerHour - (now % kSecondsPerHour < 0 ? 1 : 0);
  if (hour != utc_hour_) {
    utc_hour_ = hour;
    const units::HourOfWeek utc = units::hour_of_week(hour * kSecondsPerHour);
    hour_of_week_ = utc.weekday * 24 + utc.hour;
    summer_ = units::european_summer_time({hour * kSecondsPerHour});
  }
  const int local = hour_of_week_ + clock.utc_offset_hours + (summer_ && clock.summer_time ? 1 : 0);
  return over_peak_.at(static_cast<std::size_t>((local + kHoursOfWeek) % kHoursOfWeek));
}

double ArrivalRate::relative_to_bound(double seconds, const LocalClock& clock) {
  double factor = constant_ ? 1.0 : profile_factor(seconds, clock);
  if (log_growth_ != 0.0) factor *= units::portable_exp(log_growth_ * seconds) / growth_bound_;
  return factor;
}

double ArrivalRate::mean(double from, double to, const LocalClock& clock) {
  double sum = 0.0;
  for (double at = from; at < to;) {
    // Clocks differ by whole hours, so that the profile changes at the full hours of UTC; growth within one is linear.
    const auto hour = (start_ + static_cast<std::int64_t>(at)) / kSecondsPerHour + 1;
    const double until = std::min(to, static_cast<double>(hour * kSecondsPerHour - start_));
    sum += (until - at) * relative_to_bound((at + until) / 2.0, clock);
    at = until;
  }
  return bound() * sum / (to - from);
}

}  // namespace gigasim::workload
