#include "moulder.hpp"

#include <catch2/catch.hpp>

#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::simulate;
using test::site;
using test::world;
using units::Seconds;

namespace {

scenario::Scenario moldable(scenario::Scenario s, std::int64_t min, std::int64_t max, scenario::SpeedUp speed_up = {}) {
  s.workload.streams.resize(2);
  s.workload.streams[1].name = "moldable";
  s.workload.streams[1].moldable = scenario::Moulding{min, max, std::move(speed_up)};
  return s;
}

std::int64_t accelerators_of(const test::Fate& fate) {
  std::int64_t sum = 0;
  for (const auto& share : fate.pods) sum += share.accelerators;
  return sum;
}

}  // namespace

TEST_CASE("a moldable job takes the size with the earliest estimated end", "[engine][moldable]") {
  // 16 accelerators, 12 held until 100. The job comes at 10, takes 400 s on one and scales linearly: at 1, 2, 4 it can
  // start at once and would end at 410, 210, 110; at 8 and 16 it would start at 100 and end at 150 and 125. So 4.
  const auto s = moldable(world({site("a", {partition(16, 16)})}), 1, 16);
  const auto seen = simulate(s, {job(0, 12, 100, 100), test::in_stream(1, job(10, 1, 400, 400))});
  CHECK(accelerators_of(seen.fate.at(1)) == 4);
  CHECK(seen.fate.at(1).start == 10);
  CHECK(seen.fate.at(1).end == 110);
}

TEST_CASE("a moldable job waits for a larger size where that ends sooner", "[engine][moldable]") {
  const auto s = moldable(world({site("a", {partition(16, 16)})}), 1, 16);
  // With 13 held until 100, 3 are free: at 2 it ends at 200, at 16 from 100 to 125.
  const auto later = simulate(s, {job(0, 13, 100, 100), test::in_stream(1, job(0, 1, 400, 400))});
  CHECK(accelerators_of(later.fate.at(1)) == 16);
  CHECK(later.fate.at(1).start == 100);
  CHECK(later.fate.at(1).end == 125);
}

TEST_CASE("of two sizes that end together the smaller one is taken", "[engine][moldable]") {
  // No speed-up beyond 2: 100 s on 2, 4 and 8 alike.
  scenario::SpeedUp flat;
  flat.law = scenario::SpeedUp::Law::kPoints;
  flat.points = {{1, 1.0}, {2, 2.0}};
  const auto s = moldable(world({site("a", {partition(16, 16)})}), 1, 8, flat);
  const auto seen = simulate(s, {test::in_stream(1, job(0, 1, 200, 200))});
  CHECK(accelerators_of(seen.fate.at(0)) == 2);
  CHECK(seen.fate.at(0).end == 100);
}

TEST_CASE("earliest_start compares estimated ends over sites and sizes", "[engine][moldable]") {
  // a: 4 free now; b: 16, all held until 60. The job takes 400 s on one: at a on 4 it would end at 100; at b on 16 it
  // would run from 60 to 85.
  auto s = moldable(world({site("a", {partition(4, 4)}), site("b", {partition(16, 16)})}), 4, 16);
  s.scheduling.broker = "earliest_start";
  const auto seen = simulate(s, {job(0, 16, 60, 60), test::in_stream(1, job(0, 1, 400, 400))});
  CHECK(seen.fate.at(0).site == 1);
  CHECK(seen.fate.at(1).site == 1);
  CHECK(accelerators_of(seen.fate.at(1)) == 16);
  CHECK(seen.fate.at(1).end == 85);
}

TEST_CASE("estimated ends of moldable jobs count the speed of each queue", "[engine][moldable][speed]") {
  // As above, but b at half the speed: on 16 from 60 to 60 + 25 / 0.5 = 110, so 4 at a, until 100. The decision is
  // recorded with the start that was expected.
  auto s = moldable(world({site("a", {partition(4, 4)}), site("b", {partition(16, 16)})}), 4, 16);
  s.scheduling.broker = "earliest_start";
  s.sites[0].partitions[0].accelerator = "fast";
  s.sites[1].partitions[0].accelerator = "slow";
  s.workload.streams[1].needs.accelerators = {{"fast", 1.0}, {"slow", 0.5}};
  test::ListedJobs source(
      {job(0, 16, 60, 60), test::in_stream(1, job(0, 1, 400, 400)), test::in_stream(1, job(1, 1, 400, 400))});
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  const auto results = recorder.results({}, {});
  CHECK(results.jobs[1].place.site == 0);
  CHECK(results.jobs[1].accelerators == 4);
  CHECK(results.jobs[1].end == Seconds{100});
  CHECK(results.jobs[1].decision.expected_start == Seconds{0});
  CHECK(results.jobs[1].decision.speed == 1.0);
  // At 1 the earliest start is at b, at 60; of the ends there that on 16 is the first: 110.
  CHECK(results.jobs[2].place.site == 1);
  CHECK(results.jobs[2].accelerators == 16);
  CHECK(results.jobs[2].end == Seconds{110});
  CHECK(results.jobs[2].decision.expected_start == Seconds{60});
  CHECK(results.jobs[2].decision.speed == 0.5);
}

