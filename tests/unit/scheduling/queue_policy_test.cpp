#include "gigasim/scheduling/queue_policy.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <queue>
#include <random>
#include <stdexcept>

#include "schedules.hpp"

using namespace gigasim;
using namespace gigasim::scheduling::test;
using scheduling::make_queue_policy;
using scheduling::QueuedJob;
using units::Seconds;

namespace {

/// EASY as it is defined, with plain lists and scans: the independent check of the indexed one.
class PlainEasy final : public scheduling::QueuePolicy {
 public:
  void set_capacity(std::int64_t n) override { capacity_ = free_ = n; }
  void enqueue(const QueuedJob& job) override { queue_.push_back(job); }
  void remove(std::int64_t) override {}
  void job_ended(const QueuedJob& job, Seconds) override {
    free_ += job.accelerators;
    running_.erase(job.id);
  }
  void pass(Seconds now, Ids& starts) override {
    while (!queue_.empty() && queue_[0].accelerators <= free_) start(0, now, starts);
    if (queue_.empty()) return;
    std::vector<std::pair<double, std::int64_t>> ends;
    for (const auto& [id, end] : running_) ends.push_back(end);
    std::sort(ends.begin(), ends.end());
    std::int64_t available = free_;
    double shadow = 0;
    for (const auto& [end, size] : ends) {
      if (available >= queue_[0].accelerators && end > shadow) break;
      available += size;
      shadow = end;
    }
    std::int64_t extra = available - queue_[0].accelerators;
    for (std::size_t i = 1; i < queue_.size();) {
      const QueuedJob job = queue_[i];
      const bool ends_before = now.in_base_units() + job.walltime.in_base_units() <= shadow;
      if (job.accelerators > free_ || (!ends_before && job.accelerators > extra)) {
        ++i;
        continue;
      }
      if (!ends_before) extra -= job.accelerators;
      start(i, now, starts);
    }
  }
  Ids drain() override { return {}; }
  Ids running() const override { return {}; }
  Seconds estimate_start(const QueuedJob&, Seconds now) const override { return now; }
  double load() const override { return 0; }
  std::int64_t capacity() const override { return capacity_; }
  std::uint64_t nodes_visited() const override { return 0; }

 private:
  void start(std::size_t i, Seconds now, Ids& starts) {
    const QueuedJob job = queue_[i];
    queue_.erase(queue_.begin() + static_cast<long>(i));
    free_ -= job.accelerators;
    running_[job.id] = {(now + job.walltime).in_base_units(), job.accelerators};
    starts.push_back(job.id);
  }
  std::int64_t capacity_ = 0, free_ = 0;
  std::vector<QueuedJob> queue_;
  std::map<std::int64_t, std::pair<double, std::int64_t>> running_;
};

std::vector<TestJob> random_jobs(unsigned seed, int machine, int count) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<TestJob> jobs;
  double t = 0;
  for (int i = 0; i < count; ++i) {
    t += below(4);
    const double walltime = 1 + below(20);
    jobs.push_back({t, std::max(0.0, walltime - below(8)), walltime, 1 + below(machine)});
  }
  return jobs;
}

}  // namespace

TEST_CASE("fcfs never lets a small job overtake a wide one", "[scheduling][fcfs]") {
  const auto policy = make_queue_policy("fcfs");
  policy->set_capacity(4);
  policy->enqueue({1, 8, Seconds{60}});
  policy->enqueue({2, 1, Seconds{60}});
  CHECK(pass(*policy, 0).empty());
}

TEST_CASE("easy backfills what ends before the head's reservation, and what stays spare after it",
          "[scheduling][easy]") {
  const auto policy = make_queue_policy("easy");
  policy->set_capacity(10);
  policy->enqueue({1, 6, Seconds{100}});  // runs until 100
  policy->enqueue({2, 8, Seconds{100}});  // the blocked head: reserved at 100, when 10 are free and 2 stay spare
  policy->enqueue({3, 3, Seconds{101}});  // fits now, but ends after 100 and needs more than the 2 spare
  policy->enqueue({4, 3, Seconds{100}});  // ends at 100 exactly: starts
  policy->enqueue({5, 1, Seconds{500}});  // spare: starts, one spare is left
  policy->enqueue({6, 1, Seconds{500}});  // no accelerator is free any more: 6 + 3 + 1 = 10
  CHECK(pass(*policy, 0) == Ids{1, 4, 5});
  policy->job_ended({1, 6, Seconds{100}}, Seconds{0});
  // Free 6: the head needs 8. At 100 job 4 ends and 9 are free: 1 spare. Job 3 is too long, job 6 takes the spare one.
  CHECK(pass(*policy, 50) == Ids{6});
}

