#include "conservation.hpp"

#include <catch2/catch.hpp>

#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;

namespace {

/// The message with which a run ended at `at` fails; empty when it does not.
std::string fault_of(Script& script, double at = 100) {
  try {
    static_cast<void>(script.end(at));
  } catch (const ConservationError& error) {
    return error.what();
  }
  return {};
}

gigasim::scenario::Scenario drained() {
  gigasim::scenario::Scenario scenario = scenario_of({{}}, 0);
  scenario.period.until_drained = true;
  return scenario;
}

}  // namespace

TEST_CASE("a job that starts twice breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  const JobIndex job = script.submit(0);
  script.start(1, job);
  script.start(2, job);
  CHECK(fault_of(script) == "job 0 was started while it is running, not waiting");
}

TEST_CASE("a job that starts before it is submitted breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  script.recorder().job_started(0, {0, 0}, std::vector<PodShare>{{0, 1}}, gigasim::units::Seconds{1});
  CHECK(fault_of(script) == "job 0 was started before it was submitted: 0 jobs are known");
}

TEST_CASE("a job told at another time than its submit time breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  gigasim::workload::Job job;
  job.submit = gigasim::units::Seconds{9};
  script.recorder().job_submitted(0, job, gigasim::units::Seconds{4});
  CHECK(fault_of(script) == "job 0 was submitted at 4 s, but its submit time is 9 s");
}

TEST_CASE("a job that is lost between its submission and the table breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  gigasim::workload::Job job;
  job.submit = gigasim::units::Seconds{4};
  script.recorder().job_submitted(1, job, gigasim::units::Seconds{4});
  CHECK(fault_of(script) == "job 1 was submitted, but 0 jobs are known: one is lost or told twice");
}

TEST_CASE("a job whose end is lost breaks a run that is drained", "[metrics][conservation]") {
  Script script(drained());
  script.start(0, script.submit(0));
  script.run(0, 5, 90);
  CHECK(fault_of(script) ==
        "jobs do not balance: the run has drained, but some jobs never ended: 2 submitted, 1 finished, 0 killed, 0 "
        "refused, 0 left, "
        "1 running, 0 queued");
}

TEST_CASE("a drained run that was interrupted may hold jobs", "[metrics][conservation]") {
  Script script(drained());
  script.start(0, script.submit(0));
  CHECK(script.end(10, true).network.jobs.running == 1);
}

TEST_CASE("more accelerators busy in a pod than it has breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{.count = 10, .pod = 4}}, 100));  // pods of 4, 4 and 2
  const JobIndex fits = script.submit(0, {.accelerators = 2});
  const JobIndex too_much = script.submit(0, {.accelerators = 1});
  script.start_in(0, fits, {0, 0}, {{2, 2}});
  script.start_in(0, too_much, {0, 0}, {{2, 1}});
  CHECK(fault_of(script) == "pod 2 of partition booster of site s0: 3 accelerators are busy, it has 2");
}

TEST_CASE("a pod that does not exist breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{.count = 10, .pod = 4}}, 100));
  script.start_in(0, script.submit(0), {0, 0}, {{3, 1}});
  CHECK(fault_of(script) ==
        "partition booster of site s0: a job holds 1 accelerators of pod 3, but the pods are 0 to 2");
}

TEST_CASE("a start on accelerators that are not online breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  script.online(0, 3);
  script.start(5, script.submit(5, {.accelerators = 4}));
  CHECK(fault_of(script) == "partition booster of site s0: a start makes 4 accelerators busy, 3 are online");
}

TEST_CASE("accelerators that go offline under a job break the run unless the job ends at that instant",
          "[metrics][conservation]") {
  Script broken(scenario_of({{}}, 100));
  broken.start(0, broken.submit(0, {.accelerators = 4}));
  broken.online(50, 3);
  CHECK(fault_of(broken) == "partition booster of site s0: 4 accelerators are busy, 3 are online, from 50 s on");

  Script sound(scenario_of({{}}, 100));
  const JobIndex job = sound.submit(0, {.accelerators = 4});
  sound.start(0, job);
  sound.online(50, 0);
  sound.kill(50, job);
  CHECK(fault_of(sound).empty());
}

TEST_CASE("a job that holds another number of accelerators than it asked for breaks the run",
          "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  script.start_in(0, script.submit(0, {.accelerators = 4}), {0, 0}, {{0, 3}});
  CHECK(fault_of(script) == "job 0 holds 3 accelerators, but asked for 4");
}

TEST_CASE("a job that starts at another site than it waits at breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{}, {}}, 100));
  const JobIndex job = script.submit(0);
  script.queue(0, job, 0);
  script.start(1, job, 1);
  CHECK(fault_of(script) == "job 0 started at site 1, but waits at site 0");
}

