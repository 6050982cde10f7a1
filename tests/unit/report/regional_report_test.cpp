#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "regional_csv.hpp"
#include "regional_json.hpp"
#include "regional_section.hpp"
#include "sample_results.hpp"

using namespace gigasim;

namespace {

/// Finland hosts and asked for 50, of which 20 were served at home and 18 abroad; 12 are under way. Malta has an
/// antenna.
metrics::Results two_countries() {
  metrics::Results results = sample::results();
  metrics::RegionalRow fi;
  fi.name = "FI";
  fi.countries = 1;
  fi.host = true;
  fi.eu_member = true;
  fi.cohesion = false;
  fi.population_million = 5.0;
  fi.gdp_beur = 250.0;
  fi.h100_equivalent_hours = 38.0;
  fi.per_million = 7.6;
  fi.per_beur = 0.152;
  fi.asked = {.asked = 50, .served = 38, .at_home = 20, .in_eu = 18, .under_way = 12};
  metrics::RegionalRow mt;
  mt.name = "MT";
  mt.countries = 1;
  mt.antenna = true;
  metrics::RegionalRow hosts = fi;
  hosts.name = "hosts";
  results.regional.countries = {fi, mt};
  results.regional.groups = {hosts};
  metrics::RegionalRow unknown;
  unknown.name = "unknown";
  unknown.h100_equivalent_hours = 6.0;
  unknown.asked = {.asked = 6, .served = 6};
  results.regional.unknown = unknown;
  results.regional.capacity_by_vendor = {{"AMD", 100.0, 0.25}, {"NVIDIA", 300.0, 0.75}};
  results.network.regional.capacity_hhi_vendor = 0.625;
  results.capacity_by_basis = {{"estimated", 300.0, 0.75}, {"own", 100.0, 0.25}};
  return results;
}

}  // namespace

TEST_CASE("results.json says of each country what it had and what became of what it asked for", "[report][regional]") {
  const auto parsed = report::regional_json(two_countries());
  const auto& fi = parsed["countries"][0];
  CHECK(fi["name"] == "FI");
  CHECK(fi["host"] == true);
  CHECK(fi["h100_equivalent_hours_per_million_inhabitants"] == 7.6);
  CHECK(fi["asked"]["at_home_share"] == 0.4);
  CHECK(fi["asked"]["in_eu_share"] == 0.36);
  CHECK(fi["asked"]["under_way_share"] == 0.24);
  CHECK(fi["asked"]["not_served_share"] == 0.0);
  const auto& mt = parsed["countries"][1];
  CHECK(mt["population_million"].is_null());
  CHECK(mt["asked"]["at_home_share"].is_null());  // nothing was asked for
  CHECK(parsed["unknown"]["asked"]["at_home_share"].is_null());
  CHECK(parsed["unknown"]["asked"]["not_served_share"] == 0.0);
  CHECK(parsed["groups"][0]["countries"] == 1);
  CHECK(parsed["concentration"]["hhi_vendor"] == 0.625);
  CHECK(parsed["concentration"]["by_vendor"][1]["share"] == 0.75);
  CHECK(parsed["equality"]["gini"].is_null());
}

TEST_CASE("regional.csv has countries, unknown origin and groups as rows", "[report][regional]") {
  const std::string text = report::regional_csv(two_countries());
  CHECK(text.find("\ncountry,FI,1,yes,no,yes,no,5,250,38,7.6,0.152,50,38,0.4,0.36,0,0.24,0\n") != std::string::npos);
  CHECK(text.find("\ncountry,MT,1,no,yes,,,,,0,,,0,0,,,,,\n") != std::string::npos);
  CHECK(text.find("\nunknown,unknown,,,,,,,,6,,,6,6,,,,0,0\n") != std::string::npos);
  CHECK(text.find("\ngroup,hosts,1,,,yes,no,5,250,38,") != std::string::npos);
}

TEST_CASE("reports for people speak of regions when two countries have users", "[report][regional]") {
  metrics::Results results = two_countries();
  const report::Section section = report::regional_section(results);
  REQUIRE(section.table.rows.size() == 2);  // the hosts, and unknown origin
  CHECK(section.table.rows[0][5].text == "40.0 %");
  CHECK(section.table.rows[1][5].text == "-");
  results.regional.countries.pop_back();
  CHECK(report::regional_section(results).table.rows.empty());
  CHECK(report::regional_section(results).lines.empty());
}

TEST_CASE("a report says what the capacity rests on unless all is the user's own", "[report][regional]") {
  metrics::Results results = two_countries();
  const auto lines = report::provenance_section(results).lines;
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].text.find("75.0 % estimated, 25.0 % own") != std::string::npos);
  results.capacity_by_basis = {{"own", 400.0, 1.0}};
  CHECK(report::provenance_section(results).lines.empty());
}
