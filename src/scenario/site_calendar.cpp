#include "site_calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gigasim/units/random_stream.hpp"

namespace gigasim::scenario {
namespace {

constexpr std::int64_t kDay = 86400;  // seconds

/// Draws from the triangular distribution between the bounds with its peak at the best date, by inversion; whole days.
units::UtcTime draw_date(units::UtcTime low, units::UtcTime best, units::UtcTime high, double u) {
  const auto width = static_cast<double>(high.unix_seconds - low.unix_seconds);
  const auto left = static_cast<double>(best.unix_seconds - low.unix_seconds);
  const double after_low =
      u * width < left ? std::sqrt(u * width * left) : width - std::sqrt((1.0 - u) * width * (width - left));
  const auto seconds = static_cast<std::int64_t>(after_low);
  return {low.unix_seconds + seconds / kDay * kDay};
}

}  // namespace

units::UtcTime end_of(const Setting<units::UtcTime>& date, std::string Bounds::*end) {
  const auto printed = date.bounds ? units::parse_date((*date.bounds).*end) : std::nullopt;
  return printed ? printed->best : *date;
}

SiteDates SiteCalendar::planned() const {
  SiteDates dates;
  for (const PartitionSpec& partition : spec_.partitions) {
    dates.online.push_back(later(spec_.online.value, partition.online.value));
    dates.offline.push_back(earlier(spec_.offline.value, partition.offline.value));
  }
  for (const UpgradeSpec& upgrade : spec_.power.upgrades) {
    if (upgrade.date && upgrade.connection) dates.connections.emplace_back(*upgrade.date, *upgrade.connection);
  }
  return dates;
}

SiteDates SiteCalendar::real() const {
  SiteDates dates;
  const units::Seconds site_delay = spec_.delay.value_or(units::Seconds{0});
  const auto site_online = chosen(spec_.online, "", "online");
  const auto site_offline = chosen(spec_.offline, "", "offline");
  for (const PartitionSpec& partition : spec_.partitions) {
    const std::string name = partition.name.value_or("");
    auto online = later(site_online, chosen(partition.online, name, "online"));
    if (online) online = *online + site_delay + partition.delay.value_or(units::Seconds{0});
    dates.online.push_back(online);
    dates.offline.push_back(earlier(site_offline, chosen(partition.offline, name, "offline")));
  }
  for (const UpgradeSpec& upgrade : spec_.power.upgrades) {
    const auto date = chosen(upgrade.date, upgrade.name.value_or(""), "connection");
    if (date && upgrade.connection) dates.connections.emplace_back(*date + site_delay, *upgrade.connection);
  }
  return dates;
}

bool SiteCalendar::cancelled(const Setting<double>& probability, const std::string& part) const {
  const double p = probability.value_or(0.0);
  if (rollout_.dates == RolloutDates::kEarliest) return p >= 1.0;
  if (rollout_.dates != RolloutDates::kDrawn) return p >= 0.5;
  return units::RandomStream(rollout_.seed, whose(part), "cancellation").uniform() < p;
}

std::string SiteCalendar::whose(const std::string& part) const {
  return fmt::format("site {} {}", spec_.name.value_or(""), part);
}

std::optional<units::UtcTime> SiteCalendar::chosen(const Setting<units::UtcTime>& date, const std::string& part,
                                                   const char* which) const {
  if (!date || !date.bounds || rollout_.dates == RolloutDates::kBest) return date.value;
  const units::UtcTime low = end_of(date, &Bounds::low);
  const units::UtcTime high = end_of(date, &Bounds::high);
  if (rollout_.dates == RolloutDates::kEarliest) return low;
  if (rollout_.dates == RolloutDates::kLatest) return high;
  return draw_date(low, *date, high, units::RandomStream(rollout_.seed, whose(part), which).uniform());
}

}  // namespace gigasim::scenario
