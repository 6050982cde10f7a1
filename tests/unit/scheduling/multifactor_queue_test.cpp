#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <queue>
#include <random>

#include "gigasim/scheduling/priority.hpp"
#include "priority_order.hpp"

using namespace gigasim;
using scheduling::PriorityOrder;
using scheduling::PriorityRules;
using scheduling::QueuedJob;
using scheduling::QueueOptions;
using units::Seconds;

namespace {

QueuedJob job_of(std::int64_t id, std::int64_t accelerators, double submit, double walltime = 100,
                 std::int32_t account = -1, std::int32_t kind = 0) {
  QueuedJob job;
  job.id = id;
  job.accelerators = accelerators;
  job.walltime = Seconds{walltime};
  job.submit = Seconds{submit};
  job.account = account;
  job.kind = kind;
  return job;
}

std::vector<std::int64_t> walked(PriorityOrder& order, Seconds now) {
  std::vector<std::int64_t> ids;
  PriorityOrder::Walk walk(order, now);
  while (const QueuedJob* job = walk.next()) ids.push_back(job->id);
  return ids;
}

/// Runs jobs to their walltimes and returns the start of each.
std::vector<double> run(scheduling::QueuePolicy& policy, std::int64_t capacity, const std::vector<QueuedJob>& jobs) {
  using End = std::pair<double, std::size_t>;
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  std::vector<double> starts(jobs.size(), -1);
  std::vector<std::int64_t> now_starting;
  policy.set_capacity(capacity);
  std::int64_t held = 0;
  for (std::size_t next = 0; next < jobs.size() || !ends.empty();) {
    double now = 1e300;
    if (!ends.empty()) now = ends.top().first;
    if (next < jobs.size()) now = std::min(now, jobs[next].submit.in_base_units());
    while (!ends.empty() && ends.top().first <= now) {
      const QueuedJob& job = jobs[ends.top().second];
      policy.job_ended(job, Seconds{starts[ends.top().second]});
      held -= job.accelerators;
      ends.pop();
    }
    while (next < jobs.size() && jobs[next].submit.in_base_units() <= now) policy.enqueue(jobs[next++]);
    now_starting.clear();
    policy.pass(Seconds{now}, now_starting);
    for (const std::int64_t id : now_starting) {
      const auto index = static_cast<std::size_t>(id);
      CHECK(starts[index] == -1);
      starts[index] = now;
      held += jobs[index].accelerators;
      ends.push({now + jobs[index].walltime.in_base_units(), index});
    }
    REQUIRE(held <= capacity);
  }
  return starts;
}

std::vector<QueuedJob> random_jobs(std::mt19937& random, int count, std::int64_t capacity) {
  std::vector<QueuedJob> jobs;
  double submit = 0;
  for (int i = 0; i < count; ++i) {
    submit += static_cast<double>(random() % 60);
    jobs.push_back(job_of(i, 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(capacity)), submit,
                          1 + static_cast<double>(random() % 200), static_cast<std::int32_t>(random() % 4)));
  }
  return jobs;
}

/// Conservative backfilling by brute force, for jobs that run to their requests: each is given the first gap at its
/// arrival.
std::vector<double> places(const std::vector<QueuedJob>& jobs, std::int64_t capacity) {
  std::vector<double> starts;
  const auto free_at = [&](double time) {
    std::int64_t free = capacity;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (starts[i] <= time && time < starts[i] + jobs[i].walltime.in_base_units()) free -= jobs[i].accelerators;
    }
    return free;
  };
  for (const QueuedJob& job : jobs) {
    std::vector<double> changes{job.submit.in_base_units()};
    for (std::size_t i = 0; i < starts.size(); ++i) {
      changes.push_back(starts[i]);
      changes.push_back(starts[i] + jobs[i].walltime.in_base_units());
    }
    std::sort(changes.begin(), changes.end());
    for (const double from : changes) {
      if (from < job.submit.in_base_units()) continue;
      const double to = from + job.walltime.in_base_units();
      bool fits = free_at(from) >= job.accelerators;
      for (const double t : changes) fits = fits && (t < from || t >= to || free_at(t) >= job.accelerators);
      if (!fits) continue;
      starts.push_back(from);
      break;
    }
  }
  return starts;
}

}  // namespace

