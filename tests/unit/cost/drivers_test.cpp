#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "example_site.hpp"

using namespace gigasim::cost;

namespace {

const Driver& driver(const SiteCost& site, const std::string& name) {
  const auto found =
      std::find_if(site.drivers.begin(), site.drivers.end(), [&](const Driver& d) { return d.parameter == name; });
  REQUIRE(found != site.drivers.end());
  return *found;
}

/// One row of the table of drivers: bounds, and effect in EUR per delivered hour to three decimals.
struct Row {
  const char* parameter;
  double cheap, dear, cheaper, dearer;
};

void check_rows(const SiteCost& site, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(site.name << " " << row.parameter);
    const Driver& found = driver(site, row.parameter);
    REQUIRE(found.bounds);
    CHECK(found.bounds->cheap == row.cheap);
    CHECK(found.bounds->dear == row.dear);
    CHECK(found.cheaper == Approx(row.cheaper).margin(0.0005));
    CHECK(found.dearer == Approx(row.dearer).margin(0.0005));
  }
}

/// The same in Finland and in Germany.
const std::vector<Row> kSame{{"system_price_gb300_nvl72", 3.0e6, 4.5e6, -0.110, 0.220},
                             {"life_it", 6, 4, -0.097, 0.146},
                             {"maintenance_it", 0.008, 0.05, -0.036, 0.091},
                             {"software_share", 0, 0.04, -0.030, 0.091},
                             {"usd_per_eur", 1.22, 1.05, -0.038, 0.081},
                             {"residual_it", 0.2, 0, -0.082, 0.027},
                             {"network_share", 0.1, 0.22, -0.032, 0.045}};

}  // namespace

TEST_CASE("each driver of the worked example moves the hour as its table says", "[cost][drivers]") {
  const Assessment fi = assess_sites({example_site("FI")});
  const Assessment de = assess_sites({example_site("DE")});
  check_rows(fi.sites[0], kSame);
  check_rows(de.sites[0], kSame);
  check_rows(fi.sites[0], {{"utilisation", 0.92, 0.60, -0.122, 0.312},
                           {"discount_rate", 0.03, 0.08, -0.056, 0.087},
                           {"building_price", 6.7, 11.0, -0.039, 0.021}});
  check_rows(de.sites[0], {{"utilisation", 0.92, 0.60, -0.125, 0.320},
                           {"discount_rate", 0.03, 0.08, -0.057, 0.090},
                           {"building_price", 8.5, 12.0, -0.021, 0.028},
                           // 539,997.28 MWh x 49 EUR/MWh / 687,336,704 h = 0.0385: the note rounds it to 0.039.
                           {"electricity_price", 90, 170, -0.0385, 0.024}});
}

TEST_CASE("the range of the worked example is 0.75 to 1.43 in Finland and 0.81 to 1.50 in Germany", "[cost][drivers]") {
  const Range fi = assess_sites({example_site("FI")}).sites[0].range;
  const Range de = assess_sites({example_site("DE")}).sites[0].range;
  CHECK(fi.low == Approx(0.75).margin(0.005));
  CHECK(fi.high == Approx(1.43).margin(0.005));
  CHECK(de.low == Approx(0.81).margin(0.005));
  CHECK(de.high == Approx(1.50).margin(0.005));
}

TEST_CASE("drivers stand by their effect, and all at once go beyond the range", "[cost][drivers]") {
  const SiteCost site = assess_sites({example_site("DE")}).sites[0];
  CHECK(std::is_sorted(site.drivers.begin(), site.drivers.end(),
                       [](const Driver& a, const Driver& b) { return a.span() > b.span(); }));
  CHECK(site.range.all_cheap < site.range.low);
  CHECK(site.range.all_dear > site.range.high);
  double squares = 0.0;
  for (const Driver& one : site.drivers) squares += one.dearer * one.dearer;
  CHECK(site.range.high == Approx(*site.eur_per_delivered_hour + std::sqrt(squares)).epsilon(1e-12));
}

TEST_CASE("what is stated without a range is no driver any more", "[cost][drivers]") {
  const Assumptions stated{{{"discount_rate", {0.04, 0.04, 0.04}}}};
  const Assessment one = assess({{example_site("FI")}, {}}, stated);
  for (const Driver& some : one.sites[0].drivers) CHECK(some.parameter != "discount_rate");
}

TEST_CASE("a driver of the network moves in all its sites together", "[cost][drivers]") {
  // Two equal sites: what moves the one moves both, and the mean of both by as much.
  SiteFacts twin = example_site("FI");
  twin.name = "twin";
  const Assessment both = assess_sites({example_site("FI"), twin});
  REQUIRE(both.network.drivers.size() == both.sites[0].drivers.size());
  for (const Driver& one : both.sites[0].drivers) {
    INFO(one.parameter);
    const Driver& of_network = driver(both.network, one.parameter);
    CHECK(of_network.cheaper == Approx(one.cheaper).epsilon(1e-9).margin(1e-12));
    CHECK(of_network.dearer == Approx(one.dearer).epsilon(1e-9).margin(1e-12));
  }
  // Countries with different bounds have none in common.
  const Assessment mixed = assess_sites({example_site("FI"), example_site("DE")});
  CHECK_FALSE(driver(mixed.network, "electricity_price").bounds);
  CHECK(driver(mixed.network, "life_it").bounds);
}
