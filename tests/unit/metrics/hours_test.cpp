#include <catch2/catch.hpp>

#include "gigasim/metrics/hour_split.hpp"
#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;

namespace {}  // namespace

TEST_CASE("hours delivered and available follow capacity steps and H100 equivalents", "[metrics][hours]") {
  Script script(scenario_of(
      {{.count = 8, .pod = 8, .h100_equivalent = 0.5}, {.count = 4, .pod = 4, .h100_equivalent = 2.0}}, 2 * kHour));
  script.online(0, 0, 1);
  script.run(0, 0, kHour, {.accelerators = 6}, 0);                // 6 h
  script.online(kHour, 4, 1);                                     // the second site opens after 1 h
  script.run(kHour, kHour, 1.5 * kHour, {.accelerators = 4}, 1);  // 2 h
  const Results results = script.end(2 * kHour);
  CHECK(results.network.accelerator_hours == 8);
  CHECK(results.network.accelerator_hours_available == 8 * 2 + 4 * 1);
  CHECK(results.network.utilisation == Approx(8.0 / 20));
  CHECK(results.network.h100_equivalent_hours == 6 * 0.5 + 2 * 2.0);
  CHECK(results.network.h100_equivalent_hours_available == 16 * 0.5 + 4 * 2.0);
  CHECK(block(results.sites, "s0").utilisation == Approx(6.0 / 16));
  CHECK(block(results.sites, "s1").utilisation == Approx(2.0 / 4));
  CHECK(block(results.sites, "s1").accelerator_hours_available == 4);
}

// Warm-up until 1 h, results until 5 h. A job of 4 runs from the start, and a failure at 3 h undoes it all: of the 3 h
// the last 2 lie in the period. Then it runs for the last 2 h.
TEST_CASE("work of the warm-up that a failure undoes is not lost in the period", "[metrics][hours]") {
  auto scenario = scenario_of({{.count = 8, .pod = 8}}, 4 * kHour, kHour);
  scenario.failures.emplace();
  Script script(scenario);
  const JobIndex job = script.submit(0, {.accelerators = 4, .runtime_s = 5 * kHour, .walltime_s = 9 * kHour});
  script.queue(0, job);
  script.start(0, job);
  script.recorder().job_interrupted(job, gigasim::workload::FailureCause::kSoftware, gigasim::units::Seconds{3 * kHour},
                                    gigasim::units::Seconds{3 * kHour});
  script.start(3 * kHour, job);
  const Results results = script.end(5 * kHour);
  REQUIRE(results.network.reliability);
  CHECK(results.network.reliability->lost_accelerator_hours == Approx(4 * 2));
  const auto split = hour_split(results.network);
  REQUIRE(split);
  CHECK(split->lost == Approx(4 * 2));
  CHECK(split->work == Approx(4 * 2));
  CHECK(split->idle == Approx(4 * 4));
}

TEST_CASE("offered load is what the jobs of the period ask for over what is available", "[metrics][hours]") {
  Script script(scenario_of({{}}, 10 * kHour));  // 100 accelerator-hours
  script.run(0, 0, kHour, {.accelerators = 10, .runtime_s = 2 * kHour, .walltime_s = 1 * kHour});  // asks for 10
  script.queue(
      0, script.submit(0, {.accelerators = 5, .runtime_s = 3 * kHour, .walltime_s = 9 * kHour}));  // 15, never runs
  script.refuse(kHour, script.submit(kHour, {.accelerators = 1000}));  // cannot load any queue
  const Results results = script.end(10 * kHour);
  CHECK(results.network.offered_load == Approx(0.25));
  CHECK(results.network.utilisation == Approx(0.10));
  CHECK(results.warnings.empty());
}

TEST_CASE("work left at the end is that of queued and running jobs, the warm-up's included", "[metrics][hours]") {
  Script script(scenario_of({{}}, 2 * kHour, kHour));
  // Submitted in the warm-up, runs since 2 h with 4 h planned: 3 h x 2 accelerators left.
  script.start(2 * kHour, script.submit(0, {.accelerators = 2, .runtime_s = 4 * kHour, .walltime_s = 8 * kHour}));
  // Submitted in the period, waits: 1 h x 1 accelerator left, 1 h old.
  script.queue(2 * kHour, script.submit(2 * kHour, {.accelerators = 1, .runtime_s = kHour}));
  const Results results = script.end(3 * kHour);
  CHECK(results.network.unfinished_accelerator_hours == 3 * 2 + 1);
  CHECK(results.network.oldest_queued_age_s == kHour);
  CHECK(results.network.jobs.unfinished() == 1);  // the other was submitted before the period
}

