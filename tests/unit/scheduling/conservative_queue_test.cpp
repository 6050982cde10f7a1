#include "conservative_queue.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <queue>
#include <random>

#include "capacity_plan.hpp"
#include "plain_policy.hpp"

using namespace gigasim;
using namespace gigasim::scheduling::test;
using scheduling::GuaranteedQueue;
using scheduling::make_queue_policy;
using units::Seconds;

namespace {

std::vector<double> planned_schedule(const char* name, int machine, const std::vector<TestJob>& jobs,
                                     const scheduling::BackfillLimits& backfill = {}) {
  const auto policy = make_queue_policy(name, {{}, {}, backfill});
  policy->set_capacity(machine);
  return start_times(*policy, jobs);
}

/// Asks for an estimate of each job that joins.
class Telling final : public scheduling::QueuePolicy {
 public:
  explicit Telling(std::unique_ptr<scheduling::QueuePolicy> policy) : policy_(std::move(policy)) {}
  void set_capacity(std::int64_t n) override { policy_->set_capacity(n); }
  void enqueue(const scheduling::QueuedJob& job) override {
    told.push_back(policy_->estimate_start(job, job.submit).in_base_units());
    policy_->enqueue(job);
  }
  void remove(std::int64_t id) override { policy_->remove(id); }
  void job_ended(const scheduling::QueuedJob& job, Seconds started) override { policy_->job_ended(job, started); }
  void pass(Seconds now, Ids& starts) override { policy_->pass(now, starts); }
  Ids drain() override { return policy_->drain(); }
  Ids running() const override { return policy_->running(); }
  Seconds estimate_start(const scheduling::QueuedJob& job, Seconds now) const override {
    return policy_->estimate_start(job, now);
  }
  double load() const override { return policy_->load(); }
  std::int64_t capacity() const override { return policy_->capacity(); }
  std::optional<Seconds> next_pass(Seconds now) const override { return policy_->next_pass(now); }
  std::uint64_t nodes_visited() const override { return policy_->nodes_visited(); }

  std::vector<double> told;

 private:
  std::unique_ptr<scheduling::QueuePolicy> policy_;
};

}  // namespace

TEST_CASE("conservative backfilling delays nobody in the queue, where easy minds the head only",
          "[scheduling][conservative]") {
  // 10 accelerators. A: 6 for 10 s at 0. B: 8 for 10 s at 1. C: 9 for 5 s at 2. D: 2 for 30 s at 3.
  // easy: B is reserved at 10, 2 stay spare: D starts at 3 and runs on to 33, so that C must wait for it.
  //   10 |      BBBBBBBBBB             C
  //    8 |AAA.DDDDDDDDDDDDDDDDDDDDDDDDD|CCCCC        A:0 B:10 C:33 D:3
  // conservative: C has [20, 25), in which D does not fit: D comes after it.
  const std::vector<TestJob> jobs{{0, 10, 10, 6}, {1, 10, 10, 8}, {2, 5, 5, 9}, {3, 30, 30, 2}};
  CHECK(planned_schedule("easy", 10, jobs) == std::vector<double>{0, 10, 33, 3});
  CHECK(planned_schedule("conservative", 10, jobs) == std::vector<double>{0, 10, 20, 25});
  CHECK(planned_schedule("conservative-compress", 10, jobs) == std::vector<double>{0, 10, 20, 25});
}

TEST_CASE("when a job ends early, planning anew may delay a place, and compressing does not",
          "[scheduling][conservative]") {
  // 2 accelerators. R1: 1 until 10. R2: 1 until 4. J1: both for 10 s, placed at 10. J2: 1 for 6 s, placed at 4, before
  // J1. R1 ends at 3 already.
  //   anew: J1 goes first, to 4, and there is no room for J2 before 14.      R2:0-4  J1:4-14  J2:14-
  //   compressed, by promise: J2 (4) moves to 3, then J1 (10) to 9.          R2:0-4  J2:3-9   J1:9-
  const std::vector<TestJob> jobs{{0, 3, 10, 1}, {0, 4, 4, 1}, {1, 10, 10, 2}, {2, 6, 6, 1}};
  CHECK(planned_schedule("conservative", 2, jobs) == std::vector<double>{0, 0, 4, 14});
  CHECK(planned_schedule("conservative-compress", 2, jobs) == std::vector<double>{0, 0, 9, 3});
}

TEST_CASE("when all run to their walltimes both kinds start every job when it was told on arrival",
          "[scheduling][conservative][property]") {
  for (const auto* name : {"conservative", "conservative-compress"}) {
    for (unsigned seed = 0; seed < 200; ++seed) {
      const int machine = 3 + static_cast<int>(seed % 11);
      auto jobs = mixed_jobs(seed, machine, 50, true);
      for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].submit = 1.5 * static_cast<double>(i);  // one by one
      Telling policy(make_queue_policy(name));
      policy.set_capacity(machine);
      INFO(name << ", seed " << seed);
      REQUIRE(start_times(policy, jobs) == policy.told);
    }
  }
}

