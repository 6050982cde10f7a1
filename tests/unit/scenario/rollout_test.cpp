#include "gigasim/scenario/rollout.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace gigasim;
using scenario::CapacityStep;
using Steps = std::vector<CapacityStep>;

namespace {

units::UtcTime date(std::string_view text) {
  return units::parse_date(text)->best;
}

/// One site of 1,000 accelerators of 1 kW at PUE 1.25, with more keys of the site, of its partition and of the file.
scenario::Scenario site_with(std::string_view site, std::string_view partition = "", std::string_view more = "") {
  return load_text(fmt::format(R"(gigasim: 1
period: {{ start: 2027-01-01, length: 2000 d }}
sites:
  - name: athens
    country: GR
    location: [37.7, 24.0]
    pue: 1.25
    {}
    partitions: [{{ name: p, accelerator: GH200, count: 1000, per_node: 4, power: {{ idle: 100 W, full: 1 kW }} {} }}]
workload:
  streams: [{{ name: s, arrivals: {{ rate: 1 jobs/h }}, job: {{ accelerators: 1, runtime: 1 h }}, walltime: exact }}]
{}
)",
                               site, partition, more))
      .scenario;
}

Steps steps_of(const scenario::Scenario& s, std::size_t partition = 0) {
  return capacity_steps(s.sites[0], s.sites[0].partitions[partition]);
}
Steps plan_of(const scenario::Scenario& s) {
  return planned_steps(s.sites[0], s.sites[0].partitions[0]);
}

}  // namespace

TEST_CASE("a site without dates is there from the beginning", "[scenario][rollout]") {
  CHECK(steps_of(site_with("")) == Steps{{scenario::kAlways, 1000}});
}

TEST_CASE("the later of the online dates and the earlier of the offline dates count", "[scenario][rollout]") {
  const auto s = site_with("online: 2028-01-01\n    offline: 2030-01-01", ", online: 2027-06-01, offline: 2029-01-01");
  CHECK(steps_of(s) == Steps{{date("2028-01-01"), 1000}, {date("2029-01-01"), 0}});
  CHECK(plan_of(s) == steps_of(s));
}

TEST_CASE("delays of site and partition add up, and the plan stays", "[scenario][rollout]") {
  const auto s = site_with("online: 2028-01-01\n    delay: 30 d", ", delay: 1 d");
  CHECK(steps_of(s) == Steps{{date("2028-02-01"), 1000}});  // January has 31 days
  CHECK(plan_of(s) == Steps{{date("2028-01-01"), 1000}});
}

TEST_CASE("a connection of exactly the power that all need feeds all, and one watt less does not",
          "[scenario][rollout]") {
  for (int percent = 100; percent <= 160; ++percent) {
    // 1,000 x 700 W x PUE: 7,000 W for each hundredth of the PUE. Few of these PUEs are doubles.
    const auto steps_with = [&](int watts) {
      return steps_of(load_text(fmt::format(R"(gigasim: 1
period: {{ start: 2027-01-01, length: 10 d }}
sites:
  - {{ name: a, country: LU, location: [49.6, 6.1], pue: {}.{:02}, power: {{ connection: {} W }},
      partitions: [{{ accelerator: H100, count: 1000, per_node: 8, power: {{ idle: 100 W, full: 700 W }} }}] }}
workload: {{ streams: [{{ name: s, arrivals: {{ rate: 1 jobs/h }}, job: {{ accelerators: 8, runtime: 2 h }} }}] }}
)",
                                            percent / 100, percent % 100, watts))
                          .scenario);
    };
    INFO("PUE in hundredths: " << percent);
    CHECK(steps_with(7000 * percent) == Steps{{scenario::kAlways, 1000}});
    CHECK(steps_with(7000 * percent - 1) == Steps{{scenario::kAlways, 992}});  // 999 are 124 whole nodes of 8
  }
}

TEST_CASE("a connection feeds whole nodes at full power and PUE, and more after an upgrade", "[scenario][rollout]") {
  // 500 kW / 1.25 = 400 kW: 400 accelerators. 563 kW / 1.25 = 450.4 kW: 450, in whole nodes of four 448.
  const auto s = site_with(R"(power: { connection: 500 kW, upgrades: [
      { name: u1, date: 2028-01-01, connection: 563 kW }, { name: u2, date: 2029-01-01, connection: 2 MW }] })");
  CHECK(steps_of(s) == Steps{{scenario::kAlways, 400}, {date("2028-01-01"), 448}, {date("2029-01-01"), 1000}});
}