TEST_CASE("a load at or above 1 is called unstable in words, for the network and for a site", "[metrics][hours]") {
  Script script(scenario_of({{}, {.count = 90, .pod = 90}}, kHour));
  for (int i = 0; i < 132; ++i) {
    // 13.2 accelerator-hours go to the site that has 10, and nothing to the one that has 90: 0.132 of the network.
    script.queue(0, script.submit(0, {.accelerators = 1, .runtime_s = 360}), 0);
  }
  const Results results = script.end(kHour);
  CHECK(block(results.sites, "s0").offered_load == Approx(1.32));
  CHECK(block(results.sites, "s1").offered_load == 0);
  CHECK(results.network.offered_load == Approx(0.132));
  CHECK(results.warnings ==
        std::vector<std::string>{
            "site s0: offered load 1.32 is at or above 1: the system is unstable, queues grow without "
            "bound and queue times depend on the length of the period"});

  Script alone(scenario_of({{}}, kHour));
  alone.queue(0, alone.submit(0, {.accelerators = 10, .runtime_s = kHour}));
  CHECK(
      alone.end(kHour).warnings ==
      std::vector<std::string>{"offered load 1.00 is at or above 1: the system is unstable, queues grow without bound "
                               "and queue times depend on the length of the period"});
}

// A job of 4 runs for 1 h, is undone, and runs for 1 h again: half of what it held was lost. With a checkpoint that was
// never complete nothing is told: it saves its work.
TEST_CASE("a stream whose jobs begin anew again and again is warned of", "[metrics][hours]") {
  for (const bool saves : {false, true}) {
    auto scenario = scenario_of({{.count = 8, .pod = 8}}, 4 * kHour);
    scenario.failures.emplace();
    if (saves) scenario.workload.streams[0].checkpoint.emplace();
    Script script(scenario);
    const JobIndex job = script.submit(0, {.accelerators = 4, .runtime_s = kHour, .walltime_s = 9 * kHour});
    script.queue(0, job);
    script.start(0, job);
    script.recorder().job_interrupted(job, gigasim::workload::FailureCause::kSoftware, gigasim::units::Seconds{kHour},
                                      gigasim::units::Seconds{kHour});
    script.start(kHour, job);
    script.finish(2 * kHour, job);
    const auto warnings = script.end(4 * kHour).warnings;
    if (saves) {
      CHECK(warnings.empty());
    } else {
      CHECK(warnings ==
            std::vector<std::string>{"stream all: failures undid 50 % of the accelerator-hours of its jobs, which "
                                     "begin anew each time; give it a `checkpoint` if they save their work"});
    }
  }
}

TEST_CASE("a load above 1 that users leave does not make queues that grow without bound", "[metrics][hours]") {
  Script script(scenario_of({{}}, kHour));
  script.queue(0, script.submit(0, {.accelerators = 10, .runtime_s = 2 * kHour}));
  const JobIndex gone = script.submit(10, {.accelerators = 10});
  script.queue(10, gone);
  script.leave(20, gone);
  CHECK(
      script.end(kHour).warnings ==
      std::vector<std::string>{"offered load 3.00 is at or above 1: jobs leave unserved, and queue times are those of "
                               "users with the patience that is assumed"});
}

TEST_CASE("jobs that wait at a site which is never online are warned of", "[metrics][hours]") {
  Script script(scenario_of({{}, {}}, kHour));
  script.online(0, 0, 1);
  script.queue(0, script.submit(0), 1);
  CHECK(script.end(kHour).warnings ==
        std::vector<std::string>{"site s1: 1 jobs wait for accelerators, but none was online in the results period"});
}

TEST_CASE("mean queue length is the time mean over the results period", "[metrics][hours]") {
  Script script(scenario_of({{}, {}}, 100, 100));
  // Waits over [50, 150): 50 s of the period. The first 30 s of these at site 0, then it is brokered anew to site 1.
  const JobIndex moved = script.submit(50);
  script.queue(50, moved, 0);
  script.queue(130, moved, 1);
  script.start(150, moved, 1);
  script.queue(180, script.submit(180), 1);  // waits over [180, 200)
  const Results results = script.end(200);
  CHECK(results.network.queue_length_mean == Approx(0.7));
  CHECK(block(results.sites, "s0").queue_length_mean == Approx(0.3));
  CHECK(block(results.sites, "s1").queue_length_mean == Approx(0.4));
  CHECK(block(results.sites, "s0").jobs.submitted == 0);
  CHECK(block(results.sites, "s1").jobs.submitted == 1);
}

TEST_CASE("a job that was refused after waiting leaves the queues", "[metrics][hours]") {
  Script script(scenario_of({{}}, 100));
  const JobIndex job = script.submit(0);
  script.queue(0, job);
  script.refuse(25, job);
  const Results results = script.end(100);
  CHECK(results.network.queue_length_mean == Approx(0.25));
  CHECK(block(results.sites, "s0").queue_length_mean == Approx(0.25));
  CHECK(results.network.jobs == JobCounts{.submitted = 1, .refused = 1});
}
