#include <catch2/catch.hpp>

#include "gigasim/units/calendar.hpp"
#include "run_script.hpp"

using namespace gigasim;
using namespace gigasim::metrics;
using namespace gigasim::metrics::script;

namespace {

constexpr double kOneDay = 86400.0;

scenario::Scenario from(std::string_view start, double days, const Machine& machine) {
  scenario::Scenario scenario = scenario_of({machine}, days * kOneDay);
  scenario.period.start = units::parse_date(start)->best;
  return scenario;
}

}  // namespace

TEST_CASE("quarters tell jobs by submission, and hours, waiting and power by what happened in them",
          "[metrics][quarters]") {
  // 2027-02-01 to 2027-07-01: 59 d in the first quarter, 91 d in the second. Ten accelerators; five from day 100 on.
  Script script(from("2027-02-01", 150, {.count = 10, .pod = 10, .idle_w = 100, .full_w = 1000}));
  script.run(58 * kOneDay, 60 * kOneDay, 61 * kOneDay, {.accelerators = 1});        // waits a day in each quarter
  script.run(58.5 * kOneDay, 58.5 * kOneDay, 60.5 * kOneDay, {.accelerators = 4});  // 0.5 d and 1.5 d
  script.online(100 * kOneDay, 5);
  const Results results = script.end(150 * kOneDay);
  const Block& first = block(results.quarters, "2027-Q1");
  const Block& second = block(results.quarters, "2027-Q2");
  CHECK(results.quarters.size() == 2);
  CHECK(first.jobs.submitted == 2);
  CHECK(second.jobs.submitted == 0);
  CHECK(first.queue_time_s.max.value == 2 * kOneDay);
  CHECK(first.accelerator_hours == 4 * 12);
  CHECK(second.accelerator_hours == 4 * 36 + 24);
  CHECK(first.queue_length_mean == Approx(1.0 / 59));
  CHECK(second.queue_length_mean == Approx(1.0 / 91));
  CHECK(first.accelerators_online == 10);
  CHECK(second.accelerators_online == Approx((41 * 10.0 + 50 * 5.0) / 91));
  CHECK(first.peak_power_mw == Approx(4600e-6));   // 1,000 W idle and 4 x 900 W
  CHECK(second.peak_power_mw == Approx(5500e-6));  // 5 x 900 W
  CHECK(first.it_power_online_mw == Approx(0.01));
  // Idle power of what is online, and 900 W more for what is busy.
  CHECK(first.energy_it_mwh == Approx((59 * 24 * 1000.0 + 48 * 900.0) * 1e-6));
  CHECK(block(results.years, "2027").accelerator_hours == 48 + 168);
  CHECK(block(results.years, "2027").peak_power_mw == second.peak_power_mw);
  CHECK(block(results.years, "2027").accelerator_hours == results.network.accelerator_hours);
  CHECK(block(results.years, "2027").energy_it_mwh == Approx(results.network.energy_it_mwh));
}

TEST_CASE("results of less than 90 days have no quarters", "[metrics][quarters]") {
  Script script(from("2027-02-01", 89, {}));
  const Results results = script.end(89 * kOneDay);
  CHECK(results.quarters.empty());
  CHECK(results.years.empty());
}

TEST_CASE("a run that is stopped tells the quarters that it reached", "[metrics][quarters]") {
  Script script(from("2027-10-01", 300, {}));
  const Results results = script.end(100 * kOneDay, true);  // 92 d, and 8 d of the next year
  REQUIRE(results.quarters.size() == 2);
  CHECK(results.quarters[0].accelerator_hours_available == 92 * 24 * 10);
  CHECK(results.quarters[1].accelerator_hours_available == 8 * 24 * 10);
  CHECK(results.years.size() == 2);
}

TEST_CASE("a delay of nine months loses exactly the hours of nine months", "[metrics][quarters][delay]") {
  auto scenario = from("2028-01-01", 366, {.count = 1000, .pod = 1000, .h100_equivalent = 2.5});
  auto& partition = scenario.sites[0].partitions[0];
  partition.planned = {{units::parse_date("2028-01-01")->best, 1000}};
  partition.steps = {{units::parse_date("2028-10-01")->best, 1000}};
  Script script(scenario);
  const Results results = script.end(366 * kOneDay);
  // January to September 2028: 31+29+31+30+31+30+31+31+30 = 274 d.
  CHECK(results.network.h100_equivalent_hours_lost_to_delay == 274 * 24 * 2500.0);
  CHECK(block(results.sites, "s0").h100_equivalent_hours_lost_to_delay == 274 * 24 * 2500.0);
  CHECK(block(results.quarters, "2028-Q1").h100_equivalent_hours_lost_to_delay == 91 * 24 * 2500.0);
  CHECK(block(results.quarters, "2028-Q3").h100_equivalent_hours_lost_to_delay == 92 * 24 * 2500.0);
  CHECK(block(results.quarters, "2028-Q4").h100_equivalent_hours_lost_to_delay == 0);
}

TEST_CASE("what is cancelled is lost from its planned date on", "[metrics][quarters][delay]") {
  auto scenario = from("2028-01-01", 366, {.count = 1000, .pod = 1000});
  auto& partition = scenario.sites[0].partitions[0];
  partition.planned = {{units::parse_date("2028-12-31")->best, 400}};
  partition.cancelled = true;
  Script script(scenario);
  const Results results = script.end(366 * kOneDay);
  CHECK(results.network.h100_equivalent_hours_lost_to_delay == 24 * 400.0);
}
