#include <catch2/catch.hpp>

#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;
using Figure = Distribution::Figure;

namespace {

Figure exactly(double value) {
  return {value, false};
}
Figure at_least_value(double value) {
  return {value, true};
}

}  // namespace

TEST_CASE("queue time is start minus submit", "[metrics][queue]") {
  Script script(scenario_of({{}}, 1000));
  script.run(0, 0, 50);
  script.run(60, 100, 300);
  script.run(400, 480, 500);
  const Block network = script.end(1000).network;
  // Queue times 0, 40, 80.
  CHECK(network.queue_time_s.count == 3);
  CHECK(network.queue_time_s.mean == exactly(40));
  CHECK(network.queue_time_s.median == exactly(40));
  CHECK(network.queue_time_s.p95 == exactly(80));
  CHECK(network.queue_time_s.max == exactly(80));
  CHECK(network.jobs == JobCounts{.submitted = 3, .finished = 3});
  CHECK(network.finished_per_day == Approx(3 * 86.4));  // 3 in 1000 s
}

TEST_CASE("jobs that wait at the end count with their age as a lower bound", "[metrics][queue]") {
  Script script(scenario_of({{}}, 1000));
  for (int i = 0; i < 3; ++i) script.run(10 * i, 10 * i, 10 * i + 5);  // queue time 0
  script.queue(100, script.submit(100));
  const Results results = script.end(1000);
  const Distribution& d = results.network.queue_time_s;
  // {0, 0, 0, 900+}: the median is known, the 95th percentile and the mean are not.
  CHECK(d.count == 4);
  CHECK(d.median == exactly(0));
  CHECK(d.p95 == at_least_value(900));
  CHECK(d.max == at_least_value(900));
  CHECK(d.mean == at_least_value(225));
  CHECK(results.network.oldest_queued_age_s == 900);
  CHECK(results.network.jobs == JobCounts{.submitted = 4, .finished = 3, .queued = 1});
}

TEST_CASE("running and killed jobs have a known queue time", "[metrics][queue]") {
  Script script(scenario_of({{}}, 1000));
  const JobIndex killed = script.submit(0);
  const JobIndex running = script.submit(0);
  script.start(10, killed);
  script.start(20, running);
  script.kill(500, killed);
  const Block network = script.end(1000).network;
  CHECK(network.queue_time_s.mean == exactly(15));
  CHECK(network.jobs == JobCounts{.submitted = 2, .killed = 1, .running = 1});
  CHECK(network.jobs.unfinished() == 1);
}

TEST_CASE("refused jobs are counted by reason and have no queue time", "[metrics][queue]") {
  Script script(scenario_of({{}}, 1000));
  script.run(0, 30, 60);
  script.refuse(5, script.submit(5), "larger than any site");
  script.refuse(6, script.submit(6), "larger than any site");
  script.refuse(7, script.submit(7), "no such accelerator");
  const Results results = script.end(1000);
  CHECK(results.network.queue_time_s.count == 1);
  CHECK(results.network.queue_time_s.max == exactly(30));
  CHECK(results.network.jobs == JobCounts{.submitted = 4, .finished = 1, .refused = 3});
  CHECK(results.refused ==
        std::map<std::string, std::int64_t>{{"larger than any site", 2}, {"no such accelerator", 1}});
}

TEST_CASE("bounded slowdown takes the run that a job had and at least 10 s", "[metrics][queue]") {
  Script script(scenario_of({{}}, 1000));
  script.run(0, 100, 150);    // (100 + 50) / 50 = 3
  script.run(200, 210, 212);  // (10 + 2) / 10 = 1.2
  script.run(300, 301, 303);  // (1 + 2) / 10 < 1: 1
  const Distribution d = script.end(1000).network.bounded_slowdown;
  CHECK(d.max == exactly(3));
  CHECK(d.median.value == Approx(1.2));
  CHECK(d.mean.value == Approx((3 + 1.2 + 1) / 3));
}

TEST_CASE("bounded slowdown of an unfinished job takes the run that it would have", "[metrics][queue]") {
  Script script(scenario_of({{}}, 1000));
  const JobIndex running = script.submit(0, {.runtime_s = 5000, .walltime_s = 4000});
  script.submit(0, {.runtime_s = 500, .walltime_s = 4000});  // waits: at least (1000 + 500) / 500 = 3
  script.start(1000, running);                               // (1000 + 4000) / 4000 = 1.25
  const Distribution d = script.end(1000).network.bounded_slowdown;
  CHECK(d.median == exactly(1.25));
  CHECK(d.max == at_least_value(3));
}

