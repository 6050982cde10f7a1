#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "gigasim/metrics/recorder.hpp"
#include "gigasim/metrics/work.hpp"
#include "phase_witness.hpp"

using namespace gigasim;
using test::FailureWitness;
using test::in_stream;
using test::job;
using test::partition;
using test::site;
using test::witnessed;
using test::world;
using units::Seconds;

namespace {

constexpr std::int32_t kTraining = 0, kPeak = 1;
using Lines = std::vector<FailureWitness::Line>;

/// Slow and fast sites of 8, storage of 1 GB/s. Jobs of 8 train 1,000 tokens/s at a slow one and 2,000 at a fast one,
/// where their runtime is told, and save 10 GB after each 100 s of work; peaks stop them.
scenario::Scenario training_at(const std::vector<bool>& fast) {
  std::vector<scenario::Site> sites;
  scenario::SizedWork size;
  size.accelerators = 8;
  for (std::size_t i = 0; i < fast.size(); ++i) {
    sites.push_back(site(std::string(1, static_cast<char>('a' + i)), {partition(8, 8)}));
    sites.back().storage_bandwidth = units::BytesPerSecond{1e9};
    size.partition.push_back({scenario::WorkRate::Obstacle::kNone, fast[i] ? 2000.0 : 1000.0, 1e6});
    if (fast[i]) size.reference = static_cast<std::int32_t>(i);
  }
  auto s = world(sites);
  s.workload.streams.resize(2);
  s.workload.streams[kPeak].name = "peak";
  scenario::AiWork work;
  work.task = models::AiTask::kPreTraining;
  work.ai_model = "some";
  work.flop_per_unit = 10.0;
  work.sizes = {size};
  s.workload.streams[kTraining].work = work;
  scenario::Checkpointing checkpoint;
  checkpoint.size = units::Bytes{10e9};
  checkpoint.interval = Seconds{100};
  s.workload.streams[kTraining].checkpoint = checkpoint;
  s.scheduling.overrun = scenario::Overrun::kExtend;
  scenario::Preemption rule;
  rule.mode = scenario::PreemptionMode::kRequeue;
  rule.by_streams = {kPeak};
  rule.of_streams = {kTraining};
  s.scheduling.preemption = {rule};
  return s;
}

metrics::Results books_of(const scenario::Scenario& s, const std::vector<workload::Job>& jobs) {
  test::ListedJobs source(jobs);
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  return recorder.results({}, {});
}

/// The fast site comes when the slow one is about to go, 30 s after a peak has stopped the training there.
scenario::Scenario changing_of_the_guard() {
  auto s = training_at({false, true});
  s.sites[1].online = s.period.start + Seconds{275};
  s.sites[0].offline = s.period.start + Seconds{280};
  s.sites[0].wan_access = units::BytesPerSecond{0.5e9};
  return s;
}

const std::vector<workload::Job> kTrainingAndPeak{in_stream(kTraining, job(0, 8, 300, 100)),
                                                  in_stream(kPeak, job(250, 8, 30, 30))};

}  // namespace

// 300 s of work at the fast rate are 600 s here: 0 to 100, saved until 110, until 210, saved until 220, until the peak
// at 250: 30 s are lost. From 280 on 10 GB are read until 290; 400 s of work are left: 290 to 390, saved until 400,
// 500, 510, 610, 620, 720.
TEST_CASE("what a preemption leaves of a job is the work that it has at the speed of its place",
          "[engine][preemption][speeds]") {
  auto s = training_at({false, true});
  s.sites[1].online = s.period.start + Seconds{5000};
  const auto seen = witnessed(s, kTrainingAndPeak);
  CHECK(seen.lines == Lines{{"checkpoint", 0, 100, 110},
                            {"checkpoint", 0, 210, 220},
                            {"preempted", 0, 250, 30},
                            {"load", 0, 280, 290},
                            {"checkpoint", 0, 390, 400},
                            {"checkpoint", 0, 500, 510},
                            {"checkpoint", 0, 610, 620}});
  CHECK(seen.ends.at(0) == 720);
}

// Saved are 200 s of the 600 s at the slow site, which goes offline at 280: 100 s of 300 at the fast one. 10 GB come
// from the old site's storage at 0.5 GB/s: until 300. 100 s of work, 10 s to save, 100 s.
TEST_CASE("a job that is preempted at a slow site goes on at a fast one where the slow one is gone",
          "[engine][preemption][speeds]") {
  const auto seen = witnessed(changing_of_the_guard(), kTrainingAndPeak);
  CHECK(seen.lines == Lines{{"checkpoint", 0, 100, 110},
                            {"checkpoint", 0, 210, 220},
                            {"preempted", 0, 250, 30},
                            {"load", 0, 280, 300},
                            {"checkpoint", 0, 400, 410}});
  CHECK(seen.ends.at(0) == 510);
}

