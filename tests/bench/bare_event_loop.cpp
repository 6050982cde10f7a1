// The yardstick of the engine: the same log, reader and queue policy in a loop that only counts accelerators. What
// `gigasim replay` takes beyond this is the price of SimGrid, of placement and of results.
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
#include "one_machine.hpp"

namespace {

using namespace gigasim;

double mean_wait(workload::JobSource& source, scheduling::QueuePolicy& policy) {
  using End = std::pair<double, std::int64_t>;
  const auto queued = [](std::int64_t id, const workload::Job& job) {
    return scheduling::QueuedJob{id, job.accelerators, job.walltime};
  };
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  std::vector<workload::Job> jobs;
  std::vector<units::Seconds> started;
  std::vector<std::int64_t> starts;
  double waited = 0.0;
  auto next = source.next();
  while (next || !ends.empty()) {
    double now = next ? next->submit.in_base_units() : ends.top().first;
    if (!ends.empty()) now = std::min(now, ends.top().first);
    for (; !ends.empty() && ends.top().first == now; ends.pop()) {
      const auto id = ends.top().second;
      const auto& job = jobs[static_cast<std::size_t>(id)];
      policy.job_ended(queued(id, job), started[static_cast<std::size_t>(id)]);
    }
    for (; next && next->submit.in_base_units() == now; next = source.next()) {
      policy.enqueue(queued(static_cast<std::int64_t>(jobs.size()), *next));
      jobs.push_back(*next);
      started.emplace_back();
    }
    starts.clear();
    policy.pass(units::Seconds{now}, starts);
    for (const auto id : starts) {
      const auto& job = jobs[static_cast<std::size_t>(id)];
      started[static_cast<std::size_t>(id)] = units::Seconds{now};
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
  const auto scenario = bench::one_machine(argv[1], std::atoll(argv[2]));
  const auto source = workload::open_streams(scenario);
  const auto policy = scheduling::make_queue_policy(argc > 3 ? argv[3] : "easy");
  policy->set_capacity(scenario.sites[0].partitions[0].count);
  fmt::print("mean wait {:.3f} s\n", mean_wait(*source, *policy));
  return 0;
}