TEST_CASE("the planned run is the runtime where overruns are extended", "[metrics][queue]") {
  gigasim::scenario::Scenario scenario = scenario_of({{}}, 1000);
  scenario.scheduling.overrun = gigasim::scenario::Overrun::kExtend;
  Script script(scenario);
  script.start(1000, script.submit(0, {.runtime_s = 5000, .walltime_s = 4000}));
  CHECK(script.end(1000).network.bounded_slowdown.max == exactly(1.2));  // (1000 + 5000) / 5000
}

TEST_CASE("weighted queue time counts a job as often as it asks for accelerator-hours", "[metrics][queue]") {
  Script script(scenario_of({{}}, 100000));
  // 1 accelerator for 1 h waits 0 s; 3 accelerators for min(2 h, 1 h) = 1 h wait 400 s. Mean 3 x 400 / 4 = 300.
  script.run(0, 0, 3600, {.accelerators = 1, .runtime_s = 3600, .walltime_s = 7200});
  script.run(0, 400, 4000, {.accelerators = 3, .runtime_s = 7200, .walltime_s = 3600});
  const Block network = script.end(100000).network;
  CHECK(network.queue_time_weighted_s.mean == exactly(300));
  CHECK(network.queue_time_weighted_s.median == exactly(400));
  CHECK(network.queue_time_s.median == exactly(0));
}

TEST_CASE("the warm-up's jobs stay out of the queue times but keep their machines busy", "[metrics][queue]") {
  Script script(scenario_of({{}}, 3600, 3600));
  const JobIndex early = script.run(0, 3000, 5400, {.accelerators = 4});  // 1800 s of it in the results period
  const JobIndex inside = script.run(3600, 3700, 3800);
  const Results results = script.end(7200);
  CHECK(results.results_begin.in_base_units() == 3600);
  CHECK(results.results_end.in_base_units() == 7200);
  CHECK(results.network.queue_time_s.count == 1);
  CHECK(results.network.queue_time_s.max == exactly(100));
  CHECK(results.network.jobs.submitted == 1);
  CHECK(results.network.accelerator_hours == Approx(4 * 0.5 + 100.0 / 3600));
  CHECK(results.network.accelerator_hours_available == 10);
  REQUIRE(results.jobs.size() == 2);
  CHECK_FALSE(results.jobs[static_cast<std::size_t>(early)].in_results_period);
  CHECK(results.jobs[static_cast<std::size_t>(inside)].in_results_period);
}

TEST_CASE("a run until drained counts from its first job to its last end", "[metrics][queue]") {
  gigasim::scenario::Scenario scenario = scenario_of({{}}, 0);
  scenario.period.until_drained = true;
  Script script(scenario);
  script.run(7200, 7200, 10800, {.accelerators = 5});
  const Results results = script.end(10800);
  CHECK(results.results_begin.in_base_units() == 7200);
  CHECK(results.results_end.in_base_units() == 10800);
  CHECK(results.network.utilisation == Approx(0.5));
  CHECK(results.network.jobs.submitted == 1);
}

TEST_CASE("a run until drained without jobs has empty results", "[metrics][queue]") {
  gigasim::scenario::Scenario scenario = scenario_of({{}}, 0);
  scenario.period.until_drained = true;
  const Results results = Script(scenario).end(0);
  CHECK(results.network.jobs == JobCounts{});
  CHECK(results.network.utilisation == 0);
  CHECK(results.network.mean_power_mw == 0);
}

TEST_CASE("an interrupted run covers what was simulated and says so", "[metrics][queue]") {
  Script script(scenario_of({{}}, 10000, 1000));
  script.start(2000, script.submit(2000, {.accelerators = 10}));
  const Results results = script.end(3000, true);
  CHECK_FALSE(results.complete);
  CHECK(results.results_end.in_base_units() == 3000);
  CHECK(results.network.utilisation == Approx(0.5));  // busy for 1000 s of 2000 s

  Script early(scenario_of({{}}, 10000, 1000));
  const Results before_begin = early.end(500, true);
  CHECK(before_begin.results_begin == before_begin.results_end);
  CHECK(before_begin.network.accelerator_hours_available == 0);
}
