#include "gigasim/metrics/regional.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;

namespace {

constexpr double kPeriod = 10 * kHour;

/// Finland with 10 accelerators of 1 H100 equivalent, Germany with 20 of 1.5, Malta with an antenna.
gigasim::scenario::Scenario two_hosts(double warm_up = 0.0) {
  auto scenario =
      scenario_of({{.count = 10, .pod = 10, .h100_equivalent = 1.0}, {.count = 20, .pod = 20, .h100_equivalent = 1.5}},
                  kPeriod, warm_up);
  scenario.sites[0].country = "FI";
  scenario.sites[0].partitions[0].vendor = "AMD";
  scenario.sites[0].partitions[0].count_basis.word = "published";
  scenario.sites[1].country = "DE";
  scenario.sites[1].partitions[0].vendor = "NVIDIA";
  scenario.sites[1].partitions[0].count_basis.word = "estimated";
  gigasim::scenario::Site antenna;
  antenna.name = "antenna";
  antenna.kind = gigasim::scenario::SiteKind::kAntenna;
  antenna.country = "MT";
  scenario.sites.push_back(antenna);
  scenario.countries = {{"FI", {5.0, 250.0, true, false, {}, {}}},
                        {"DE", {80.0, 4000.0, true, false, {}, {}}},
                        {"MT", {0.5, 20.0, true, true, {}, {}}}};
  return scenario;
}

JobSpec job(std::int64_t accelerators, double hours, std::int32_t origin) {
  return {.accelerators = accelerators, .runtime_s = hours * kHour, .walltime_s = 100 * kHour, .origin = origin};
}

const RegionalRow& row(const std::vector<RegionalRow>& rows, const std::string& name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const RegionalRow& r) { return r.name == name; });
  if (found == rows.end()) FAIL("no row " << name);
  return *found;
}

/// Origins: FI 0, DE 1, MT 2.
///
/// | from | accelerators x h | at | runs, h | H100e-h delivered | still under way | not served |
/// | FI   | 4 x 5            | FI | 0 to 5  | 20                |                 |            |
/// | FI   | 2 x 10           | DE | 4 on    | 2 x 6 x 1.5 = 18  | 2 x 4 x 1.5 = 12 |           |
/// | DE   | 10 x 4           | DE | 1 to 5  | 10 x 4 x 1.5 = 60 |                 |            |
/// | DE   | 3 x 2            | FI | waits   |                   |                 | 6          |
/// | MT   | 30 x 1           | -  | refused |                   |                 | 30 x 4/3 = 40, with (10 x 1 + 20
/// x 1.5) / 30 | | MT   | 1 x 8            | FI | 2 to 10 | 8                 |                 |            | | -    |
/// 2 x 2            | DE | 3 to 5  | 2 x 2 x 1.5 = 6   |                 |            |
Results worked_case() {
  Script script(two_hosts(), {"FI", "DE", "MT"});
  script.run(0, 0, 5 * kHour, job(4, 5, 0), 0);
  script.run(0, kHour, 5 * kHour, job(10, 4, 1), 1);
  script.queue(0, script.submit(0, job(3, 2, 1)), 0);
  script.refuse(0, script.submit(0, job(30, 1, 2)));
  script.run(2 * kHour, 2 * kHour, 10 * kHour, job(1, 8, 2), 0);
  script.run(3 * kHour, 3 * kHour, 5 * kHour, job(2, 2, -1), 1);
  const JobIndex long_one = script.submit(4 * kHour, job(2, 10, 0));
  script.start(4 * kHour, long_one, 1);
  return script.end(kPeriod);
}

}  // namespace

TEST_CASE("delivered hours of two hosts and an antenna are those worked out by hand", "[metrics][regional]") {
  const Results results = worked_case();
  const Regional& regional = results.regional;
  REQUIRE(regional.countries.size() == 3);
  const RegionalRow& de = regional.countries[0];
  const RegionalRow& fi = regional.countries[1];
  const RegionalRow& mt = regional.countries[2];
  CHECK(de.name == "DE");
  CHECK(fi.name == "FI");
  CHECK(mt.name == "MT");
  CHECK(fi.h100_equivalent_hours == 38);
  CHECK(de.h100_equivalent_hours == 60);
  CHECK(mt.h100_equivalent_hours == 8);
  REQUIRE(regional.unknown);
  CHECK(regional.unknown->h100_equivalent_hours == 6);
  CHECK(*fi.per_million == Approx(38 / 5.0));
  CHECK(*de.per_million == Approx(60 / 80.0));
  CHECK(*mt.per_million == Approx(8 / 0.5));
  CHECK(*fi.per_beur == Approx(38 / 250.0));
  CHECK(*de.per_beur == Approx(60 / 4000.0));
  CHECK(*mt.per_beur == Approx(8 / 20.0));
  CHECK((fi.host && de.host && !mt.host));
  CHECK((!fi.antenna && !de.antenna && mt.antenna));
  CHECK_FALSE(*fi.cohesion);
  CHECK(*mt.cohesion);
}

