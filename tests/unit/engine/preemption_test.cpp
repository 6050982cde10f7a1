#include <catch2/catch.hpp>
#include <random>

#include "gigasim/metrics/hour_split.hpp"
#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::simulate;
using test::site;
using test::world;

namespace {

constexpr std::int32_t kNormal = 0;
constexpr std::int32_t kUrgent = 1;

/// One machine; jobs of the second stream stop those of the first.
scenario::Scenario preempting_world(std::int64_t accelerators, scenario::PreemptionMode mode, double cost,
                                    const std::string& policy = "fcfs") {
  auto s = world({site("a", {partition(accelerators, accelerators)})});
  s.workload.streams.resize(2);
  s.workload.streams[1].name = "urgent";
  s.scheduling.queue_policy = policy;
  scenario::Preemption rule;
  rule.mode = mode;
  rule.cost = units::Seconds{cost};
  rule.by_streams = {kUrgent};
  rule.of_streams = {kNormal};
  s.scheduling.preemption = {rule};
  return s;
}

metrics::Results recorded(const scenario::Scenario& s, const std::vector<workload::Job>& jobs) {
  test::ListedJobs source(jobs);
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  return recorder.results({}, {});
}

constexpr auto kRequeue = scenario::PreemptionMode::kRequeue;
constexpr auto kSuspend = scenario::PreemptionMode::kSuspend;

/// Two normal jobs of 2 accelerators and 100 s; an urgent one of 50 s at 30.
const std::vector<workload::Job> kThree{test::in_stream(kNormal, job(0, 2, 100, 100)),
                                        test::in_stream(kNormal, job(10, 2, 100, 100)),
                                        test::in_stream(kUrgent, job(30, 2, 50, 50))};

/// The recorder throws if accelerator-ticks by job, pod and site differ, or if a preempted job runs for another time
/// than it asked for and lost.
void check_random_run(const std::string& policy, scenario::PreemptionMode mode) {
  std::mt19937 random(7);
  auto s = preempting_world(16, mode, 7, policy);
  s.sites[0].partitions[0].pod = 5;
  s.sites.push_back(site("b", {partition(8, 8)}));
  s.scheduling.broker = "least_loaded";
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 400; ++i) {
    submit += static_cast<double>(random() % 40);
    const auto runtime = static_cast<double>(random() % 200);
    auto j = test::in_stream(random() % 4 == 0 ? kUrgent : kNormal,
                             job(submit, 1 + static_cast<std::int64_t>(random() % 8), runtime,
                                 runtime * (random() % 5 == 0 ? 0.7 : 1.3) + 1));
    j.user = static_cast<std::int32_t>(random() % 6);
    jobs.push_back(j);
  }
  for (auto& j : jobs) j.walltime = units::Seconds{std::floor(j.walltime.in_base_units())};
  const auto results = recorded(s, jobs);
  CHECK(results.network.jobs.finished + results.network.jobs.killed == 400);
  CHECK(results.network.preemptions > 0);
  double lost = 0;
  for (const auto& record : results.jobs) {
    lost += static_cast<double>(record.accelerators) * record.lost.in_base_units();
    CHECK((record.stream == kNormal || record.preemptions == 0));
    if (mode == kSuspend) CHECK(record.lost <= units::Seconds{7.0 * record.preemptions});
  }
  CHECK(results.network.preemption_lost_accelerator_hours == Approx(lost / 3600));
  CHECK(results.network.users.count == 6 + 6);  // of two streams
}

}  // namespace

// 4 accelerators, requeue at a cost of 10 s.
//   job 0 (2 acc)  0 ------------------------ 100
//   job 1 (2 acc)    10 --- 30 stopped            80 -------- 190   (10 + 100: from the beginning)
//   job 2 (urgent)          30 ------------------ 80
// Job 1 ran for 20 + 110 s where 100 s were enough: 30 s lost, of 2 accelerators.
TEST_CASE("a requeued job starts from the beginning and pays the cost", "[engine][preemption]") {
  const auto s = preempting_world(4, kRequeue, 10);
  const auto seen = simulate(s, kThree);
  CHECK(seen.story == std::vector<std::string>{"submit 0 @ 0", "start 0 @ 0", "submit 1 @ 10", "start 1 @ 10",
                                               "submit 2 @ 30", "preempt 1 @ 30", "start 2 @ 30", "end 2 @ 80",
                                               "start 1 @ 80", "end 0 @ 100", "end 1 @ 190"});
}

TEST_CASE("the books tell a requeued job's first start, last end and loss", "[engine][preemption]") {
  const auto results = recorded(preempting_world(4, kRequeue, 10), kThree);
  const metrics::JobRecord& stopped = results.jobs[1];
  CHECK(stopped.preemptions == 1);
  CHECK(*stopped.start == units::Seconds{10});
  CHECK(stopped.resumed == units::Seconds{80});
  CHECK(*stopped.end == units::Seconds{190});
  CHECK(stopped.lost == units::Seconds{30});
  CHECK(results.stopped_runs ==
        std::vector<metrics::StoppedRun>{{1, {0, 0}, 2, 2, units::Seconds{10}, units::Seconds{30}}});
  const metrics::Block& all = results.network;
  CHECK(all.jobs.preempted == 1);
  CHECK(all.preemptions == 1);
  CHECK(all.preemption_lost_accelerator_hours == Approx(60.0 / 3600));
  CHECK(all.queue_time_s.count == 3);
  CHECK(all.queue_time_s.max.value == 0.0);  // first starts: nobody waited
  // Busy: 2 * 100 + 2 * 20 + 2 * 50 + 2 * 110 = 560 accelerator-seconds, of which 60 are lost: no work that counts.
  CHECK(all.accelerator_hours == Approx(560.0 / 3600));
  const auto split = metrics::hour_split(all);
  REQUIRE(split);
  CHECK(split->preempted == Approx(60.0 / 3600));
  CHECK(split->work == Approx(500.0 / 3600));
  CHECK(results.results_end == units::Seconds{190});
  // Response 180 s over 100 s of work.
  CHECK(all.bounded_slowdown.max.value == Approx(1.8));
  // 4 accelerators of 900 W at full and 100 W at idle power for 190 s.
  CHECK(all.energy_it_mwh == Approx((560.0 * 900 + (4 * 190 - 560.0) * 100) / 3.6e9));
}

