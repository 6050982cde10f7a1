#include "gigasim/scheduling/capped_queue.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <queue>
#include <random>

using namespace gigasim;
using scheduling::make_queue_policy;
using scheduling::QueuedJob;
using scheduling::QueuePolicy;
using units::Seconds;

namespace {

using Ids = std::vector<std::int64_t>;
using GroupShares = std::vector<double>;

struct GroupJob {
  double submit, runtime, walltime;
  std::int64_t size;
  std::int32_t group;
};

QueuedJob as_queued_of_group(std::size_t i, const GroupJob& job) {
  QueuedJob queued;
  queued.id = static_cast<std::int64_t>(i);
  queued.accelerators = job.size;
  queued.walltime = Seconds{job.walltime};
  queued.group = job.group;
  return queued;
}

std::unique_ptr<QueuePolicy> capped(const char* name, const GroupShares& shares, std::int64_t machine) {
  auto made = scheduling::make_capped_queue(shares, [name] { return make_queue_policy(name); });
  made->set_capacity(machine);
  return made;
}

/// Runs jobs (sorted by submit time) through a policy and looks at what each group holds after each event; `only`
/// leaves out the jobs of other groups.
std::vector<double> starts_by_group(QueuePolicy& policy, const std::vector<GroupJob>& jobs, int only = -1,
                                    std::map<std::int32_t, std::int64_t>* most = nullptr) {
  std::vector<double> start(jobs.size(), -1);
  std::map<std::int32_t, std::int64_t> held;
  using End = std::pair<double, std::size_t>;
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  std::size_t next = 0;
  while (next < jobs.size() || !ends.empty()) {
    double now = next < jobs.size() ? jobs[next].submit : 1e300;
    if (!ends.empty()) now = std::min(now, ends.top().first);
    for (; !ends.empty() && ends.top().first == now; ends.pop()) {
      const auto i = ends.top().second;
      policy.job_ended(as_queued_of_group(i, jobs[i]), Seconds{start[i]});
      held[jobs[i].group] -= jobs[i].size;
    }
    for (; next < jobs.size() && jobs[next].submit == now; ++next) {
      if (only < 0 || jobs[next].group == only) policy.enqueue(as_queued_of_group(next, jobs[next]));
    }
    Ids starts;
    policy.pass(Seconds{now}, starts);
    for (const auto id : starts) {
      const auto i = static_cast<std::size_t>(id);
      start[i] = now;
      ends.push({now + jobs[i].runtime, i});
      held[jobs[i].group] += jobs[i].size;
      if (most != nullptr) (*most)[jobs[i].group] = std::max((*most)[jobs[i].group], held[jobs[i].group]);
    }
  }
  return start;
}

std::vector<GroupJob> random_group_jobs(unsigned seed, int count, const std::vector<std::int64_t>& caps) {
  std::mt19937 random(seed);
  std::vector<GroupJob> jobs;
  double submit = 0;
  for (int i = 0; i < count; ++i) {
    submit += static_cast<double>(random() % 40);
    const auto group = static_cast<std::int32_t>(random() % caps.size());
    const auto size = 1 + static_cast<std::int64_t>(random()) % caps[static_cast<std::size_t>(group)];
    const double walltime = 1 + static_cast<double>(random() % 200);
    jobs.push_back({submit, static_cast<double>(random() % 200), walltime, size, group});
    jobs.back().runtime = std::min(jobs.back().runtime, walltime);
  }
  return jobs;
}

}  // namespace