TEST_CASE("what was asked for is split by what became of it as worked out by hand", "[metrics][regional]") {
  const Results results = worked_case();
  const AskedHours fi = row(results.regional.countries, "FI").asked;
  CHECK(fi == AskedHours{.asked = 50, .served = 38, .at_home = 20, .in_eu = 18, .under_way = 12});
  const AskedHours de = row(results.regional.countries, "DE").asked;
  CHECK(de == AskedHours{.asked = 66, .served = 60, .at_home = 60, .not_served = 6});
  const AskedHours mt = row(results.regional.countries, "MT").asked;
  CHECK(mt.asked == Approx(48));
  CHECK(mt.in_eu == 8);
  CHECK(mt.at_home == 0);
  CHECK(mt.not_served == Approx(40));
  // Where a job of unknown origin runs says nothing of home.
  CHECK(results.regional.unknown->asked == AskedHours{.asked = 6, .served = 6});
  // (20 + 60 + 0) of (50 + 66 + 48)
  CHECK(*results.network.regional.served_at_home_share == Approx(80 / 164.0));
}

TEST_CASE("groups of countries add up as worked out by hand", "[metrics][regional]") {
  const Results results = worked_case();
  const auto& groups = results.regional.groups;
  for (const char* name : {"hosts", "other_eu"}) {  // Finland and Germany in both
    const RegionalRow& both = row(groups, name);
    CHECK(both.countries == 2);
    CHECK(both.h100_equivalent_hours == 98);
    CHECK(*both.population_million == Approx(85));
    CHECK(*both.per_million == Approx(98 / 85.0));
    CHECK(*both.per_beur == Approx(98 / 4250.0));
    CHECK(both.asked ==
          AskedHours{.asked = 116, .served = 98, .at_home = 80, .in_eu = 18, .under_way = 12, .not_served = 6});
  }
  for (const char* name : {"non_hosts", "cohesion", "antennas"}) {  // Malta in all three
    CHECK(row(groups, name).countries == 1);
    CHECK(*row(groups, name).per_million == Approx(16));
  }
  CHECK(row(groups, "non_eu").countries == 0);
  CHECK_FALSE(row(groups, "non_eu").per_million);
}

TEST_CASE("concentration and equality are those worked out by hand", "[metrics][regional]") {
  const Results results = worked_case();
  const RegionalFigures& figures = results.network.regional;
  // Capacity: 10 x 10 h x 1 = 100 in FI (AMD), 20 x 10 h x 1.5 = 300 in DE (NVIDIA). 0.25^2 + 0.75^2 = 0.625.
  const std::vector<CapacityShare> by_country{{"DE", 300, 0.75}, {"FI", 100, 0.25}};
  const std::vector<CapacityShare> by_vendor{{"AMD", 100, 0.25}, {"NVIDIA", 300, 0.75}};
  const std::vector<CapacityShare> by_basis{{"estimated", 300, 0.75}, {"published", 100, 0.25}};
  CHECK(results.regional.capacity_by_country == by_country);
  CHECK(results.regional.capacity_by_vendor == by_vendor);
  CHECK(results.capacity_by_basis == by_basis);
  CHECK(*figures.capacity_hhi_country == Approx(0.625));
  CHECK(*figures.capacity_hhi_vendor == Approx(0.625));
  // Per million: FI 7.6, DE 0.75, MT 16; weights 5, 80, 0.5, together 85.5 with 106 H100e-h.
  // Gini: (5 x 80 x 6.85 + 5 x 0.5 x 8.4 + 80 x 0.5 x 15.25) / (85.5 x 106) = (2740 + 21 + 610) / 9063
  CHECK(*figures.delivered_gini == Approx(3371 / 9063.0));
  // Jain: 106^2 / (85.5 x (5 x 57.76 + 80 x 0.5625 + 0.5 x 256)) = 11236 / (85.5 x 461.8)
  CHECK(*figures.delivered_jain == Approx(11236 / (85.5 * 461.8)));
  // Each country once: (6.85 + 8.4 + 15.25) / (3 x 24.35); 24.35^2 / (3 x (57.76 + 0.5625 + 256))
  CHECK(*results.regional.gini_of_countries == Approx(30.5 / 73.05));
  CHECK(*results.regional.jain_of_countries == Approx(24.35 * 24.35 / (3 * 314.3225)));
}

