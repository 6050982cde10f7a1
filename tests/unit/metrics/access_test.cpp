#include <catch2/catch.hpp>

#include "run_script.hpp"

using namespace gigasim;
using namespace gigasim::metrics;
using namespace gigasim::metrics::script;

TEST_CASE("time to access is decision, onboarding and queue time, and who still waits makes it a lower bound",
          "[metrics][access]") {
  auto scenario = scenario_of({{}}, 10 * kHour);
  scenario.workload.streams[0].access_class = "aif_fast_lane";
  Script script(scenario);
  // Project 0: applies at 0 h, is decided at 2 h, on board at 3 h; its first job starts at 5 h, its second one at once.
  script.run(3 * kHour, 5 * kHour, 6 * kHour, {.project = 0});
  script.run(4 * kHour, 4 * kHour, 6 * kHour, {.project = 0});
  const auto at = [](double hours) { return units::Seconds{hours * kHour}; };
  // Project 1: applies at 1 h, is decided at 3 h, and waits for the staff at the end, 10 h.
  const Results results =
      script.end(10 * kHour, false, {}, {{0, -1, 0, at(0), at(2), at(3)}, {0, -1, 0, at(1), at(3), std::nullopt}});
  for (const Block* b :
       {&results.network, &block(results.access_classes, "aif_fast_lane"), &block(results.sites, "s0")}) {
    CHECK(b->projects == 2);
    CHECK(b->projects_waiting == 1);
    CHECK(b->decision_time_s.value == 2 * kHour);
    CHECK(b->onboarding_time_s.mean.value == 4 * kHour);  // (1 h + at least 7 h) / 2
    CHECK(b->onboarding_time_s.mean.lower_bound);
    CHECK(b->time_to_access_s.mean.value == 7 * kHour);  // (5 h + at least 9 h) / 2
    CHECK(b->time_to_access_s.median.value == 5 * kHour);
    CHECK_FALSE(b->time_to_access_s.median.lower_bound);
    CHECK(b->time_to_access_s.p95.value == 9 * kHour);
    CHECK(b->time_to_access_s.p95.lower_bound);
  }
}