TEST_CASE("hard caps of 50 % hold a group back while the other half is idle, as worked out by hand",
          "[scheduling][shares]") {
  // Ten accelerators, five for each group. E: 3 for 100 s at 0; 3 for 50 s at 1; 2 for 90 s at 3. N: 5 for 30 s at 2;
  // 1 for 10 s at 4.
  //
  //        0   2 3                32    42          93   100           150
  //   E    000000000000000000000000000000000000000000000 1111111111111          3 of 5
  //   E        22222222222222222222222222222222222222222                        2 of 5, backfilled: 3 + 90 <= 100
  //   N      33333333333333333333 444444                                        5, then 1 of 5
  //
  // First come, first served the fourth job waits with the second one, until 100.
  const std::vector<GroupJob> jobs{
      {0, 100, 100, 3, 0}, {1, 50, 50, 3, 0}, {2, 30, 30, 5, 1}, {3, 90, 90, 2, 0}, {4, 10, 10, 1, 1}};
  CHECK(starts_by_group(*capped("easy", {0.5, 0.5}, 10), jobs) == std::vector<double>{0, 100, 2, 3, 32});
  CHECK(starts_by_group(*capped("fcfs", {0.5, 0.5}, 10), jobs) == std::vector<double>{0, 100, 2, 100, 32});
  // Without caps the second job starts at once and the third waits for five: 6 are held until 51, then 3.
  const auto plain = make_queue_policy("fcfs");
  plain->set_capacity(10);
  CHECK(starts_by_group(*plain, jobs) == std::vector<double>{0, 1, 51, 51, 81});
}

TEST_CASE("a share that is no whole number of accelerators is rounded down", "[scheduling][shares]") {
  // A third of 10 is 3: two jobs of 2 do not fit beside each other.
  const std::vector<GroupJob> jobs{{0, 10, 10, 2, 0}, {0, 10, 10, 2, 0}, {0, 10, 10, 2, 1}};
  CHECK(starts_by_group(*capped("easy", {1.0 / 3, 2.0 / 3}, 10), jobs) == std::vector<double>{0, 10, 0});
}

TEST_CASE("caps grow with the machine", "[scheduling][shares]") {
  const auto queue = capped("easy", {0.5, 0.5}, 10);
  queue->enqueue(as_queued_of_group(0, {0, 100, 100, 5, 0}));
  queue->enqueue(as_queued_of_group(1, {0, 100, 100, 5, 0}));
  Ids starts;
  queue->pass(Seconds{0}, starts);
  CHECK(starts == Ids{0});
  queue->set_capacity(20);
  CHECK(queue->capacity() == 20);
  queue->pass(Seconds{1}, starts);
  CHECK(starts == Ids{0, 1});
}

TEST_CASE("a job that leaves makes room for its own group alone", "[scheduling][shares]") {
  const auto queue = capped("fcfs", {0.5, 0.5}, 10);
  const std::vector<GroupJob> jobs{{0, 9, 9, 3, 0}, {0, 9, 9, 4, 0}, {0, 9, 9, 2, 0}, {0, 9, 9, 4, 1}, {0, 9, 9, 2, 1}};
  for (std::size_t i = 0; i < jobs.size(); ++i) queue->enqueue(as_queued_of_group(i, jobs[i]));
  Ids starts;
  queue->pass(Seconds{0}, starts);
  CHECK(starts == Ids{0, 3});
  CHECK(queue->load() == Approx(15.0 / 10));
  queue->remove(1);
  queue->remove(1);  // it waits no more
  queue->remove(3);  // nor does this one
  queue->pass(Seconds{1}, starts);
  CHECK(starts == Ids{0, 3, 2});
  CHECK(queue->running() == Ids{0, 2, 3});
  CHECK(queue->load() == Approx(11.0 / 10));
  CHECK(queue->drain() == Ids{4});
  CHECK(queue->drain().empty());
}

TEST_CASE("jobs that are drained come in order of arrival, whatever their group", "[scheduling][shares]") {
  const auto queue = capped("easy", {0.5, 0.5}, 2);
  for (std::size_t i = 0; i < 6; ++i)
    queue->enqueue(as_queued_of_group(i, {0, 9, 9, 1, static_cast<std::int32_t>(i % 2)}));
  Ids starts;
  queue->pass(Seconds{0}, starts);
  CHECK(starts == Ids{0, 1});
  CHECK(queue->drain() == Ids{2, 3, 4, 5});
}