// The same, suspended: job 1 goes on at 80 with 80 s left and pays 10 s: it ends at 170, 10 s lost.
TEST_CASE("a suspended job keeps what it did and pays the cost", "[engine][preemption]") {
  const auto results = recorded(preempting_world(4, kSuspend, 10), kThree);
  CHECK(*results.jobs[1].end == units::Seconds{170});
  CHECK(results.jobs[1].lost == units::Seconds{10});
  CHECK(results.network.preemption_lost_accelerator_hours == Approx(20.0 / 3600));
}

// Suspended a second time at 85, 5 s into the 10 s that going on costs: nothing is done, and the cost is due again.
//   job 1   10 - 30, 80 - 85, 95 - 185 (10 + 80)      20 + 5 + 90 = 100 + 15 lost
TEST_CASE("who is stopped while it pays pays again", "[engine][preemption]") {
  auto jobs = kThree;
  jobs.push_back(test::in_stream(kUrgent, job(85, 2, 10, 10)));
  const auto results = recorded(preempting_world(4, kSuspend, 10), jobs);
  CHECK(*results.jobs[1].end == units::Seconds{185});
  CHECK(results.jobs[1].lost == units::Seconds{15});
  CHECK(results.network.preemptions == 2);
  CHECK(results.network.jobs.preempted == 1);
}

// Requeued twice: 20 and 5 s come to nothing, and the second restart pays 10 s: 95 + 10 + 100 = 205.
TEST_CASE("who is requeued twice has lost both runs", "[engine][preemption]") {
  auto jobs = kThree;
  jobs.push_back(test::in_stream(kUrgent, job(85, 2, 10, 10)));
  const auto again = recorded(preempting_world(4, kRequeue, 10), jobs);
  CHECK(*again.jobs[1].end == units::Seconds{205});
  CHECK(again.jobs[1].lost == units::Seconds{35});
}

TEST_CASE("a job that would have ended at the very moment is not stopped", "[engine][preemption]") {
  const auto seen = simulate(preempting_world(2, kRequeue, 10), {test::in_stream(kNormal, job(0, 2, 30, 30)),
                                                                 test::in_stream(kUrgent, job(30, 2, 50, 50))});
  CHECK(seen.fate.at(0).end == 30);
  CHECK(seen.fate.at(1).start == 30);
}

// Its walltime of 60 s kills a job of 100 s: suspended at 20 it has 40 s of its request left.
TEST_CASE("a suspended job is killed at what is left of its request", "[engine][preemption]") {
  const auto seen = simulate(preempting_world(2, kSuspend, 5), {test::in_stream(kNormal, job(0, 2, 100, 60)),
                                                                test::in_stream(kUrgent, job(20, 2, 50, 50))});
  CHECK(seen.fate.at(0).end == 70 + 5 + 40);
  CHECK(seen.fate.at(0).outcome == "killed");
}

TEST_CASE("a job that has started once does not leave for want of patience", "[engine][preemption]") {
  auto jobs = std::vector{test::in_stream(kNormal, job(0, 2, 100, 100)), test::in_stream(kUrgent, job(20, 2, 50, 50))};
  jobs[0].patience = units::Seconds{30};
  CHECK(simulate(preempting_world(2, kSuspend, 0), jobs).fate.at(0).end == 150);
}

TEST_CASE("preempted jobs go when their site goes offline, and the books balance", "[engine][preemption][calendar]") {
  auto s = preempting_world(2, kSuspend, 0);
  s.sites[0].offline = s.period.start + units::Seconds{400};
  const auto results =
      recorded(s, {test::in_stream(kNormal, job(0, 2, 100, 300)), test::in_stream(kUrgent, job(20, 2, 350, 370))});
  CHECK(results.jobs[0].preemptions == 1);
  CHECK(results.jobs[0].outcome != metrics::Outcome::kFinished);
}

TEST_CASE("random runs conserve work and end: fcfs, requeue", "[engine][preemption][property]") {
  check_random_run("fcfs", kRequeue);
}

TEST_CASE("random runs conserve work and end: fcfs, suspend", "[engine][preemption][property]") {
  check_random_run("fcfs", kSuspend);
}

TEST_CASE("random runs conserve work and end: easy, requeue", "[engine][preemption][property]") {
  check_random_run("easy", kRequeue);
}

TEST_CASE("random runs conserve work and end: easy, suspend", "[engine][preemption][property]") {
  check_random_run("easy", kSuspend);
}

TEST_CASE("random runs conserve work and end: multifactor, requeue", "[engine][preemption][property]") {
  check_random_run("multifactor", kRequeue);
}

TEST_CASE("random runs conserve work and end: multifactor, suspend", "[engine][preemption][property]") {
  check_random_run("multifactor", kSuspend);
}
