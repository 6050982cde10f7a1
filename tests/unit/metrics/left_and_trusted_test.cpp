#include <catch2/catch.hpp>

#include "gigasim/metrics/registry.hpp"
#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;
using gigasim::units::Seconds;

namespace {

std::string message_of(Script& script) {
  try {
    static_cast<void>(script.end(100));
  } catch (const ConservationError& error) {
    return error.what();
  }
  return {};
}

/// One trusted partition of 8 in nodes of 4, wiped for 10 s; the only stream is sensitive.
gigasim::scenario::Scenario trusted_scenario() {
  auto scenario = scenario_of({{.count = 8, .pod = 8}}, 100);
  scenario.sites[0].partitions[0].per_node = 4;
  scenario.sites[0].partitions[0].trusted = true;
  scenario.sites[0].partitions[0].wipe = Seconds{10};
  scenario.workload.streams[0].sensitive = true;
  return scenario;
}

const Metric& metric_called(const char* name) {
  return *find_metric(name);
}

}  // namespace

TEST_CASE("a job that left counts with its patience as a lower bound of its queue time", "[metrics][patience]") {
  Script script(scenario_of({{}}, 1000));
  script.run(0, 0, 50);
  script.run(60, 100, 300);
  const JobIndex gone = script.submit(200);
  script.queue(200, gone);
  script.leave(270, gone);
  const Block n = script.end(1000).network;
  // {0, 40, 70+}: the median is 40, the maximum and the mean of 110 / 3 at least that.
  CHECK(n.jobs == JobCounts{.submitted = 3, .finished = 2, .left = 1});
  CHECK(n.queue_time_s.median == Distribution::Figure{40, false});
  CHECK(n.queue_time_s.max == Distribution::Figure{70, true});
  CHECK(n.queue_time_s.mean.value == Approx(110.0 / 3));
  CHECK(n.queue_time_s.mean.lower_bound);
  // It waited 70 of the 1000 s, the second job 40.
  CHECK(n.queue_length_mean == Approx(0.11));
  CHECK(n.oldest_queued_age_s == 0);
}

TEST_CASE("unserved demand is weighted by the accelerator waited for, or by the mean of all", "[metrics][patience]") {
  Script script(scenario_of({{.count = 10, .h100_equivalent = 2.0}, {.count = 30, .h100_equivalent = 1.0}}, 1000));
  const JobSpec spec{.accelerators = 4, .runtime_s = 1800, .walltime_s = 3600};
  const JobIndex at_first = script.submit(0, spec);
  script.queue(0, at_first, 0);
  const JobIndex nowhere = script.submit(0, spec);
  script.leave(10, at_first);
  script.leave(10, nowhere);
  const Results results = script.end(1000);
  // 4 x 0.5 h x 2 = 4 at the first site; the mean is (10 x 2 + 30 x 1) / 40 = 1.25: 4 x 0.5 x 1.25 = 2.5.
  CHECK(results.network.unserved_h100_equivalent_hours == Approx(6.5));
  CHECK(results.sites[0].unserved_h100_equivalent_hours == Approx(4.0));
  CHECK(results.sites[0].jobs.left == 1);
}

TEST_CASE("the share started within the target is exact once it is decided, else a lower bound", "[metrics][target]") {
  auto scenario = scenario_of({{}}, 1000);
  scenario.scheduling.target_queue_time = Seconds{50};
  Script script(scenario);
  script.run(0, 50, 60);               // just in time
  script.run(0, 51, 60);               // too late
  script.refuse(5, script.submit(5));  // does not count
  const JobIndex gone = script.submit(10);
  script.leave(20, gone);                 // never started
  script.queue(900, script.submit(900));  // 100 s old at the end: too late already
  script.queue(960, script.submit(960));  // 40 s old at the end: may still be in time
  const Block n = script.end(1000).network;
  CHECK(n.started_within_target == Distribution::Figure{0.2, true, 0.4});  // 1 or 2 of 5

  Script decided(scenario);
  decided.run(0, 50, 60);
  decided.run(0, 51, 60);
  CHECK(decided.end(1000).network.started_within_target == Distribution::Figure{0.5, false});
  Script empty(scenario);
  CHECK_FALSE(measured(metric_called("started_within_target"), empty.end(1000).network));
}

TEST_CASE("trusted utilisation has no value where nothing is trusted", "[metrics][trusted]") {
  Script script(scenario_of({{}}, 100));
  CHECK_FALSE(measured(metric_called("trusted_utilisation"), script.end(100).network));
}

