#pragma once

#include <cstdint>
#include <string>

#include "gigasim/scenario/scenario.hpp"

namespace gigasim::bench {

/// An SWF log on one machine of so many accelerators.
inline scenario::Scenario one_machine(const std::string& log, std::int64_t accelerators) {
  scenario::Scenario s;
  s.period.until_drained = true;
  s.sites.resize(1);
  s.sites[0].partitions.resize(1);
  s.sites[0].partitions[0].count = accelerators;
  s.workload.streams.resize(1);
  s.workload.streams[0].name = "log";
  s.workload.streams[0].trace = scenario::Trace{log, "swf", 1.0};
  return s;
}

}  // namespace gigasim::bench