TEST_CASE("what came first is fed first, and what goes offline leaves its power to others", "[scenario][rollout]") {
  // 1.25 MW / 1.25 = 1 MW: the old 1,000 x 1 kW take all of it until they leave; the new ones have 700 W each.
  const auto s = load_text(R"(gigasim: 1
period: { start: 2027-01-01, length: 2000 d }
sites:
  - name: athens
    country: GR
    location: [37.7, 24.0]
    pue: 1.25
    power: { connection: 1.25 MW }
    partitions:
      - { name: new, accelerator: GH200, count: 2000, per_node: 4, online: 2028-01-01, power: { idle: 100 W, full: 700 W } }
      - { name: old, accelerator: GH200, count: 1000, per_node: 4, offline: 2029-01-01, power: { idle: 100 W, full: 1 kW } }
workload:
  streams: [{ name: s, arrivals: { rate: 1 jobs/h }, job: { accelerators: 1, runtime: 1 h }, walltime: exact }]
)")
                     .scenario;
  CHECK(steps_of(s, 0) == Steps{{date("2029-01-01"), 1428}});  // 1 MW / 700 W = 1428.6
  CHECK(steps_of(s, 1) == Steps{{scenario::kAlways, 1000}, {date("2029-01-01"), 0}});
}

TEST_CASE("a partition that gets no power does not run at all", "[scenario][rollout]") {
  // 100 W at PUE 1.25 are 80 W: not a node of 4 kW.
  const auto s = site_with("power: { connection: 100 W }");
  CHECK(steps_of(s) == Steps{{scenario::kAlways, 0}});
  CHECK(plan_of(s) == steps_of(s));
}

TEST_CASE("a partition that is late for the time in which it would have run does not run", "[scenario][rollout]") {
  const auto s = site_with("online: 2028-01-01\n    delay: 400 d\n    offline: 2029-01-01");
  CHECK(steps_of(s) == Steps{{scenario::kAlways, 0}});
  CHECK(plan_of(s) == Steps{{date("2028-01-01"), 1000}, {date("2029-01-01"), 0}});
}

TEST_CASE("ranges of dates that overlap are warned of, for a draw may leave the machine without any time",
          "[scenario][rollout]") {
  const ScenarioFiles files;
  const auto warnings = [&](std::string_view offline) {
    return load(files.write("case.yaml", fmt::format(R"(gigasim: 1
period: {{ start: 2027-01-01, length: 30 d }}
sites:
  - name: athens
    country: GR
    location: [37.7, 24.0]
    online: {{ best: 2027-01-01, low: 2026-07-01, high: 2028-06-01 }}
    offline: {}
    partitions: [{{ accelerator: GH200, count: 1000 }}]
workload:
  streams: [{{ name: s, arrivals: {{ rate: 1 jobs/h }}, job: {{ accelerators: 1, runtime: 1 h }}, walltime: exact }}]
)",
                                                     offline)))
        .warnings;
  };
  CHECK(warnings("{ best: 2030-01-01, low: 2028-06-02, high: 2031-01-01 }").empty());
  const auto told = warnings("{ best: 2030-01-01, low: 2028-06-01, high: 2031-01-01 }");
  REQUIRE(told.size() == 1);
  CHECK_THAT(told[0], Catch::Contains("case.yaml:8:22: sites[athens].offline: may be as early as 2028-06-01"));
  CHECK_THAT(told[0], Catch::Contains("and online as late as 2028-06-01"));
}

TEST_CASE("the ends of a date range may come true instead of the best date", "[scenario][rollout]") {
  const std::string_view range = "online: { best: 2028-01-01, low: 2027-10-01, high: 2028-09-01 }";
  CHECK(steps_of(site_with(range)) == Steps{{date("2028-01-01"), 1000}});
  CHECK(steps_of(site_with(range, "", "rollout: { dates: earliest }")) == Steps{{date("2027-10-01"), 1000}});
  const auto late = site_with(range, "", "rollout: { dates: latest }");
  CHECK(steps_of(late) == Steps{{date("2028-09-01"), 1000}});
  CHECK(plan_of(late) == Steps{{date("2028-01-01"), 1000}});
}