TEST_CASE("the wait premium of sensitive jobs is their mean wait less that of all others", "[metrics][trusted]") {
  auto scenario = scenario_of({{.count = 64, .pod = 64}}, 1000);
  scenario.sites[0].partitions[0].trusted = true;
  scenario.workload.streams.push_back(scenario.workload.streams[0]);
  scenario.workload.streams[1].name = "health";
  scenario.workload.streams[1].sensitive = true;
  Script script(scenario);
  script.run(0, 10, 50);
  script.run(0, 20, 60);
  script.run(0, 60, 70);
  script.run(0, 100, 110, {.stream = 1});
  script.run(0, 40, 50, {.stream = 1});
  // (100 + 40) / 2 less (10 + 20 + 60) / 3.
  CHECK(script.end(1000).network.trusted_wait_premium_s == Distribution::Figure{40, false});

  Script waiting(scenario);
  waiting.run(0, 10, 50);
  waiting.queue(900, waiting.submit(900, {.stream = 1}));  // 100 s old at the end
  CHECK(waiting.end(1000).network.trusted_wait_premium_s == Distribution::Figure{90, true});

  Script unknown(scenario);
  unknown.queue(0, unknown.submit(0));  // how long the others wait is not known
  unknown.queue(0, unknown.submit(0, {.stream = 1}));
  CHECK_FALSE(unknown.end(1000).network.trusted_wait_premium_s.has_value());

  Script alone(scenario);
  alone.run(0, 10, 50);
  CHECK_FALSE(measured(metric_called("trusted_wait_premium"), alone.end(1000).network));
}

TEST_CASE("a job that left cannot start, and one that runs cannot leave", "[metrics][patience][conservation]") {
  Script started(scenario_of({{}}, 100));
  const JobIndex gone = started.submit(0);
  started.leave(1, gone);
  started.start(2, gone);
  CHECK(message_of(started) == "job 0 was started while it is gone, not waiting");

  Script left(scenario_of({{}}, 100));
  const JobIndex running = left.submit(0);
  left.start(1, running);
  left.leave(2, running);
  CHECK(message_of(left) == "job 0 was leaving while it is running, not waiting");
}

TEST_CASE("a sensitive job on whole nodes that are wiped balances", "[metrics][trusted][conservation]") {
  Script script(trusted_scenario());
  const JobIndex job = script.submit(0, {.accelerators = 5});
  script.start_in(0, job, {0, 0}, {{0, 8}});
  script.finish(50, job);
  script.wipe(60, job);
  CHECK(script.end(100).network.held_idle_accelerator_hours == Approx((3 * 50 + 8 * 10) / 3600.0));
}

TEST_CASE("a sensitive job outside of trusted partitions or not on whole nodes breaks the run",
          "[metrics][trusted][conservation]") {
  auto untrusted = trusted_scenario();
  untrusted.sites[0].partitions[0].trusted = false;
  untrusted.sites[0].partitions[0].wipe = Seconds{0};
  Script outside(untrusted);
  outside.start_in(0, outside.submit(0, {.accelerators = 4}), {0, 0}, {{0, 4}});
  CHECK(message_of(outside) ==
        "job 1 of stream all ran in partition booster of site s0 on 4 accelerators, where or as it may not");

  Script part(trusted_scenario());
  part.start_in(0, part.submit(0, {.accelerators = 5}), {0, 0}, {{0, 5}});
  CHECK(message_of(part) ==
        "job 1 of stream all ran in partition booster of site s0 on 5 accelerators, where or as it may not");
}

TEST_CASE("another job on a partition for sensitive jobs, or on more than it asked for, breaks the run",
          "[metrics][trusted][conservation]") {
  auto only = trusted_scenario();
  only.workload.streams[0].sensitive = false;
  only.sites[0].partitions[0].trusted_only = true;
  Script other(only);
  other.start_in(0, other.submit(0, {.accelerators = 4}), {0, 0}, {{0, 4}});
  CHECK_FALSE(message_of(other).empty());

  Script too_many(scenario_of({{}}, 100));
  too_many.start_in(0, too_many.submit(0, {.accelerators = 4}), {0, 0}, {{0, 5}});
  CHECK_FALSE(message_of(too_many).empty());
}

TEST_CASE("accelerators that are given back before they are wiped, or never were held, break the run",
          "[metrics][trusted][conservation]") {
  Script script(trusted_scenario());
  const JobIndex job = script.submit(0, {.accelerators = 4});
  script.start_in(0, job, {0, 0}, {{0, 4}});
  script.wipe(20, job);
  CHECK(message_of(script) == "the accelerators of job 0 were wiped, but it holds none or has not ended");
}
