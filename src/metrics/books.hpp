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
#include "reserves.hpp"

namespace gigasim::metrics {

/// Everything that is written down during a run. Not to be moved: its parts refer to each other.
struct Books {
  Books(scenario::Scenario of, std::vector<std::string> origin_codes)
      : scenario(std::move(of)),
        origins(std::move(origin_codes)),
        machines(scenario.sites, window, fault),
        reserves(scenario, machines, window),
        groups(scenario, origins),
        jobs(scenario, origins.size(), fault) {
    for (std::size_t s = 0; s < scenario.sites.size(); ++s) hourly.emplace_back(static_cast<std::int32_t>(s));
  }
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;

  const scenario::Scenario scenario;
  const std::vector<std::string> origins;
  Window window;  ///< the results period as planned; cut to what was run at the end
  Fault fault;
  Machines machines;
  Reserves reserves;
  Groups groups;
  JobBook jobs;
  std::vector<HourlySeries> hourly;  ///< one per site, used for those with partitions
  std::map<std::string, std::int64_t> refused;
  Ticks now = 0;
  bool ended = false, interrupted = false;
};

}  // namespace gigasim::metrics
