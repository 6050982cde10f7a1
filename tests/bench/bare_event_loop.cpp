// The yardstick of the engine: the same log, reader and queue policy in a loop that only counts accelerators. What `gigasim
// replay` takes beyond this is the price of SimGrid, of placement and of results.
//
//   bare_event_loop LOG ACCELERATORS [easy|fcfs]

#include <fmt/format.h>

#include <cstdlib>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/workload/source.hpp"

namespace {

using namespace gigasim;

scenario::Scenario machine_with(const std::string& log, std::int64_t accelerators) {
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

double mean_wait(workload::JobSource& source, scheduling::QueuePolicy& policy) {
  using End = std::pair<double, std::int64_t>;
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  std::vector<workload::Job> jobs;
  std::vector<std::int64_t> starts;
  double waited = 0.0;
  auto next = source.next();
  while (next || !ends.empty()) {
    double now = next ? next->submit.in_base_units() : ends.top().first;
    if (!ends.empty()) now = std::min(now, ends.top().first);
    for (; !ends.empty() && ends.top().first == now; ends.pop()) policy.job_ended(ends.top().second);
    for (; next && next->submit.in_base_units() == now; next = source.next()) {
      policy.enqueue({static_cast<std::int64_t>(jobs.size()), next->accelerators, next->walltime});
      jobs.push_back(*next);
    }
    starts.clear();
    policy.pass(units::Seconds{now}, starts);
    for (const auto id : starts) {
      const auto& job = jobs[static_cast<std::size_t>(id)];
      waited += now - job.submit.in_base_units();
      ends.push({now + std::min(job.runtime, job.walltime).in_base_units(), id});
    }
  }
  return waited / static_cast<double>(jobs.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: bare_event_loop LOG ACCELERATORS [easy|fcfs]\n");
    return 2;
  }
  const auto scenario = machine_with(argv[1], std::atoll(argv[2]));
  const auto source = workload::open_streams(scenario);
  const auto policy = scheduling::make_queue_policy(argc > 3 ? argv[3] : "easy");
  policy->set_capacity(scenario.sites[0].partitions[0].count);
  fmt::print("mean wait {:.3f} s\n", mean_wait(*source, *policy));
  return 0;
}
