#include <algorithm>
#include <numeric>

#include "gigasim/scenario/rollout.hpp"
#include "site_calendar.hpp"

namespace gigasim::scenario {
namespace {

/// How many accelerators of each partition are there between two changes.
class Supply {
 public:
  Supply(const Site& site, const SiteDates& dates) : site_(site), dates_(dates) {}

  /// The steps of each partition.
  [[nodiscard]] std::vector<std::vector<CapacityStep>> steps() const {
    std::vector<std::vector<CapacityStep>> steps(site_.partitions.size());
    for (const units::UtcTime date : changes()) {
      const std::vector<std::int64_t> now = at(date);
      for (std::size_t p = 0; p < steps.size(); ++p) {
        const std::int64_t before = steps[p].empty() ? 0 : steps[p].back().accelerators;
        if (now[p] != before) steps[p].push_back({date, now[p]});
      }
    }
    return steps;
  }

 private:
  [[nodiscard]] std::vector<units::UtcTime> changes() const {
    std::vector<units::UtcTime> dates{kAlways};
    for (const auto& date : dates_.online) dates.push_back(date.value_or(kAlways));
    for (const auto& date : dates_.offline) dates.push_back(date.value_or(kAlways));
    for (const auto& [date, power] : dates_.connections) dates.push_back(date);
    std::sort(dates.begin(), dates.end());
    dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
    return dates;
  }

  [[nodiscard]] std::optional<units::Watts> it_power(units::UtcTime date) const {
    std::optional<units::Watts> connection = site_.connection;
    for (const auto& [from, power] : dates_.connections) {
      if (from <= date) connection = power;
    }
    return connection ? std::optional{*connection * (1.0 / site_.pue)} : std::nullopt;
  }

  /// What came first is fed first; among equals, in the order of the file.
  [[nodiscard]] std::vector<std::size_t> by_seniority() const {
    std::vector<std::size_t> order(site_.partitions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return dates_.online[a].value_or(kAlways) < dates_.online[b].value_or(kAlways);
    });
    return order;
  }

  [[nodiscard]] std::vector<std::int64_t> at(units::UtcTime date) const {
    std::vector<std::int64_t> counts(site_.partitions.size(), 0);
    const auto all_power = it_power(date);
    auto power = all_power;
    for (const std::size_t p : by_seniority()) {
      const Partition& partition = site_.partitions[p];
      const bool there =
          dates_.online[p].value_or(kAlways) <= date && (!dates_.offline[p] || date < *dates_.offline[p]);
      if (!there || partition.cancelled) continue;
      counts[p] = power ? fed(partition, *power, *all_power) : partition.count;
      if (power) *power = *power - partition.full_power * static_cast<double>(counts[p]);
    }
    return counts;
  }

  /// As many whole nodes as the power is enough for. Decimals such as a PUE of 1.04 are no doubles: what is left of a
  /// supply `of` may lack a few parts in 10^16 of it, for which no accelerator stays off.
  static std::int64_t fed(const Partition& partition, units::Watts power, units::Watts of) {
    constexpr double kRounding = 1e-13;
    const double enough_for = (power + of * kRounding) / partition.full_power;
    if (!(enough_for < static_cast<double>(partition.count))) return partition.count;
    return static_cast<std::int64_t>(std::max(0.0, enough_for)) / partition.per_node * partition.per_node;
  }

  const Site& site_;
  const SiteDates& dates_;
};

}  // namespace

std::vector<std::vector<CapacityStep>> supply(const Site& site, const SiteDates& dates) {
  return Supply(site, dates).steps();
}

}  // namespace gigasim::scenario