// At 5000, of an age limit of 10000, on 100 accelerators, nobody having used anything:
//   1000 * 0.5 (age) + 100 * 25/100 (size) + 160 (standing of its kind: 200 * 0.8) + 50 * 1 (fair share) = 735
TEST_CASE("a priority is the sum of its weighted factors", "[scheduling][multifactor]") {
  PriorityRules rules;
  rules.age = 1000;
  rules.size = 100;
  rules.fair_share = 50;
  rules.age_limit = Seconds{10000};
  rules.standing = {160, 0};
  PriorityOrder order{rules};
  order.set_capacity(100);
  const QueuedJob job = job_of(1, 25, 0, 100, 3, 0);
  CHECK(order.priority_of(job, Seconds{5000}) == Approx(735));
  CHECK(order.priority_of(job, Seconds{10000}) == Approx(1235));
  CHECK(order.priority_of(job, Seconds{90000}) == Approx(1235));  // it gets no older
  CHECK(order.priority_of(job_of(2, 25, 0, 100, 3, 1), Seconds{5000}) == Approx(575));
  // Its account has used everything and has the only share: 2^-1.
  order.insert(job);
  order.charge(job, 1, Seconds{0});
  CHECK(order.priority_of(job, Seconds{5000}) == Approx(710));
  rules.favour_small = true;
  PriorityOrder small_first{rules};
  small_first.set_capacity(100);
  CHECK(small_first.priority_of(job, Seconds{5000}) == Approx(785));  // 75 for the size in place of 25
}

// Weights, sizes and times are binary fractions: sums are exact, and so are ties.
TEST_CASE("a walk goes by priority at its time, then by submission and id", "[scheduling][multifactor][property]") {
  std::mt19937 random(8);
  for (int round = 0; round < 50; ++round) {
    PriorityRules rules;
    rules.age = static_cast<double>(random() % 3) * 64;
    rules.size = static_cast<double>(random() % 2) * 8;
    rules.fair_share = static_cast<double>(random() % 2) * 128;
    rules.age_limit = Seconds{1024};
    rules.standing = {0, 4, 16};
    PriorityOrder order{rules};
    order.set_capacity(256);
    std::map<std::int64_t, QueuedJob> waiting;
    double now = 0;
    for (int i = 0; i < 60; ++i) {
      now += static_cast<double>(random() % 64);
      const QueuedJob job = job_of(i, 1 + static_cast<std::int64_t>(random() % 64), now, 100,
                                   static_cast<std::int32_t>(random() % 5), static_cast<std::int32_t>(random() % 3));
      order.insert(job);
      waiting[i] = job;
      if (random() % 3 == 0) {
        const std::int64_t gone = waiting.begin()->first;
        order.charge(*order.erase(gone), 1, Seconds{now});
        waiting.erase(gone);
      }
      if (random() % 20 == 0) order.set_capacity(random() % 2 == 0 ? 128 : 256);
    }
    std::vector<std::int64_t> expected;
    for (const auto& [id, job] : waiting) expected.push_back(id);
    std::stable_sort(expected.begin(), expected.end(), [&](std::int64_t a, std::int64_t b) {
      const double of_a = order.priority_of(waiting[a], Seconds{now});
      const double of_b = order.priority_of(waiting[b], Seconds{now});
      return of_a != of_b ? of_a > of_b : waiting[a].submit < waiting[b].submit;
    });
    CHECK(walked(order, Seconds{now}) == expected);
  }
}

TEST_CASE("with equal priorities and no backfilling multifactor is fcfs", "[scheduling][multifactor][property]") {
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    const auto jobs = random_jobs(random, 30, 8);
    const auto by_priority = scheduling::make_multifactor_queue({}, QueueOptions{{}, {}, {1, Seconds{1e9}}});
    const auto fcfs = scheduling::make_queue_policy("fcfs");
    CHECK(run(*by_priority, 8, jobs) == run(*fcfs, 8, jobs));
  }
}

TEST_CASE(
    "with equal priorities every job has a place from its arrival on, and keeps it when jobs run to their requests",
    "[scheduling][multifactor][property]") {
  std::mt19937 random(3);
  for (int round = 0; round < 100; ++round) {
    const auto jobs = random_jobs(random, 25, 8);
    const auto policy = scheduling::make_multifactor_queue({}, QueueOptions{{}, {}, {1000, Seconds{1e9}}});
    CHECK(run(*policy, 8, jobs) == places(jobs, 8));  // so that nobody starves
  }
}

TEST_CASE("all start in the end whatever the weights, and never more than there is room for",
          "[scheduling][multifactor][property]") {
  std::mt19937 random(5);
  for (int round = 0; round < 100; ++round) {
    PriorityRules rules;
    rules.age = rules.fair_share = 1.0;
    rules.size = static_cast<double>(random() % 3);
    rules.favour_small = random() % 2 == 0;
    rules.age_limit = Seconds{500};
    rules.half_life = Seconds{300};
    const auto jobs = random_jobs(random, 40, 8);
    const auto policy = scheduling::make_multifactor_queue(
        rules,
        QueueOptions{
            {}, {}, {static_cast<std::int64_t>(1 + random() % 5), Seconds{static_cast<double>(random() % 300)}}});
    const auto starts = run(*policy, 8, jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) CHECK(starts[i] >= jobs[i].submit.in_base_units());
  }
}