TEST_CASE("a job that moves to a faster site trains each of its tokens once", "[engine][preemption][speeds]") {
  auto s = changing_of_the_guard();
  s.sites[1].partitions[0].h100_equivalent = 2.0;
  s.workload.streams[kTraining].work->sizes[0].partition[1].peak = 2e6;
  const auto results = books_of(s, kTrainingAndPeak);
  CHECK(results.jobs[0].place.site == 1);
  CHECK(results.jobs[0].outcome == metrics::Outcome::kFinished);
  CHECK(metrics::work_kept(results.jobs[0], results.scenario, Seconds{510}) == 600000.0);
  CHECK(results.network.ai.tokens_trained == Approx(600000.0));
  // Raw work of 250 s at 1,000 and of 230 s at 2,000 tokens/s shares out the 600,000 that count: 25 to 46.
  const double slow = 600000.0 * 25 / 71;
  const double fast = 600000.0 * 46 / 71;
  CHECK(results.sites[0].ai.tokens_trained == Approx(slow));
  CHECK(results.sites[1].ai.tokens_trained == Approx(fast));
  // Accelerators of 1 and 2 H100 equivalents.
  CHECK(results.sites[0].ai.training_h100_equivalent_hours == Approx(8 * 250 / 3600.0));
  CHECK(results.sites[1].ai.training_h100_equivalent_hours == Approx(8 * 230 * 2 / 3600.0));
  CHECK(results.network.ai.training_h100_equivalent_hours == Approx(8 * (250 + 2 * 230) / 3600.0));
  // 10 FLOP a token; 1e6 and 2e6 FLOP/s of eight.
  CHECK(results.sites[0].ai.mfu == Approx(slow * 10 / (250 * 1e6)));
  CHECK(results.sites[1].ai.mfu == Approx(fast * 10 / (230 * 2e6)));
  CHECK(results.network.ai.mfu == Approx((slow * 10 / 1e6 + fast * 10 / 2e6) / 480));
  // 250 s of training and 30 s of the peak at one, 230 s at the other, 8 accelerators each.
  CHECK(results.network.accelerator_hours == Approx(8 * (250 + 30 + 230) / 3600.0));
}

namespace {

/// The recorder throws where a job that ended ran for another time than its work, what it lost and what it spent.
void check_speeds_at_random(scenario::PreemptionMode mode, const std::string& policy) {
  auto s = training_at({false, true, false, true});
  s.scheduling.preemption[0].mode = mode;
  s.scheduling.preemption[0].cost = Seconds{3};
  s.scheduling.queue_policy = policy;
  s.scheduling.broker = "least_loaded";
  s.sites[0].offline = s.period.start + Seconds{20000};
  s.sites[3].offline = s.period.start + Seconds{30000};
  s.failures.emplace();
  s.failures->rate = units::PerSecond{1.0 / 5000};
  s.failures->repair = Seconds{50};
  s.failures->restart = Seconds{20};
  std::mt19937 random(3);
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 200; ++i) {
    submit += static_cast<double>(random() % 300);
    const bool is_peak = random() % 3 == 0;
    const auto runtime = static_cast<double>(1 + random() % (is_peak ? 200 : 800));
    const std::int64_t accelerators = is_peak ? 1 + static_cast<std::int64_t>(random() % 8) : 8;
    jobs.push_back(in_stream(is_peak ? kPeak : kTraining, job(submit, accelerators, runtime, runtime)));
  }
  const auto results = books_of(s, jobs);
  CHECK(results.network.preemptions > 10);
  CHECK(results.network.reliability->interruptions > 10);
  int moved = 0;
  for (std::size_t j = 0; j < results.jobs.size(); ++j) {
    const metrics::JobRecord& record = results.jobs[j];
    if (record.stream != kTraining || record.outcome != metrics::Outcome::kFinished) continue;
    moved += static_cast<int>(
        std::count_if(results.stopped_runs.begin(), results.stopped_runs.end(), [&](const metrics::StoppedRun& run) {
          return run.job == static_cast<metrics::JobIndex>(j) && run.place.site != record.place.site;
        }));
    // 2,000 tokens for each second at the reference, but for what a tick of 1/1024 s is worth at each move.
    const double tokens = metrics::work_kept(record, results.scenario, *record.end);
    CHECK(tokens == Approx(2000.0 * record.runtime.in_base_units()).margin(10.0));
  }
  CHECK(moved > 0);
}

}  // namespace

TEST_CASE("jobs of several speeds do their work, whatever stops and moves them: requeue",
          "[engine][preemption][speeds][property]") {
  check_speeds_at_random(scenario::PreemptionMode::kRequeue, "fcfs");
}

TEST_CASE("jobs of several speeds do their work, whatever stops and moves them: suspend",
          "[engine][preemption][speeds][property]") {
  check_speeds_at_random(scenario::PreemptionMode::kSuspend, "easy");
}
