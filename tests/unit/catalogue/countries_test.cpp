#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "gigasim/catalogue/catalogue.hpp"

using namespace gigasim::catalogue;

TEST_CASE("27 of the 34 countries are members of the Union", "[catalogue][countries]") {
  const auto all = countries();
  CHECK(all.size() == 34);
  CHECK(std::count_if(all.begin(), all.end(), [](const Country& c) { return c.eu_member; }) == 27);
  CHECK_FALSE(find_country("GB")->eu_member);
  CHECK(find_country("UK") == nullptr);
  CHECK(find_country("gr") == nullptr);
}

TEST_CASE("the Union has about 450 million people and a GDP of about 18,000 billion euro", "[catalogue][countries]") {
  double people = 0.0;
  double gdp = 0.0;
  for (const Country& country : countries()) {
    people += country.eu_member ? country.population_million : 0.0;
    gdp += country.eu_member ? country.gdp_beur : 0.0;
  }
  CHECK(people == Approx(450.4).margin(0.5));  // Eurostat, 1 January 2025
  CHECK(gdp == Approx(17990.0).margin(10.0));
}

TEST_CASE("a country's users sit at its national network", "[catalogue][countries]") {
  for (const Country& country : countries()) {
    INFO(country.code);
    const auto nodes = wan_nodes();
    const auto node =
        std::find_if(nodes.begin(), nodes.end(), [&](const WanNode& n) { return n.id == country.nren_node; });
    REQUIRE(node != nodes.end());
    CHECK(node->kind == "nren");
    CHECK(node->country == country.code);
    CHECK(node->location == country.location);
  }
}

TEST_CASE("legal time is the country's own", "[catalogue][countries]") {
  CHECK(find_country("DE")->utc_offset_hours == 1);
  CHECK(find_country("PT")->utc_offset_hours == 0);
  CHECK(find_country("FI")->utc_offset_hours == 2);
  CHECK(find_country("MD")->utc_offset_hours == 2);
  for (const Country& country : countries()) {
    INFO(country.code);
    CHECK(country.summer_time == (country.code != "IS"));  // only Iceland keeps one time all year
    // Legal time follows the sun within about an hour and a half: 15 degrees of longitude are an hour.
    const double solar = country.location.lon_deg / 15.0;
    CHECK(country.utc_offset_hours - solar > -0.8);
    CHECK(country.utc_offset_hours - solar < 1.6);
  }
}

TEST_CASE("the carbon intensity of electricity is known for the EU, Norway, Switzerland and the United Kingdom",
          "[catalogue]") {
  for (const Country& country : countries()) {
    INFO(country.code);
    const bool known = country.eu_member || country.code == "NO" || country.code == "CH" || country.code == "GB";
    CHECK(find_carbon_intensity(country.code).has_value() == known);
  }
  CHECK(find_carbon_intensity("FR") == 44.18);  // g CO2e/kWh, as the table says
  CHECK(find_carbon_intensity("XX") == std::nullopt);
}