TEST_CASE("a full machine of one size class runs in order of arrival under both policies", "[scheduling]") {
  // Ten jobs of 4 on 8, 10 s each, all at 0: pairs start at 0, 10, 20, 30, 40.
  const std::vector<TestJob> jobs(10, TestJob{0, 10, 10, 4});
  for (const auto* name : {"fcfs", "easy"}) {
    const auto policy = make_queue_policy(name);
    policy->set_capacity(8);
    CHECK(start_times(*policy, jobs) == std::vector<double>{0, 0, 10, 10, 20, 20, 30, 30, 40, 40});
  }
}

TEST_CASE("easy equals the plain definition on random workloads", "[scheduling][easy][property]") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    const int machine = 4 + static_cast<int>(seed % 13);
    const auto jobs = random_jobs(seed, machine, 120);
    const auto policy = make_queue_policy("easy");
    policy->set_capacity(machine);
    PlainEasy plain;
    plain.set_capacity(machine);
    REQUIRE(start_times(*policy, jobs) == start_times(plain, jobs));
  }
}

TEST_CASE("no policy runs more than the machine has, or starts a job before it is submitted",
          "[scheduling][property]") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    for (const auto* name : {"fcfs", "easy"}) {
      const int machine = 3 + static_cast<int>(seed % 9);
      const auto jobs = random_jobs(1000 + seed, machine, 80);
      const auto policy = make_queue_policy(name);
      policy->set_capacity(machine);
      const auto start = start_times(*policy, jobs);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        REQUIRE(start[i] >= jobs[i].submit);
        int busy = 0;  // just after job i has started
        for (std::size_t j = 0; j < jobs.size(); ++j) {
          if (start[j] <= start[i] && start[i] < start[j] + jobs[j].runtime) busy += jobs[j].size;
        }
        REQUIRE(busy <= machine);
      }
    }
  }
}

TEST_CASE("an estimate of the start is now on an idle machine and the release time without a queue", "[scheduling]") {
  const auto policy = make_queue_policy("easy");
  policy->set_capacity(10);
  CHECK(policy->estimate_start({1, 10, Seconds{50}}, Seconds{5}) == Seconds{5});
  policy->enqueue({1, 6, Seconds{100}});
  REQUIRE(pass(*policy, 0) == Ids{1});
  CHECK(policy->estimate_start({2, 4, Seconds{50}}, Seconds{0}) == Seconds{0});
  CHECK(policy->estimate_start({2, 5, Seconds{50}}, Seconds{0}) == Seconds{100});
  policy->enqueue({2, 10, Seconds{100}});
  REQUIRE(pass(*policy, 0).empty());
  // Behind the queue: 6 x 100 + 10 x 100 accelerator-seconds ahead on 10 accelerators take 160 s.
  CHECK(policy->estimate_start({3, 10, Seconds{50}}, Seconds{0}) == Seconds{160});
  // A short narrow job is backfilled at once.
  CHECK(policy->estimate_start({3, 4, Seconds{100}}, Seconds{0}) == Seconds{0});
}

TEST_CASE("draining returns the waiting jobs in queue order and leaves the running ones", "[scheduling]") {
  const auto policy = make_queue_policy("easy");
  policy->set_capacity(4);
  for (int id = 1; id <= 4; ++id) policy->enqueue({id, 4, Seconds{10}});
  REQUIRE(pass(*policy, 0) == Ids{1});
  CHECK(policy->drain() == Ids{2, 3, 4});
  CHECK(policy->load() == 1.0);
  CHECK(policy->running() == Ids{1});
  policy->job_ended({1, 4, Seconds{10}}, Seconds{0});
  CHECK(policy->load() == 0.0);
}