TEST_CASE("a job that ends twice, unstarted or as something else than an end breaks the run",
          "[metrics][conservation]") {
  Script twice(scenario_of({{}}, 100));
  const JobIndex job = twice.run(0, 0, 10);
  twice.finish(20, job);
  CHECK(fault_of(twice) == "job 0 was ended while it is finished, not running");

  Script unstarted(scenario_of({{}}, 100));
  unstarted.kill(20, unstarted.submit(0));
  CHECK(fault_of(unstarted) == "job 0 was ended while it is waiting, not running");

  Script odd(scenario_of({{}}, 100));
  const JobIndex running = odd.submit(0);
  odd.start(0, running);
  odd.recorder().job_ended(running, Outcome::kQueued, gigasim::units::Seconds{5});
  CHECK(fault_of(odd) == "job 0 ended as waiting");
}

TEST_CASE("a refused job cannot be queued or started", "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  const JobIndex job = script.submit(0);
  script.refuse(0, job);
  script.queue(1, job);
  CHECK(fault_of(script) == "job 0 was queued while it is refused, not waiting");
}

TEST_CASE("a place that does not exist breaks the run", "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  script.queue(0, script.submit(0), 7);
  CHECK(fault_of(script) == "job 0 was sent to partition 0 of site 7, which does not exist");

  Script capacity(scenario_of({{}}, 100));
  capacity.online(0, 5, 1);
  CHECK(fault_of(capacity) == "the capacity of partition 0 of site 1 changed, which does not exist");

  Script excess(scenario_of({{}}, 100));
  excess.online(0, 11);
  CHECK(fault_of(excess) == "partition booster of site s0: 11 accelerators came online, it has 10");
}

TEST_CASE("time that runs backwards or past the end breaks the run", "[metrics][conservation]") {
  Script backwards(scenario_of({{}}, 100));
  backwards.submit(10);
  backwards.submit(9);
  CHECK(fault_of(backwards) == "time ran backwards, from 10 s to 9 s");

  Script late(scenario_of({{}}, 100));
  late.recorder().run_ended(gigasim::units::Seconds{50}, false);
  late.submit(60);
  CHECK(fault_of(late) == "something happened at 60 s, after the end of the run");
}

TEST_CASE("results cannot be asked for before the end of the run, nor twice", "[metrics][conservation]") {
  Script open(scenario_of({{}}, 100));
  CHECK_THROWS_WITH(open.recorder().results({}, {}), "the end of the run was not told");

  Script script(scenario_of({{}}, 100));
  static_cast<void>(script.end(100));
  CHECK_THROWS_AS(script.recorder().results({}, {}), std::logic_error);
}

TEST_CASE("the first fault is the one that is told", "[metrics][conservation]") {
  Script script(scenario_of({{}}, 100));
  const JobIndex job = script.submit(0, {.accelerators = 11});
  script.start(1, job);
  script.start(2, job);
  CHECK(fault_of(script) == "pod 0 of partition booster of site s0: 11 accelerators are busy, it has 10");
}

TEST_CASE("accelerator-ticks that only some of the books know break the run", "[metrics][conservation]") {
  // No sequence of events makes the three books differ, so one of them is written to behind the others' backs.
  Books books(scenario_of({{}}, 100), {});
  books.machines.set_online({0, 0}, 10, 0);
  books.machines.hold({0, 0}, std::vector<PodShare>{{0, 3}}, 1, 0);
  books.machines.hold({0, 0}, std::vector<PodShare>{{0, 3}}, -1, 7);
  check_conservation(books);
  CHECK(books.fault.message() ==
        "partition booster of site s0: accelerator-ticks do not balance: by jobs 0, by pods 21, by partition 21");
}

TEST_CASE("accelerators that are busy without a job break the run", "[metrics][conservation]") {
  Books books(scenario_of({{}}, 100), {});
  books.machines.set_online({0, 0}, 10, 0);
  books.machines.hold({0, 0}, std::vector<PodShare>{{0, 3}}, 1, 0);
  check_conservation(books);
  CHECK(books.fault.message() ==
        "partition booster of site s0: accelerators busy at the end do not balance: jobs 0, pods 3, partition 3");
}

TEST_CASE("a job in the table that no queue knows breaks the run", "[metrics][conservation]") {
  Books books(scenario_of({{}}, 100), {});
  CHECK(books.jobs.submit(0, {}, gigasim::units::Seconds{0}));
  check_conservation(books);
  CHECK(books.fault.message() == "jobs do not balance: 0 wait by the queues, 1 by the job table");
}
