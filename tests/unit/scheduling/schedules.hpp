#pragma once

#include <algorithm>
#include <cstdint>
#include <queue>
#include <random>
#include <utility>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"

namespace gigasim::scheduling::test {

using Ids = std::vector<std::int64_t>;

struct TestJob {
  double submit, runtime, walltime;
  int size;
  int reservation = -1;
};

inline QueuedJob queued(const std::vector<TestJob>& jobs, std::size_t i) {
  const TestJob& job = jobs[i];
  QueuedJob result{static_cast<std::int64_t>(i), job.size, units::Seconds{job.walltime}};
  result.submit = units::Seconds{job.submit};
  result.reservation = job.reservation;
  return result;
}

inline Ids pass(QueuePolicy& policy, double now) {
  Ids starts;
  policy.pass(units::Seconds{now}, starts);
  return starts;
}

/// Runs jobs (sorted by submit time) through a policy: at one instant all ends, then all arrivals, then one pass; and
/// one when the policy wants it. `after(now)` looks at what each pass has done.
template <class After>
std::vector<double> start_times(QueuePolicy& policy, const std::vector<TestJob>& jobs, const After& after) {
  std::vector<double> start(jobs.size(), -1);
  using End = std::pair<double, std::size_t>;
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  std::size_t next = 0;
  std::size_t done = 0;
  double now = -1;
  while (done < jobs.size()) {
    const double then = now;
    now = next < jobs.size() ? jobs[next].submit : 1e300;
    if (!ends.empty()) now = std::min(now, ends.top().first);
    const auto wanted = policy.next_pass(units::Seconds{then});
    if (wanted) now = std::min(now, wanted->in_base_units());
    if (now >= 1e6) break;  // somebody waits for ever
    for (; !ends.empty() && ends.top().first == now; ends.pop(), ++done) {
      const auto i = ends.top().second;
      policy.job_ended(queued(jobs, i), units::Seconds{start[i]});
    }
    for (; next < jobs.size() && jobs[next].submit == now; ++next) policy.enqueue(queued(jobs, next));
    for (const auto id : pass(policy, now)) {
      const auto i = static_cast<std::size_t>(id);
      start[i] = now;
      ends.push({now + jobs[i].runtime, i});
    }
    after(now);
  }
  return start;
}

inline std::vector<double> start_times(QueuePolicy& policy, const std::vector<TestJob>& jobs) {
  return start_times(policy, jobs, [](double /*now*/) {});
}

/// Walltimes from 1 (0 for some, with `zeros`) to 20 s, runtimes up to 7 s shorter; two in five arrive with the one
/// before.
inline std::vector<TestJob> mixed_jobs(unsigned seed, int machine, int count, bool exact = false, bool zeros = false) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<TestJob> jobs;
  double t = 0;
  for (int i = 0; i < count; ++i) {
    t += std::max(0, below(5) - 1);
    const double walltime = zeros && below(15) == 0 ? 0 : 1 + below(20);
    const int size = below(4) == 0 ? 1 + below(machine) : 1 + below((machine + 2) / 3);
    jobs.push_back({t, exact ? walltime : std::max(0.0, walltime - below(8)), walltime, size});
  }
  return jobs;
}

}  // namespace gigasim::scheduling::test
