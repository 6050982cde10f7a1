#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "resolve.hpp"

namespace gigasim::scenario {

/// The later or earlier of two moments that may not exist.
[[nodiscard]] inline std::optional<units::UtcTime> later(std::optional<units::UtcTime> a,
                                                         std::optional<units::UtcTime> b) {
  return a && b ? std::max(*a, *b) : (a ? a : b);
}
[[nodiscard]] inline std::optional<units::UtcTime> earlier(std::optional<units::UtcTime> a,
                                                           std::optional<units::UtcTime> b) {
  return a && b ? std::min(*a, *b) : (a ? a : b);
}

/// An end of a date's range; the date itself where it has none.
[[nodiscard]] units::UtcTime end_of(const Setting<units::UtcTime>& date, std::string Bounds::*end);

/// The dates of a site's partitions, those of the site included, and of the upgrades of its connection.
struct SiteDates {
  std::vector<std::optional<units::UtcTime>> online, offline;  ///< by partition
  std::vector<std::pair<units::UtcTime, units::Watts>> connections;
};

/// What a rollout makes of the dates of one site.
class SiteCalendar {
 public:
  SiteCalendar(const SiteSpec& spec, const Rollout& rollout) : spec_(spec), rollout_(rollout) {}

  /// The best dates, without delays.
  [[nodiscard]] SiteDates planned() const;
  /// The chosen dates, delays added.
  [[nodiscard]] SiteDates real() const;
  /// Tells whether the site (`part` empty) or a partition is never built.
  [[nodiscard]] bool cancelled(const Setting<double>& probability, const std::string& part) const;

 private:
  using Date = std::optional<units::UtcTime>;
  [[nodiscard]] std::string whose(const std::string& part) const;
  [[nodiscard]] Date chosen(const Setting<units::UtcTime>& date, const std::string& part, const char* which) const;

  const SiteSpec& spec_;
  const Rollout& rollout_;
};

/// Returns the steps in which the accelerators of each partition come and go. Of those that are there, the connection
/// feeds as many whole nodes at full power as it can: what came first is fed first, among equals in the order of the
/// file. Cancelled partitions have none.
[[nodiscard]] std::vector<std::vector<CapacityStep>> supply(const Site& site, const SiteDates& dates);

}  // namespace gigasim::scenario
