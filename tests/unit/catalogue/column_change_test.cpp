#include "gigasim/catalogue/column_change.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace gigasim::catalogue;

TEST_CASE("a column changes in all rows", "[catalogue][column-change]") {
  const ScopedColumnChange change{{"countries", "population_million", "", 2.0, false}};
  CHECK(find_table("countries")->find("AT")->number("population_million") == 18.4);  // 9.20 in the table
  CHECK(find_table("countries")->find("BE")->number("population_million") == 23.8);
}

TEST_CASE("one row changes alone, and all is as before in the end", "[catalogue][column-change]") {
  const Table& countries = *find_table("countries");
  {
    const ScopedColumnChange change{{"countries", "gdp_beur", "BE", 1.5, false}};
    CHECK(countries.find("BE")->number("gdp_beur") == 921.0);  // 614
    CHECK(countries.find("AT")->number("gdp_beur") == 482.0);
  }
  CHECK((*countries.find("BE"))["gdp_beur"] == "614");
}

TEST_CASE("a whole number changes to the next one at least", "[catalogue][column-change]") {
  const ScopedColumnChange change{{"ai-factories", "count", "", 1.001, true}};
  const Table& factories = *find_table("ai-factories");
  CHECK((*factories.find("hammerhai"))["count"] == "751");  // 750.75
  CHECK((*factories.find("lumi-aif"))["count"] == "7007");
}

TEST_CASE("empty cells stay empty", "[catalogue][column-change]") {
  const ScopedColumnChange change{{"antennas", "cost_meur", "", 2.0, false}};
  CHECK((*find_table("antennas")->find("cy"))["cost_meur"].empty());
}

TEST_CASE("what is not there cannot be changed", "[catalogue][column-change]") {
  CHECK_THROWS_AS(ScopedColumnChange({"planets", "mass", "", 2.0, false}), std::logic_error);
  CHECK_THROWS_AS(ScopedColumnChange({"countries", "area", "", 2.0, false}), std::logic_error);
  CHECK_THROWS_AS(ScopedColumnChange({"countries", "gdp_beur", "XX", 2.0, false}), std::logic_error);
  CHECK_THROWS_AS(ScopedColumnChange({"countries", "name", "", 2.0, false}), std::logic_error);
}

TEST_CASE("numeric columns hold numbers or nothing; ids, dates and words are none", "[catalogue][column-change]") {
  const auto columns = numeric_columns(*find_table("ai-factories"));
  const auto has = [&](const char* name) { return std::find(columns.begin(), columns.end(), name) != columns.end(); };
  CHECK(has("count"));
  CHECK(has("pue"));
  CHECK(has("storage_pb"));  // with empty cells
  CHECK_FALSE(has("id"));
  CHECK_FALSE(has("online"));
  CHECK_FALSE(has("storage_gb_s"));  // nothing but empty cells
  CHECK_FALSE(has("country"));
}