TEST_CASE("a job of the warm-up is delivered to but not counted among what the period asked for",
          "[metrics][regional]") {
  Script script(two_hosts(2 * kHour), {"FI", "DE", "MT"});
  script.run(0, 0, 5 * kHour, job(4, 5, 0), 0);  // 3 of its 5 hours lie in the period: 12 H100e-h
  const Results results = script.end(12 * kHour);
  const RegionalRow& fi = row(results.regional.countries, "FI");
  CHECK(fi.h100_equivalent_hours == 12);
  CHECK(fi.asked == AskedHours{});
  CHECK_FALSE(results.network.regional.served_at_home_share);
}

TEST_CASE("a host is a country with accelerators online in the period", "[metrics][regional]") {
  Script script(two_hosts(), {"FI", "DE", "MT"});
  script.online(0, 0, 1);
  script.run(0, 0, kHour, job(1, 1, 1), 0);
  const Results results = script.end(kPeriod);
  CHECK_FALSE(row(results.regional.countries, "DE").host);
  CHECK(results.regional.capacity_by_country == std::vector<CapacityShare>{{"FI", 100, 1.0}});
  CHECK(*results.network.regional.capacity_hhi_country == 1.0);
  CHECK_FALSE(results.network.regional.delivered_gini);  // of one country
}

TEST_CASE("a site in another country counts as outside the EU when that country is", "[metrics][regional]") {
  auto scenario = two_hosts();
  scenario.sites[1].country = "CH";
  scenario.countries["CH"] = {9.0, 800.0, false, false, {}, {}};
  Script script(scenario, {"FI", "CH"});
  script.run(0, 0, 2 * kHour, job(2, 2, 0), 1);  // Finnish work in Switzerland: 2 x 2 x 1.5
  script.run(0, 0, 2 * kHour, job(3, 2, 1), 1);  // Swiss work at home: 3 x 2 x 1.5
  const Results results = script.end(kPeriod);
  CHECK(row(results.regional.countries, "FI").asked == AskedHours{.asked = 6, .served = 6, .outside_eu = 6});
  CHECK(row(results.regional.countries, "CH").asked == AskedHours{.asked = 9, .served = 9, .at_home = 9});
  CHECK(row(results.regional.groups, "non_eu").h100_equivalent_hours == 9);
}

TEST_CASE("delivered hours by country, unknown ones too, are those by site, by stream and by label",
          "[metrics][regional]") {
  std::mt19937 random{7};
  for (int round = 0; round < 20; ++round) {
    auto scenario = two_hosts(kHour);
    scenario.workload.streams = {{}, {}};
    scenario.workload.streams[0].name = "a";
    scenario.workload.streams[1].name = "b";
    for (auto& stream : scenario.workload.streams) stream.labels = {{"who", stream.name}};
    Script script(scenario, {"FI", "DE", "MT"});
    for (double at = 0; at < 10 * kHour; at += 1.5 * kHour) {
      JobSpec spec = job(1 + static_cast<std::int64_t>(random() % 5), 1 + static_cast<double>(random() % 3) / 3, -1);
      spec.stream = static_cast<std::int32_t>(random() % 2);
      spec.origin = static_cast<std::int32_t>(random() % 4) - 1;
      script.run(at, at, at + spec.runtime_s, spec, static_cast<std::int32_t>(random() % 2));
    }
    const Results results = script.end(11 * kHour);
    const auto sum = [](const std::vector<Block>& blocks) {
      double hours = 0.0;
      for (const Block& b : blocks) hours += b.h100_equivalent_hours;
      return hours;
    };
    double by_country = results.regional.unknown ? results.regional.unknown->h100_equivalent_hours : 0.0;
    for (const RegionalRow& r : results.regional.countries) {
      by_country += r.h100_equivalent_hours;
      CHECK(r.h100_equivalent_hours == Approx(block(results.origins, r.name).h100_equivalent_hours));
      CHECK(r.asked.at_home + r.asked.in_eu + r.asked.outside_eu == Approx(r.asked.served));
      CHECK(r.asked.served + r.asked.under_way + r.asked.not_served == Approx(r.asked.asked));
    }
    CHECK(by_country == Approx(results.network.h100_equivalent_hours).epsilon(1e-12));
    CHECK(sum(results.sites) == Approx(by_country).epsilon(1e-12));
    CHECK(sum(results.streams) == Approx(by_country).epsilon(1e-12));
    CHECK(sum(results.labels) == Approx(by_country).epsilon(1e-12));
  }
}