// 4 accelerators; fair share alone. Job 0 of account 0 holds all until 100; accounts share equally.
//   t   1: job 1 of account 0 (4 acc) waits; t 2: job 2 of account 1 (4 acc) waits
//   t 100: account 0 has used everything, account 1 nothing: job 2 goes first, to 110; then job 1
TEST_CASE("who has used less goes first", "[scheduling][multifactor]") {
  PriorityRules rules;
  rules.fair_share = 1.0;
  const auto policy = scheduling::make_multifactor_queue(rules);
  const std::vector<QueuedJob> jobs{job_of(0, 4, 0, 100, 0), job_of(1, 4, 1, 10, 0), job_of(2, 4, 2, 10, 1)};
  CHECK(run(*policy, 4, jobs) == std::vector<double>{0, 110, 100});
}

// 4 accelerators. Job 0 holds 3 until 100; 1 is free. By priority: job 1 (4 acc, 50 s) has the place [100, 150); job 2
// (2 acc, 30 s) the place [150, 180); job 3 (1 acc, 120 s) fits beside job 0 but not beside job 1: with both looked at
// it waits. Job 4 (1 acc, 100 s) ends when job 1 begins: it starts at 3.
TEST_CASE("jobs of lower priority start only where they delay no place", "[scheduling][multifactor]") {
  const auto starts_at_3 = [](scheduling::BackfillLimits limits) {
    const auto policy = scheduling::make_multifactor_queue({}, {{}, {}, limits});
    policy->set_capacity(4);
    std::vector<std::int64_t> starts;
    policy->enqueue(job_of(0, 3, 0, 100));
    policy->pass(Seconds{0}, starts);
    starts.clear();
    policy->enqueue(job_of(1, 4, 1, 50));
    policy->enqueue(job_of(2, 2, 1, 30));
    policy->enqueue(job_of(3, 1, 2, 120));
    policy->enqueue(job_of(4, 1, 3, 97));
    policy->pass(Seconds{3}, starts);
    return starts;
  };
  CHECK(starts_at_3({4, Seconds{1e6}}) == std::vector<std::int64_t>{4});
  CHECK(starts_at_3({3, Seconds{1e6}}).empty());                         // job 4 is not looked at
  CHECK(starts_at_3({4, Seconds{50}}) == std::vector<std::int64_t>{3});  // no place begins within 50 s: none is kept
}

TEST_CASE("a pass costs as much with 100,000 jobs waiting as with 1,000", "[scheduling][multifactor][complexity]") {
  const auto cost_per_event = [](int waiting) {
    std::mt19937 random(6);
    PriorityRules rules;
    rules.age = rules.size = rules.fair_share = 1.0;
    rules.age_limit = rules.half_life = Seconds{86400};
    const auto policy = scheduling::make_multifactor_queue(rules, QueueOptions{{}, {}, {50, Seconds{86400}}});
    policy->set_capacity(512);
    const auto draw = [&](std::int64_t id, double submit) {
      return job_of(id, 1 + static_cast<std::int64_t>(random() % 64), submit,
                    600 + static_cast<double>(random() % 6000), static_cast<std::int32_t>(random() % 40));
    };
    std::map<std::int64_t, QueuedJob> jobs;
    for (int i = 0; i < waiting; ++i) policy->enqueue(jobs[i] = draw(i, 0));
    std::vector<std::int64_t> starts;
    policy->pass(Seconds{0}, starts);
    std::queue<std::pair<std::int64_t, double>> running;
    for (const std::int64_t id : starts) running.push({id, 0});
    const std::uint64_t before = policy->nodes_visited();
    constexpr int kEvents = 300;
    for (int event = 1; event <= kEvents; ++event) {
      const double now = event;
      policy->job_ended(jobs[running.front().first], Seconds{running.front().second});
      running.pop();
      const std::int64_t id = waiting + event;
      policy->enqueue(jobs[id] = draw(id, now));
      starts.clear();
      policy->pass(Seconds{now}, starts);
      for (const std::int64_t started : starts) running.push({started, now});
    }
    return static_cast<double>(policy->nodes_visited() - before) / kEvents;
  };
  const double few = cost_per_event(1'000);
  const double many = cost_per_event(100'000);
  INFO("operations an event: " << few << " and " << many);
  CHECK(many < 3 * few);
  CHECK(many < 20'000);
}