TEST_CASE("a size is chosen anew when a job is brokered anew", "[engine][moldable]") {
  // a (8) is held until 100, when it goes offline: the job was to have 8 there and run from 100 to 108. At b there are
  // 2, free since 50: on these it takes 8 x 8 / 2 = 32 s.
  auto s = moldable(world({site("a", {partition(8, 8)}), site("b", {partition(2, 2)})}), 2, 8);
  s.scheduling.broker = "round_robin";
  s.sites[0].offline = s.period.start + Seconds{100};
  const auto seen = simulate(s, {job(0, 8, 100, 100), job(0, 2, 50, 50), test::in_stream(1, job(0, 8, 8, 8))});
  CHECK(seen.fate.at(2).site == 1);
  CHECK(accelerators_of(seen.fate.at(2)) == 2);
  CHECK(seen.fate.at(2).start == 100);
  CHECK(seen.fate.at(2).end == 132);
}

TEST_CASE("records hold the size that was chosen and the time that it takes", "[engine][moldable]") {
  const auto s = moldable(world({site("a", {partition(16, 16)})}), 4, 16);
  test::ListedJobs source({test::in_stream(1, job(0, 8, 100, 120))});
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  const auto results = recorder.results({}, {});
  // 100 s and 120 s on 8 are 50 s and 60 s on 16.
  CHECK(results.jobs[0].accelerators == 16);
  CHECK(results.jobs[0].runtime == Seconds{50});
  CHECK(results.jobs[0].walltime == Seconds{60});
  CHECK(*results.jobs[0].end == Seconds{50});
}

TEST_CASE("a moldable job that fits nowhere is refused at its smallest size", "[engine][moldable]") {
  const auto s = moldable(world({site("a", {partition(4, 4)})}), 8, 16);
  const auto seen = simulate(s, {test::in_stream(1, job(0, 8, 100, 100))});
  CHECK(seen.fate.at(0).outcome == "larger than any partition");
}

TEST_CASE("a moldable job takes the largest size where the scenario says so", "[engine][moldable]") {
  // 16 accelerators, 12 held until 100. 400 s on one: the earliest end is at 4, at once, from 10 to 110; the largest is
  // 16, from 100 to 125.
  auto s = moldable(world({site("a", {partition(16, 16)})}), 1, 16);
  s.workload.streams[1].moldable->pick = scenario::SizePick::kLargest;
  const auto seen = simulate(s, {job(0, 12, 100, 100), test::in_stream(1, job(10, 1, 400, 400))});
  CHECK(accelerators_of(seen.fate.at(1)) == 16);
  CHECK(seen.fate.at(1).start == 100);
  CHECK(seen.fate.at(1).end == 125);
}

TEST_CASE("sizes that scale too badly are not taken, the smallest always may be", "[engine][moldable]") {
  // 10 % are serial: S(n) / n = 1 / (0.1 n + 0.9) is 1, 0.91, 0.77, 0.59 and 0.4 at 1, 2, 4, 8 and 16. From 1,000 s on
  // one the earliest end at 60 % is at 4: 1,000 x (0.1 + 0.9 / 4) = 325 s.
  scenario::SpeedUp amdahl;
  amdahl.law = scenario::SpeedUp::Law::kAmdahl;
  amdahl.parameter = 0.1;
  auto s = moldable(world({site("a", {partition(16, 16)})}), 1, 16, amdahl);
  s.workload.streams[1].moldable->min_efficiency = 0.6;
  CHECK(s.workload.streams[1].moldable->candidates() == std::vector<std::int64_t>{1, 2, 4});
  const auto seen = simulate(s, {test::in_stream(1, job(0, 1, 1000, 1000))});
  CHECK(accelerators_of(seen.fate.at(0)) == 4);
  CHECK(seen.fate.at(0).end == Approx(325).margin(0.001));
  s.workload.streams[1].moldable->min = 8;
  CHECK(s.workload.streams[1].moldable->candidates() == std::vector<std::int64_t>{8});
}
