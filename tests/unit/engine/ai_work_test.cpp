#include <catch2/catch.hpp>

#include "country_world.hpp"
#include "gigasim/metrics/work.hpp"
#include "gigasim/units/grid.hpp"

using namespace gigasim;
using metrics::Exclusion;
using scenario::WorkRate;
using test::from;
using test::job;
using test::kFrench;
using test::Verdicts;
using test::verdicts;

namespace {

/// Jobs of 4 accelerators that train 1,000 tokens/s on the first site and `second` on the other.
scenario::Scenario training(double second) {
  auto s = test::two_types();
  scenario::AiWork work;
  work.task = models::AiTask::kPreTraining;
  work.ai_model = "some";
  work.flop_per_unit = 10.0;
  scenario::SizedWork size;
  size.accelerators = 4;
  size.reference = 0;
  size.partition = {{WorkRate::Obstacle::kNone, 1000.0, 40000.0}, {WorkRate::Obstacle::kNone, second, 80000.0}};
  if (second == 0.0) size.partition[1].obstacle = WorkRate::Obstacle::kModelSize;
  work.sizes = {size};
  s.workload.streams[0].work = work;
  return s;
}

}  // namespace

TEST_CASE("work takes its tokens over the rate of the place where it runs", "[engine][work]") {
  // 128,000 tokens: 128 s at 1,000/s, 64 s at 2,000/s. The first site has room for two of the three at once.
  auto s = training(2000.0);
  s.scheduling.broker = "round_robin";
  const auto results = test::recorded(s, {from(kFrench, job(0, 4, 128, 200)), from(kFrench, job(0, 4, 128, 200))});
  REQUIRE(results.jobs.size() == 2);
  for (const auto& one : results.jobs) {
    const double expected = one.place.site == 0 ? 128.0 : 64.0;
    CHECK((*one.end - *one.start).in_base_units() == expected);
  }
  CHECK(results.jobs[0].place.site != results.jobs[1].place.site);
  // Each did 128,000 tokens, and 10 FLOP for each.
  CHECK(results.network.ai.tokens_trained == 256000.0);
  CHECK(results.network.ai.model_flop == 2560000.0);
  CHECK(results.sites[0].ai.tokens_trained == 128000.0);
  CHECK(results.sites[1].ai.tokens_trained == 128000.0);
  // MFU: 1,000 x 10 / 40,000 = 25 % for 4 x 128 accelerator-seconds, 2,000 x 10 / 80,000 = 25 % for 4 x 64.
  CHECK(*results.network.ai.mfu == Approx(0.25));
  CHECK(metrics::work_kept(results.jobs[0], s, units::Seconds{1000}) == 128000.0);
}

TEST_CASE("a place where the model does not fit takes none of its jobs, and the decision says why", "[engine][work]") {
  const auto results = test::recorded(training(0.0), {from(kFrench, job(0, 4, 100, 100))});
  CHECK(results.jobs[0].place.site == 0);
  CHECK(verdicts(results, 0) == Verdicts{Exclusion::kNone, Exclusion::kModelSize});
}

TEST_CASE("a job that no place has the memory for is refused with that reason", "[engine][work]") {
  auto s = training(0.0);
  auto& size = s.workload.streams[0].work->sizes[0];
  size.partition[0] = size.partition[1];
  const auto results = test::recorded(s, {from(kFrench, job(0, 4, 100, 100))});
  CHECK(results.refused.begin()->first ==
        "its AI model does not fit on so many accelerators of any partition that suits it");
}

TEST_CASE("the walltime request is of the predicted runtime: a job that is killed keeps what it trained",
          "[engine][work]") {
  // Requested 50 s at the reference: 25 s on the faster site, where 25 s x 2,000 tokens/s are done.
  auto s = training(2000.0);
  s.sites[0].partitions[0].online = units::UtcTime{2'000'000'000};  // the first site comes later
  const auto results = test::recorded(s, {from(kFrench, job(0, 4, 128, 50))});
  REQUIRE(results.jobs[0].place.site == 1);
  CHECK(results.jobs[0].outcome == metrics::Outcome::kKilled);
  CHECK((*results.jobs[0].end - *results.jobs[0].start).in_base_units() == 25.0);
  CHECK(results.network.ai.tokens_trained == 50000.0);
  CHECK(results.network.ai.training_runs_per_month == 0.0);
}

namespace {

/// Ten jobs of 64 s one after the other on a site for one job: from 0 to 640 s.
scenario::Scenario one_after_the_other() {
  auto s = training(0.0);
  s.sites[0].partitions[0].count = 4;
  return s;
}

std::vector<workload::Job> ten_jobs() {
  std::vector<workload::Job> jobs;
  for (int i = 0; i < 10; ++i) jobs.push_back(from(kFrench, job(0, 4, 64, 64)));
  return jobs;
}

/// Stream 1 takes the machine at 50 s for 10 s; going on costs 5 s.
metrics::Results preempted(scenario::PreemptionMode mode) {
  auto s = one_after_the_other();
  s.scheduling.queue_policy = "fcfs";
  s.workload.streams.resize(2);
  s.workload.streams[1].name = "urgent";
  scenario::Preemption rule;
  rule.by_streams = {1};
  rule.of_streams = {0};
  rule.mode = mode;
  rule.cost = units::Seconds{5};
  s.scheduling.preemption = {rule};
  return test::recorded(s, {from(kFrench, job(0, 4, 100, 100)), from(kFrench, job(50, 4, 10, 10), 1)});
}

void check_counted_once(const metrics::Results& results) {
  REQUIRE(results.jobs[0].preemptions == 1);
  REQUIRE(results.jobs[0].outcome == metrics::Outcome::kFinished);
  CHECK(metrics::work_kept(results.jobs[0], results.scenario, units::Seconds{1e6}) == 100000.0);
  CHECK(*results.network.ai.tokens_trained == Approx(100000.0));
}

}  // namespace

TEST_CASE("the tokens of a run are those of its finished jobs", "[engine][work]") {
  const auto s = one_after_the_other();
  const auto results = test::recorded(s, ten_jobs());
  double sum = 0.0;
  for (const auto& one : results.jobs) sum += metrics::work_kept(one, s, units::Seconds{1e6});
  CHECK(sum == 640000.0);
  CHECK(*results.network.ai.tokens_trained == Approx(640000.0));
  // Ten runs in 640 s: 10 / 640 s x 30 d.
  CHECK(*results.network.ai.training_runs_per_month == Approx(10.0 / 640.0 * 30 * 86400));
}

TEST_CASE("tokens count that are trained in the results period", "[engine][work]") {
  // From 100 s to 420 s: 320 s at 1,000 tokens/s.
  auto s = one_after_the_other();
  s.period.until_drained = false;
  s.period.warm_up = units::Seconds{100};
  s.period.length = units::Seconds{320};
  CHECK(*test::recorded(s, ten_jobs()).network.ai.tokens_trained == Approx(320000.0));
}

TEST_CASE("a suspended training run counts its tokens once, and none for the time that going on costs",
          "[engine][work]") {
  check_counted_once(preempted(scenario::PreemptionMode::kSuspend));
}

TEST_CASE("a training run that begins anew does not count what it did before", "[engine][work]") {
  check_counted_once(preempted(scenario::PreemptionMode::kRequeue));
}
