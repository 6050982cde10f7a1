#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fault.hpp"
#include "groups.hpp"
#include "hourly.hpp"
#include "job_book.hpp"
#include "machines.hpp"
#include "quarters.hpp"
#include "reliability.hpp"
#include "reserves.hpp"
#include "service_book.hpp"

namespace gigasim::metrics {

[[nodiscard]] inline Window planned_window(const scenario::Period& period) {
  const Ticks warm_up = units::to_ticks(period.warm_up);
  if (!period.until_drained) return {warm_up, units::to_ticks(period.warm_up + period.length)};
  // Without a warm-up the period begins with the first job: the empty time before it would only dilute the means.
  return {warm_up > 0 ? warm_up : kForever, kForever};
}

/// Rows of more than 400 days are means of days: hours would be a million rows, and nobody could see them apart.
[[nodiscard]] inline std::int64_t hours_per_row(const scenario::Period& period) {
  return !period.until_drained && period.length > units::Seconds{400.0 * 86400.0} ? 24 : 1;
}

/// Everything that is written down during a run. Not to be moved: its parts refer to each other.
struct Books {
  Books(scenario::Scenario of, std::vector<std::string> origin_codes)
      : scenario(std::move(of)),
        origins(std::move(origin_codes)),
        window(planned_window(scenario.period)),
        machines(scenario.sites, window, fault),
        reserves(scenario, machines, window),
        quarters(scenario.period, window),
        groups(scenario, origins, quarters.books()),
        jobs(scenario, origins.size(), fault),
        reliability(scenario, groups.all().size(), machines.books().size()),
        services(scenario, origins.size(), fault) {
    for (std::size_t s = 0; s < scenario.sites.size(); ++s)
      hourly.emplace_back(static_cast<std::int32_t>(s), hours_per_row(scenario.period));
  }
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;

  const scenario::Scenario scenario;
  const std::vector<std::string> origins;
  Window window;  ///< the results period as planned; cut to what was run at the end
  Fault fault;
  Machines machines;
  Reserves reserves;
  Quarters quarters;
  Groups groups;
  JobBook jobs;
  ReliabilityBook reliability;
  ServiceBook services;
  std::map<std::pair<std::int32_t, std::size_t>, Ledger> replicas_idle;  ///< hundredths, by stream and partition
  std::vector<HourlySeries> hourly;  ///< one per site, used for those with partitions
  std::map<std::string, std::int64_t> refused;
  std::vector<std::string> refusal_reasons;  ///< few: a job keeps the number of its own
  std::vector<std::vector<Exclusion>> exclusions;
  Ticks now = 0;
  bool ended = false, interrupted = false;
};

}  // namespace gigasim::metrics
