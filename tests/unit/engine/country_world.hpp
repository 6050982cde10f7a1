#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

/// Small networks of countries for tests of where jobs go.
namespace gigasim::test {

inline constexpr std::int32_t kFrench = 0, kGerman = 1;  // origins of ListedJobs
using Verdicts = std::vector<metrics::Exclusion>;

inline workload::Job from(std::int32_t origin, workload::Job job, std::int32_t stream = 0) {
  job.origin = origin;
  job.stream = stream;
  return job;
}

inline scenario::Partition of_type(scenario::Partition machine, const std::string& accelerator, double memory_gb) {
  machine.accelerator = accelerator;
  machine.memory = units::Bytes{memory_gb * 1e9};
  return machine;
}

/// France and Germany are in the EU, the United Kingdom is not. Jobs go to the nearest site: in the order of the list
/// from France, where all sites are.
inline scenario::Scenario network(const std::vector<scenario::Site>& sites) {
  scenario::Scenario s = world(sites);
  s.scheduling.broker = "nearest";
  s.countries["FR"].eu_member = s.countries["DE"].eu_member = true;
  s.countries["GB"].eu_member = false;
  return s;
}

inline scenario::Scenario two_types() {
  return network({site("h", {of_type(partition(10, 10), "H100-SXM-80", 80)}),
                  site("g", {of_type(partition(10, 10), "GH200-96", 96)})});
}

inline metrics::Results recorded(const scenario::Scenario& s, std::vector<workload::Job> jobs) {
  test::ListedJobs source(std::move(jobs));
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  return recorder.results({}, {});  // throws when a job ran where it may not
}

inline const Verdicts& verdicts(const metrics::Results& results, std::size_t job) {
  return results.exclusions.at(static_cast<std::size_t>(results.jobs[job].decision.exclusions));
}

}  // namespace gigasim::test