TEST_CASE("a job that is removed waits no more, and the others go on in order", "[scheduling]") {
  for (const auto* name : {"fcfs", "easy"}) {
    const auto policy = make_queue_policy(name);
    policy->set_capacity(4);
    for (int id = 1; id <= 200; ++id) policy->enqueue({id, 4, Seconds{10}});  // more than fit in the index at first
    REQUIRE(pass(*policy, 0) == Ids{1});
    policy->remove(2);
    policy->remove(4);
    policy->remove(1);               // runs: nothing to take out
    policy->remove(999);             // never was there
    CHECK(policy->load() == 198.0);  // 1 runs and 197 wait, each of them on the whole machine
    policy->job_ended({1, 4, Seconds{10}}, Seconds{0});
    CHECK(pass(*policy, 10) == Ids{3});
    policy->enqueue({201, 4, Seconds{10}});
    policy->remove(201);
    policy->job_ended({3, 4, Seconds{10}}, Seconds{10});
    CHECK(pass(*policy, 20) == Ids{5});
    const Ids left = policy->drain();
    CHECK(left.size() == 195);
    CHECK(left.front() == 6);
    CHECK(left.back() == 200);
  }
}

TEST_CASE("a pass over a long blocked queue looks at a few index nodes, not at the queue", "[scheduling][complexity]") {
  const auto policy = make_queue_policy("easy");
  policy->set_capacity(100);
  policy->enqueue({0, 99, Seconds{1000}});
  pass(*policy, 0);
  const std::int64_t queued = 100'000;
  for (std::int64_t id = 1; id <= queued; ++id) policy->enqueue({id, 50 + id % 50, Seconds{2000}});
  const auto before = policy->nodes_visited();
  for (int i = 0; i < 1000; ++i) CHECK(pass(*policy, 1 + i).empty());
  // One accelerator is free and no queued job needs so few: the root answers each search.
  CHECK(policy->nodes_visited() - before <= 1000 * 2);
  // One candidate at the very end: found along one path of the tree, 17 levels for 100,000 jobs.
  policy->enqueue({queued + 1, 1, Seconds{10}});
  const auto before_search = policy->nodes_visited();
  CHECK(pass(*policy, 1500 - 600) == Ids{queued + 1});
  CHECK(policy->nodes_visited() - before_search <= 2 * 2 * 18);
}

TEST_CASE("an unknown queue policy is refused by name", "[scheduling]") {
  CHECK_THROWS_AS(make_queue_policy("sjf"), std::invalid_argument);
  for (const auto& name : scheduling::queue_policy_names()) CHECK(make_queue_policy(name) != nullptr);
}

TEST_CASE("a job that waits is estimated by the work of those ahead of it alone", "[scheduling]") {
  // 10 accelerators, all taken until 100. Waiting: A (10 for 50 s), B (4 for 30 s), C (6 for 20 s). At 40:
  // A, the head: when the running job's request ends, at 100. B: 10 x 60 + 10 x 50 = 1100 / 10 = 110 s later, at 150.
  // C: 4 x 30 = 120 more: 122 s later, at 162. One that joined now would be behind C's 120 too: at 174.
  for (const char* name : {"fcfs", "easy"}) {
    const auto policy = make_queue_policy(name);
    policy->set_capacity(10);
    policy->enqueue({1, 10, Seconds{100}});
    std::vector<std::int64_t> starts;
    policy->pass(Seconds{0}, starts);
    policy->enqueue({2, 10, Seconds{50}});
    policy->enqueue({3, 4, Seconds{30}});
    policy->enqueue({4, 6, Seconds{20}});
    CHECK(policy->estimate_waiting(2, Seconds{40}) == Seconds{100});
    CHECK(policy->estimate_waiting(3, Seconds{40}) == Seconds{150});
    CHECK(policy->estimate_waiting(4, Seconds{40}) == Seconds{162});
    CHECK(policy->estimate_start({5, 10, Seconds{1}}, Seconds{40}) == Seconds{174});
    CHECK(policy->estimate_waiting(1, Seconds{40}) == std::nullopt);  // it runs
    CHECK(policy->estimate_waiting(9, Seconds{40}) == std::nullopt);
  }
}
