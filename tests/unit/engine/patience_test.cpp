#include <catch2/catch.hpp>
#include <random>

#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::simulate;
using test::site;
using test::world;

namespace {

workload::Job impatient_job(double submit, std::int64_t accelerators, double runtime, double patience) {
  workload::Job j = job(submit, accelerators, runtime, runtime);
  j.patience = units::Seconds{patience};
  return j;
}

}  // namespace

TEST_CASE("a job leaves when its patience is over, and waits for ever without one", "[engine][patience]") {
  const auto seen = simulate(world({site("a", {partition(1, 1)})}),
                             {job(0, 1, 100, 100), impatient_job(5, 1, 50, 30), job(6, 1, 50, 50)});
  CHECK(seen.fate.at(1).outcome == "left");
  CHECK(seen.fate.at(1).end == 35);  // 5 + 30
  CHECK(seen.fate.at(1).start == -1);
  CHECK(seen.fate.at(2).start == 100);
}

TEST_CASE("a job that can start at the very instant its patience ends starts", "[engine][patience]") {
  const auto seen = simulate(world({site("a", {partition(1, 1)})}),
                             {job(0, 1, 100, 100), impatient_job(40, 1, 50, 60), impatient_job(40, 1, 50, 60)});
  CHECK(seen.fate.at(1).start == 100);
  CHECK(seen.fate.at(2).outcome == "left");  // for the second there is no room at 100
  CHECK(seen.story == std::vector<std::string>{"submit 0 @ 0", "start 0 @ 0", "submit 1 @ 40", "submit 2 @ 40",
                                               "end 0 @ 100", "start 1 @ 100", "leave 2 @ 100", "end 1 @ 150"});
}

TEST_CASE("those behind a job that leaves start at that instant", "[engine][patience]") {
  auto s = world({site("a", {partition(4, 4)})});
  s.scheduling.queue_policy = "fcfs";
  // Two are free; the head wants four and blocks the third job until it leaves at 11.
  const auto seen = simulate(s, {job(0, 2, 100, 100), impatient_job(1, 4, 50, 10), job(2, 2, 50, 50)});
  CHECK(seen.fate.at(1).outcome == "left");
  CHECK(seen.fate.at(2).start == 11);
}

TEST_CASE("a job leaves before any site is online, and patience counts from submission when a site goes offline",
          "[engine][patience][calendar]") {
  auto s = world({site("a", {partition(1, 1)}), site("b", {partition(1, 1)})});
  s.scheduling.broker = "round_robin";
  s.sites[0].online = s.sites[1].online = s.period.start + units::Seconds{100};
  s.sites[0].offline = s.period.start + units::Seconds{300};
  const auto seen = simulate(s, {impatient_job(0, 1, 10, 50),                   // leaves at 50, nowhere yet
                                 job(100, 1, 200, 200), job(100, 1, 400, 400),  // run at a and at b
                                 impatient_job(110, 1, 10, 200)});              // waits at a, from 300 on at b
  CHECK(seen.fate.at(0).outcome == "left");
  CHECK(seen.fate.at(0).end == 50);
  CHECK(seen.fate.at(0).site == -1);
  CHECK(seen.fate.at(3).outcome == "left");
  CHECK(seen.fate.at(3).site == 1);
  CHECK(seen.fate.at(3).end == 310);  // 110 + 200: what it waited at a counts
}

TEST_CASE("a patience that is not needed does not prolong a drained run", "[engine][patience]") {
  const auto seen = simulate(world({site("a", {partition(1, 1)})}), {impatient_job(0, 1, 10, 1e6)});
  CHECK(seen.fate.at(0).end == 10);
  CHECK(seen.ended_at == 10);
}

TEST_CASE("random runs with impatient jobs conserve, and nobody waits longer than it has patience",
          "[engine][patience][property]") {
  std::mt19937 random(11);
  auto s = world({site("a", {partition(20, 8), partition(9, 4)}), site("b", {partition(16, 16)})});
  s.scheduling.broker = "least_loaded";
  s.sites[1].online = s.period.start + units::Seconds{2000};
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 2000; ++i) {
    submit += static_cast<double>(random() % 8192) / 1024.0;
    const double runtime = static_cast<double>(random() % 100'000) / 1024.0;
    jobs.push_back(job(submit, 1 + static_cast<std::int64_t>(random() % 20), runtime, runtime + 3));
    if (random() % 4 != 0) jobs.back().patience = units::Seconds{static_cast<double>(random() % 200'000) / 1024.0};
  }
  test::ListedJobs source(jobs);
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  const auto results = recorder.results({}, {});  // throws when the books do not balance
  const metrics::JobCounts& count = results.network.jobs;
  CHECK(count.left > 100);
  CHECK(count.finished > 100);
  CHECK(count.submitted == count.finished + count.left);
  double unserved = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const metrics::JobRecord& record = results.jobs[i];
    const units::Seconds waited = (record.start ? *record.start : record.end.value()) - record.submit;
    REQUIRE(waited <= jobs[i].patience);
    if (record.start) continue;
    REQUIRE(waited == jobs[i].patience);
    unserved += static_cast<double>(record.accelerators) * record.runtime.in_base_units() / 3600;
  }
  CHECK(results.network.unserved_h100_equivalent_hours == Approx(unserved));  // all are H100
}