TEST_CASE("a promise is never broken and never put off", "[scheduling][conservative][property]") {
  for (const std::int64_t depth : {INT64_MAX, std::int64_t{5}}) {
    for (unsigned seed = 0; seed < 250; ++seed) {
      const int machine = 3 + static_cast<int>(seed % 11);
      const auto jobs = mixed_jobs(7000 + seed, machine, 60, false, true);
      GuaranteedQueue policy({}, {depth, Seconds{std::numeric_limits<double>::infinity()}});
      policy.set_capacity(machine);
      std::map<std::size_t, double> promised;
      const auto start = start_times(policy, jobs, [&](double now) {
        for (std::size_t i = 0; i < jobs.size(); ++i) {
          const auto promise = policy.guarantee(static_cast<std::int64_t>(i));
          if (!promise) continue;
          REQUIRE(*promise >= Seconds{now});
          if (promised.contains(i)) REQUIRE(promise->in_base_units() <= promised[i]);
          promised[i] = promise->in_base_units();
        }
      });
      for (const auto& [i, latest] : promised) REQUIRE(start[i] <= latest);
    }
  }
}

TEST_CASE("with a depth only so many jobs have a place, and with a window only early ones",
          "[scheduling][conservative]") {
  // 10 accelerators. A: 6 for 10 s. B: 8 for 10 s, C: 9 for 5 s, D: 2 for 30 s, as above. A depth of 1 plans for B
  // alone, and D is not tried. A depth of 3 tries all three. Under a window of 12 s C, at 20, has no place at 3, when D
  // comes: D starts at 3 as under easy, and C at 33.
  const std::vector<TestJob> jobs{{0, 10, 10, 6}, {1, 10, 10, 8}, {2, 5, 5, 9}, {3, 30, 30, 2}};
  const Seconds any{std::numeric_limits<double>::infinity()};
  CHECK(planned_schedule("conservative", 10, jobs, {1, any}) == std::vector<double>{0, 10, 20, 25});
  CHECK(planned_schedule("conservative", 10, jobs, {3, any}) == std::vector<double>{0, 10, 20, 25});
  CHECK(planned_schedule("conservative", 10, jobs, {INT64_MAX, Seconds{12}}) == std::vector<double>{0, 10, 33, 3});
  // A fourth job E, 2 for 7 s at 4: it fits before 10 beside A only if somebody tries it: 4 + 7 = 11, beside B too (8 +
  // 2).
  const std::vector<TestJob> more{{0, 10, 10, 6}, {1, 10, 10, 8}, {2, 5, 5, 9}, {3, 30, 30, 2}, {4, 7, 7, 2}};
  CHECK(planned_schedule("conservative", 10, more)[4] == 4);
  CHECK(planned_schedule("conservative", 10, more, {3, any})[4] > 4);
}

namespace {

/// Conservative backfilling as it is defined: every waiting job is placed at each pass, and who is placed at this
/// instant starts. Counts the nodes of its plan.
class PlacesAll final : public scheduling::QueuePolicy {
 public:
  explicit PlacesAll(const std::vector<scheduling::Reservation>& reservations, std::int64_t depth = INT64_MAX)
      : plan_(reservations), depth_(depth) {}
  void set_capacity(std::int64_t n) override { plan_.set_capacity(n); }
  void enqueue(const scheduling::QueuedJob& job) override { queue_.push_back(job); }
  void remove(std::int64_t) override {}
  void job_ended(const scheduling::QueuedJob& job, Seconds started) override {
    plan_.give_back(job, {started, pool_.at(job.id)});
  }
  void pass(Seconds now, Ids& starts) override {
    plan_.advance(now);
    std::vector<std::pair<scheduling::QueuedJob, scheduling::CapacityPlan::Place>> kept;
    std::vector<scheduling::QueuedJob> waiting;
    std::int64_t tried = 0;
    for (const auto& job : queue_) {
      const auto place = tried < depth_ ? plan_.earliest(job, now) : std::nullopt;
      if (place) plan_.take(job, *place);
      if (place && place->start == now) {
        pool_[job.id] = place->pool;
        starts.push_back(job.id);
        continue;
      }
      ++tried;
      if (place) kept.emplace_back(job, *place);
      waiting.push_back(job);
    }
    for (const auto& [job, place] : kept) plan_.give_back(job, place);
    queue_ = waiting;
  }
  Ids drain() override { return {}; }
  Ids running() const override { return {}; }
  Seconds estimate_start(const scheduling::QueuedJob&, Seconds now) const override { return now; }
  double load() const override { return 0; }
  std::int64_t capacity() const override { return plan_.capacity(); }
  std::optional<Seconds> next_pass(Seconds now) const override { return plan_.next_turn(now); }
  std::uint64_t nodes_visited() const override { return plan_.nodes_visited(); }

