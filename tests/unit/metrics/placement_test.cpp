#include <catch2/catch.hpp>

#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;
using gigasim::workload::Ending;

namespace {

/// Two sites of 10 on the equator, at 0 and at 1 degree east; users in AT at 0 degrees, in BE at 2, in CY nowhere.
gigasim::scenario::Scenario on_the_equator(double warm_up_s = 0.0) {
  gigasim::scenario::Scenario scenario = scenario_of({{}, {}}, kHour, warm_up_s);
  scenario.sites[0].location = {0.0, 0.0};
  scenario.sites[1].location = {0.0, 1.0};
  scenario.workload.origin_places = {{"AT", {0.0, 0.0}}, {"BE", {0.0, 2.0}}};
  return scenario;
}

const std::vector<std::string> kCountries{"AT", "BE", "CY"};

// 1 degree of a circle of radius 6371 km: 6371 pi / 180 = 111.1949 km, rounded to 1 m.
constexpr double kDegree = 111.195;

}  // namespace

TEST_CASE("the mean distance is that between origin and site, over the jobs that have both", "[metrics][distance]") {
  Script script(on_the_equator(), kCountries);
  script.run(0, 0, 60, {.origin = 0}, 0);   // 0 degrees
  script.run(0, 0, 60, {.origin = 0}, 1);   // 1 degree
  script.run(0, 0, 60, {.origin = 1}, 0);   // 2 degrees: 222.390 km
  script.run(0, 0, 60, {.origin = -1}, 1);  // no origin
  script.run(0, 0, 60, {.origin = 2}, 1);   // an origin without a place
  script.refuse(30, script.submit(30, {.accelerators = 99, .origin = 1}));
  const Results results = script.end(kHour);
  CHECK(results.network.distance_km.count == 3);
  CHECK(results.network.distance_km.value == Approx((0.0 + 111.195 + 222.390) / 3).epsilon(1e-12));
  CHECK(block(results.sites, "s1").distance_km == Mean{1, kDegree});
  CHECK(block(results.origins, "AT").distance_km.value == Approx(kDegree / 2).epsilon(1e-12));
  CHECK(block(results.origins, "CY").distance_km.count == 0);
}

TEST_CASE("a job counts with the site it was sent to last, waiting or not, from the results period on",
          "[metrics][distance]") {
  Script script(on_the_equator(600), kCountries);
  script.run(0, 0, 60, {.origin = 1}, 0);  // in the warm-up
  const JobIndex moved = script.submit(700, {.origin = 0});
  script.queue(700, moved, 0);
  script.queue(800, moved, 1);
  const Results results = script.end(kHour);
  CHECK(results.network.distance_km == Mean{1, kDegree});
}

TEST_CASE("pods per job is the mean over jobs that have started", "[metrics][pods]") {
  gigasim::scenario::Scenario scenario = scenario_of({{.count = 30, .pod = 10}}, kHour, 600);
  Script script(scenario);
  script.run(0, 0, 60);  // in the warm-up: left out
  const JobIndex wide = script.submit(700, {.accelerators = 25});
  script.queue(700, wide);
  script.start_in(700, wide, {0, 0}, {{0, 10}, {1, 10}, {2, 5}});
  const JobIndex narrow = script.submit(700, {.accelerators = 5});
  script.queue(700, narrow);
  script.start_in(700, narrow, {0, 0}, {{2, 5}});
  script.queue(800, script.submit(800));  // still waits
  const Results results = script.end(kHour);
  CHECK(results.network.pods_per_job == Mean{2, (3 + 1) / 2.0});
}

TEST_CASE("walltime accuracy is the mean of planned run over request", "[metrics][walltime]") {
  Script script(scenario_of({{}}, kHour));
  script.run(0, 0, 60, {.runtime_s = 60, .walltime_s = 240});    // 1/4
  script.run(0, 0, 100, {.runtime_s = 500, .walltime_s = 100});  // stopped at its walltime: 1
  script.submit(50, {.runtime_s = 300, .walltime_s = 400});      // waits: 3/4
  script.submit(60, {.runtime_s = 0, .walltime_s = 0});          // asks for nothing
  script.refuse(70, script.submit(70, {.runtime_s = 100, .walltime_s = 800}));
  const Results results = script.end(kHour);
  CHECK(results.network.walltime_accuracy == Mean{3, (0.25 + 1.0 + 0.75) / 3.0});
}

TEST_CASE("without a sample there is no mean", "[metrics][distance][pods][walltime]") {
  Script script(on_the_equator(), kCountries);
  const Results results = script.end(kHour);
  CHECK(results.network.distance_km == Mean{});
  CHECK(results.network.pods_per_job == Mean{});
  CHECK(results.network.walltime_accuracy == Mean{});
}

TEST_CASE("failed and cancelled jobs are finished ones; a killed job is neither", "[metrics][endings]") {
  Script script(scenario_of({{}}, kHour));
  script.run(0, 0, 60, {.ending = Ending::kFailed});
  script.run(0, 0, 60, {.ending = Ending::kCancelled});
  script.run(0, 0, 60, {.ending = Ending::kCancelled});
  script.run(0, 0, 60);
  const JobIndex killed = script.submit(100, {.ending = Ending::kFailed});
  script.start(100, killed);
  script.kill(200, killed);
  const Results results = script.end(kHour);
  CHECK(results.network.jobs == JobCounts{.submitted = 5, .finished = 4, .killed = 1, .failed = 1, .cancelled = 2});
}