TEST_CASE("drawn dates follow the triangular distribution", "[scenario][rollout][property]") {
  // Mean of a triangular distribution: (low + best + high) / 3 = (0 + 100 + 500) / 3 = 200 d after 2028-01-01; its
  // standard deviation is sqrt((0 + 100^2 + 500^2 - 100 x 500) / 18) = 108 d, of a mean of 400 draws 5.4 d. Whole days
  // are cut: half a day less.
  double sum = 0.0;
  for (int seed = 0; seed < 400; ++seed) {
    const auto s = site_with("online: { best: 2028-04-10, low: 2028-01-01, high: 2029-05-15 }", "",
                             fmt::format("rollout: {{ dates: drawn }}\nseed: {}", seed));
    const auto from = steps_of(s).front().from;
    REQUIRE(date("2028-01-01") <= from);
    REQUIRE(from <= date("2029-05-15"));
    sum += (from - date("2028-01-01")).in_base_units() / 86400.0;
  }
  CHECK(std::abs(sum / 400 - 199.5) < 3 * 5.4);
}

TEST_CASE("a cancellation is drawn with its probability, and otherwise happens when it is as likely as not",
          "[scenario][rollout]") {
  const auto cancelled = [](const char* probability, const char* more) {
    return site_with(fmt::format("cancellation: {}", probability), "", more).sites[0].partitions[0].cancelled;
  };
  CHECK_FALSE(cancelled("49 %", ""));
  CHECK(cancelled("50 %", ""));
  CHECK_FALSE(cancelled("99 %", "rollout: { dates: earliest }"));
  int drawn = 0;
  for (int seed = 0; seed < 300; ++seed) {
    drawn += cancelled("20 %", fmt::format("rollout: {{ dates: drawn }}\nseed: {}", seed).c_str()) ? 1 : 0;
  }
  CHECK(std::abs(drawn - 60) < 3 * 7);  // binomial: 300 x 0.2, standard deviation sqrt(300 x 0.2 x 0.8) = 6.9
  const auto s = site_with("online: 2028-01-01\n    cancellation: 60 %");
  CHECK(steps_of(s).empty());
  CHECK(plan_of(s) == Steps{{date("2028-01-01"), 1000}});
}

TEST_CASE("the demand of a variant with a delay is that of the plan", "[scenario][rollout]") {
  const char* text = R"(gigasim: 1
period: { start: 2027-01-01, length: 100 d }
sites:
  - { name: a, country: GR, location: [37.7, 24.0], online: 2027-02-20, partitions: [{ accelerator: GH200, count: 1000 }] }
workload:
  demand: { load: 80 % }
  streams: [{ name: s, job: { accelerators: 1, runtime: 1 h }, walltime: exact }]
variants:
  late: { sites: [{ name: a, delay: 274 d }] }
)";
  // 50 of 100 days with 1,000 accelerators.
  CHECK(load_text(text).scenario.workload.reference_accelerators == 500.0);
  CHECK(load_text(text, {"late", {}, {}}).scenario.workload.reference_accelerators == 500.0);
}

TEST_CASE("impossible rollouts are told", "[scenario][rollout]") {
  const auto complaint = [](std::string_view site) {
    std::string text = R"(gigasim: 1
period: { start: 2027-01-01, length: 2000 d }
sites:
  - name: athens
    country: GR
    location: [37.7, 24.0]
    partitions: [{ name: p, accelerator: GH200, count: 1000 }]
)";
    text += fmt::format("    {}\n", site);
    text +=
        "workload: { streams: [{ name: s, arrivals: { rate: 1 jobs/h }, job: { accelerators: 1, runtime: 1 h } }] }\n";
    return complaints(text);
  };
  CHECK(complaint("delay: 274 d") ==
        std::vector<std::string>{
            "case.yaml:8:12: sites[athens].delay: a delay moves an `online` date, and none is given"});
  CHECK(complaint("power: { upgrades: [{ name: u, date: 2028-01-01, connection: 1 MW }] }") ==
        std::vector<std::string>{"case.yaml:8:25: sites[athens].power.upgrades[u]: needs power.connection, the power "
                                 "before the first upgrade"});
  CHECK(complaint("power: { connection: 2 MW, upgrades: [{ name: u, date: 2028-01-01, connection: 1 MW }] }") ==
        std::vector<std::string>{"case.yaml:8:84: sites[athens].power.upgrades[u]: a connection does not become weaker "
                                 "(take partitions offline instead)"});
}