 private:
  scheduling::CapacityPlan plan_;
  std::int64_t depth_;  // so many that do not start are tried
  std::vector<scheduling::QueuedJob> queue_;
  std::map<std::int64_t, std::size_t> pool_;
};

/// Starts of the first 40 ends on a machine in front of which 4,000 jobs wait. Requests are as users make them: from
/// minutes to days, and ten times the runtime in the mean; sizes are powers of two, small ones most.
std::vector<std::pair<std::int64_t, double>> starts_behind_4000(scheduling::QueuePolicy& policy, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<TestJob> jobs;
  for (int i = 0; i < 4000; ++i) {
    const double walltime = 60.0 * (1 << below(12)) + below(60);
    const int size = 1 << std::min(below(9), below(9));
    jobs.push_back({0, walltime * (1 + below(18)) / 18.0, walltime, size});
  }
  policy.set_capacity(512);
  std::vector<std::pair<std::int64_t, double>> starts;
  std::vector<double> started(jobs.size());
  std::priority_queue<std::pair<double, std::size_t>, std::vector<std::pair<double, std::size_t>>, std::greater<>> ends;
  const auto let_start = [&](double now) {
    for (const auto id : scheduling::test::pass(policy, now)) {
      const auto i = static_cast<std::size_t>(id);
      starts.emplace_back(id, now);
      started[i] = now;
      ends.emplace(now + jobs[i].runtime, i);
    }
  };
  for (std::size_t i = 0; i < jobs.size(); ++i) policy.enqueue(queued(jobs, i));
  let_start(0);
  for (int end = 0; end < 40; ++end) {
    const auto [now, i] = ends.top();
    ends.pop();
    policy.job_ended(queued(jobs, i), Seconds{started[i]});
    let_start(now);
  }
  return starts;
}

}  // namespace

TEST_CASE("conservative ends a pass early and starts the same jobs as a pass that places all of them",
          "[scheduling][conservative][property]") {
  // Maintenance of 3 for 5 s every 40 s, and 2 for 20 s every 50 s that every third job may use.
  const std::vector<scheduling::Reservation> windows{{3, 0.0, Seconds{7}, Seconds{5}, Seconds{40}, true},
                                                     {2, 0.0, Seconds{11}, Seconds{20}, Seconds{50}, false}};
  const Seconds any{std::numeric_limits<double>::infinity()};
  for (unsigned seed = 0; seed < 300; ++seed) {
    const int machine = 6 + static_cast<int>(seed % 11);
    auto jobs = mixed_jobs(90'000 + seed, machine - 5, 80, false);
    const bool reserved = seed % 2 == 1;
    const std::int64_t depth = seed % 3 == 2 ? 4 : INT64_MAX;
    for (std::size_t i = 0; reserved && i < jobs.size(); i += 3) jobs[i].reservation = 1;
    const auto used = reserved ? windows : std::vector<scheduling::Reservation>{};
    const auto early = make_queue_policy("conservative", {{}, used, {depth, any}});
    PlacesAll all(used, depth);
    early->set_capacity(machine);
    all.set_capacity(machine);
    INFO("seed " << seed);
    REQUIRE(start_times(*early, jobs) == start_times(all, jobs));
  }
}

TEST_CASE(
    "with 4,000 jobs waiting conservative looks at a quarter of the nodes of a pass that places all of them, for "
    "the same starts",
    "[scheduling][conservative][complexity]") {
  for (const unsigned seed : {1U, 2U}) {
    const auto early = make_queue_policy("conservative");
    PlacesAll all({});
    CHECK(starts_behind_4000(*early, seed) == starts_behind_4000(all, seed));
    INFO("seed " << seed << ": " << early->nodes_visited() << " nodes of " << all.nodes_visited());
    CHECK(4 * early->nodes_visited() < all.nodes_visited());
  }
}

TEST_CASE("with a depth the cost of a pass does not grow with the queue", "[scheduling][complexity]") {
  for (const auto* name : {"conservative", "conservative-compress"}) {
    std::vector<std::uint64_t> cost;
    for (const std::int64_t queue : {1'000, 50'000}) {
      const auto policy = make_queue_policy(name, {{}, {}, {100, Seconds{std::numeric_limits<double>::infinity()}}});
      policy->set_capacity(100);
      policy->enqueue({0, 40, Seconds{1e6}});
      pass(*policy, 0);
      for (std::int64_t id = 1; id <= queue; ++id) policy->enqueue({id, 61 + id % 39, Seconds{2000}});
      pass(*policy, 1);
      const auto before = policy->nodes_visited();
      for (int i = 0; i < 100; ++i) {
        policy->enqueue({queue + 1 + i, 61, Seconds{10}});
        policy->remove(1 + i);  // of the first 100: time is freed, and all that have a place are looked at
        pass(*policy, 2 + i);
      }
      cost.push_back(policy->nodes_visited() - before);
    }
    // 50 times the queue: the index over it is 6 levels deeper, no more.
    CHECK(cost[0] > 0);
    CHECK(cost[1] < 2 * cost[0]);
  }
}
