#include <catch2/catch.hpp>

#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;

namespace {}  // namespace

TEST_CASE("the hourly series holds the means of every hour of the run, the warm-up included", "[metrics][hourly]") {
  Script script(scenario_of({{.idle_w = 100, .full_w = 600, .pue = 2.0}}, 2 * kHour, kHour));
  const JobIndex job = script.submit(0.5 * kHour, {.accelerators = 4});
  script.queue(0.5 * kHour, job);   // waits over [0.5 h, 1.25 h)
  script.start(1.25 * kHour, job);  // runs over [1.25 h, 3 h)
  script.online(2.5 * kHour, 6);
  const Results results = script.end(3 * kHour);
  REQUIRE(results.timeseries.size() == 3);
  const std::vector<double> queue{0.5, 0.25, 0.0};
  const std::vector<double> busy{0.0, 3.0, 4.0};
  const std::vector<double> online{10.0, 10.0, 8.0};
  for (std::size_t h = 0; h < 3; ++h) {
    const SeriesRow& row = results.timeseries[h];
    CHECK(row.hour == static_cast<std::int64_t>(h));
    CHECK(row.site == 0);
    CHECK(row.queue_length == Approx(queue[h]));
    CHECK(row.busy_accelerators == Approx(busy[h]));
    CHECK(row.online_accelerators == Approx(online[h]));
    CHECK(row.it_power_mw == Approx((100 * online[h] + 500 * busy[h]) / 1e6));  // IT: without the PUE
  }
}

TEST_CASE("hours without any event have their rows too", "[metrics][hourly]") {
  Script script(scenario_of({{}}, 100 * kHour));
  script.start(0, script.submit(0, {.accelerators = 7}));
  const Results results = script.end(100 * kHour);
  REQUIRE(results.timeseries.size() == 100);
  for (const SeriesRow& row : results.timeseries) CHECK(row.busy_accelerators == 7.0);
}

TEST_CASE("the last part of an hour is a mean over that part", "[metrics][hourly]") {
  Script script(scenario_of({{}}, 10 * kHour));
  script.run(kHour, kHour, 1.25 * kHour, {.accelerators = 2});
  const Results results = script.end(1.5 * kHour, true);
  REQUIRE(results.timeseries.size() == 2);
  CHECK(results.timeseries[1].busy_accelerators == Approx(1.0));  // 2 over one of two quarters
}

TEST_CASE("rows come hour by hour, sites in order, antennas left out", "[metrics][hourly]") {
  gigasim::scenario::Scenario scenario = scenario_of({{}, {}}, 2 * kHour);
  gigasim::scenario::Site antenna;
  antenna.name = "antenna";
  scenario.sites.insert(scenario.sites.begin() + 1, antenna);
  const Results results = Script(scenario).end(2 * kHour);
  std::vector<std::pair<std::int64_t, std::int32_t>> order;
  for (const SeriesRow& row : results.timeseries) order.emplace_back(row.hour, row.site);
  CHECK(order == std::vector<std::pair<std::int64_t, std::int32_t>>{{0, 0}, {0, 2}, {1, 0}, {1, 2}});
}

TEST_CASE("the hourly series sums to the hours of the block", "[metrics][hourly]") {
  Script script(scenario_of({{}}, 5 * kHour));
  script.run(100, 1234.5, 9876.5, {.accelerators = 3});
  script.run(200, 4321.25, 17999, {.accelerators = 2});
  const Results results = script.end(5 * kHour);
  double hours = 0.0;
  for (const SeriesRow& row : results.timeseries) hours += row.busy_accelerators;
  CHECK(hours == Approx(results.network.accelerator_hours).epsilon(1e-12));
}