TEST_CASE("an estimate is that of the job's own group", "[scheduling][shares]") {
  const auto queue = capped("easy", {0.5, 0.5}, 10);
  queue->enqueue(as_queued_of_group(0, {0, 100, 100, 4, 0}));
  Ids starts;
  queue->pass(Seconds{0}, starts);
  CHECK(queue->estimate_start(as_queued_of_group(1, {0, 10, 10, 2, 0}), Seconds{5}) == Seconds{100});
  CHECK(queue->estimate_start(as_queued_of_group(1, {0, 10, 10, 1, 0}), Seconds{5}) == Seconds{5});
  CHECK(queue->estimate_start(as_queued_of_group(1, {0, 10, 10, 5, 1}), Seconds{5}) == Seconds{5});
}

TEST_CASE("on random workloads a capped queue is one machine for each group, and no cap is ever exceeded",
          "[scheduling][shares][property]") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    const GroupShares shares = seed % 2 == 0 ? GroupShares{0.5, 0.3, 0.2} : GroupShares{0.35, 0.65};
    const std::int64_t machine = 10 + static_cast<std::int64_t>(seed % 23);
    std::vector<std::int64_t> caps;
    for (const double share : shares)
      caps.push_back(static_cast<std::int64_t>(share * static_cast<double>(machine) + 1e-9));
    const auto jobs = random_group_jobs(seed, 60, caps);
    for (const char* name : {"fcfs", "easy"}) {
      std::map<std::int32_t, std::int64_t> most;
      const auto starts = starts_by_group(*capped(name, shares, machine), jobs, -1, &most);
      for (std::size_t g = 0; g < caps.size(); ++g) {
        INFO(name << ", seed " << seed << ", group " << g);
        const auto group = static_cast<std::int32_t>(g);
        CHECK(most[group] <= caps[g]);
        const auto alone = make_queue_policy(name);
        alone->set_capacity(caps[g]);
        const auto expected = starts_by_group(*alone, jobs, group);
        for (std::size_t i = 0; i < jobs.size(); ++i) {
          if (jobs[i].group != group) continue;
          CHECK(starts[i] == expected[i]);
          CHECK(starts[i] >= jobs[i].submit);  // everything starts in the end
        }
      }
    }
  }
}

TEST_CASE("a long queue of one group costs the others nothing", "[scheduling][shares]") {
  // The index nodes that a job of group 1 costs do not depend on how many of group 0 wait.
  const auto nodes_with = [](std::size_t waiting) {
    const auto queue = capped("easy", {0.5, 0.5}, 100);
    for (std::size_t i = 0; i < waiting; ++i) queue->enqueue(as_queued_of_group(i, {0, 1000, 1000, 30, 0}));
    Ids starts;
    queue->pass(Seconds{0}, starts);
    const auto before = queue->nodes_visited();
    for (std::size_t i = 0; i < 100; ++i) queue->enqueue(as_queued_of_group(waiting + i, {0, 1000, 1000, 30, 1}));
    queue->pass(Seconds{1}, starts);
    return queue->nodes_visited() - before;
  };
  CHECK(nodes_with(20'000) <= nodes_with(100) + 64);
}

TEST_CASE("under hard caps a waiting job is estimated by the work of its own group", "[scheduling][caps]") {
  // Half of 20 for each group. Group 1: all taken until 100; A (10 for 50 s), B (4 for 30 s) wait. At 40 A expects 100,
  // B 40 + (10 x 60 + 10 x 50) / 10 = 150, whatever waits in group 0.
  const auto policy = capped("easy", {0.5, 0.5}, 20);
  const std::vector<GroupJob> jobs{
      {0, 100, 100, 10, 1}, {0, 900, 900, 10, 0}, {0, 900, 900, 10, 0}, {0, 50, 50, 10, 1}, {0, 30, 30, 4, 1}};
  std::vector<std::int64_t> starts;
  for (std::size_t i = 0; i < jobs.size(); ++i) policy->enqueue(as_queued_of_group(i, jobs[i]));
  policy->pass(Seconds{0}, starts);
  CHECK(policy->estimate_waiting(3, Seconds{40}) == Seconds{100});
  CHECK(policy->estimate_waiting(4, Seconds{40}) == Seconds{150});
  CHECK(policy->estimate_waiting(0, Seconds{40}) == std::nullopt);  // it runs
}
