#include "gigasim/units/text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

using namespace gigasim::units;
using Problem = ParsedQuantity::Problem;

TEST_CASE("quantities are read with their unit", "[units][text]") {
  CHECK(parse_quantity("2 MW", power_units()).value == 2e6);
  CHECK(parse_quantity("3d", duration_units()).value == 259200.0);
  CHECK(parse_quantity(" 400 Gbit/s ", bandwidth_units()).value == 50e9);
  CHECK(parse_quantity("1 GiB", data_units()).value == 1073741824.0);
  CHECK(parse_quantity("1 GB", data_units()).value == 1e9);
  CHECK(parse_quantity("1.5e3 kWh", energy_units()).value == 5.4e9);
  CHECK(parse_quantity("90 jobs/h", rate_units()).value == Approx(0.025));
}

TEST_CASE("a number without a unit, or with another, is a problem and not a guess", "[units][text]") {
  CHECK(parse_quantity("30", duration_units()).problem == Problem::kNoUnit);
  CHECK(parse_quantity("30 MW", duration_units()).problem == Problem::kUnknownUnit);
  CHECK(parse_quantity("30 gb", data_units()).problem == Problem::kUnknownUnit);
  for (const auto* text : {"", "d", "-", "inf d", "nan d", "1e999 d", "+-1 d"}) {
    CAPTURE(text);
    CHECK(parse_quantity(text, duration_units()).problem == Problem::kNotANumber);
  }
}

TEST_CASE("numbers, integers and percentages are read whole or not at all", "[units][text]") {
  CHECK(parse_number("-1.5e3") == -1500.0);
  CHECK(parse_number("+2") == 2.0);
  CHECK_FALSE(parse_number("1 ").has_value());
  CHECK(parse_integer("-5") == -5);
  CHECK_FALSE(parse_integer("5.0").has_value());
  CHECK_FALSE(parse_integer("99999999999999999999").has_value());
  CHECK(parse_percent("80 %") == 0.8);
  CHECK_FALSE(parse_percent("80").has_value());
}

TEST_CASE("what is written reads back as the same number", "[units][text]") {
  for (const double value : {0.1, 1.0 / 3.0, 1e20, 123456.789, 1e-7})
    CHECK(parse_number(format_number(value)) == value);
  CHECK(format_quantity(1.5e6, power_units()) == "1.5 MW");
  CHECK(format_quantity(86400.0 * 30, duration_units()) == "30 d");
  CHECK(format_quantity(50e9, bandwidth_units()) == "50 GB/s");
  CHECK(format_quantity(0.0, power_units()) == "0 W");
  for (const double watts : {1.0, 999.5, 1234567.891, 1e9 / 3.0}) {
    CHECK(parse_quantity(format_quantity(watts, power_units()), power_units()).value == watts);
  }
  for (const double fraction : {0.8, 0.175, 1.2, 1.0 / 3.0, 0.0353})
    CHECK(parse_percent(format_percent(fraction)) == fraction);
  CHECK(format_percent(0.173) == "17.3 %");
  CHECK(format_percent(0.0) == "0 %");
  CHECK(format_percent(0.0005) == "0.05 %");
  CHECK(format_percent(12.0) == "1200 %");
  CHECK(format_percent(-0.25) == "-25 %");
}

TEST_CASE("counts are grouped and durations humane", "[units][text]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(grouped(-1234) == "-1,234");
  CHECK(humane_duration(Seconds{3.25}) == "3.2 s");
  CHECK(humane_duration(Seconds{41}) == "41 s");
  CHECK(humane_duration(Seconds{6837}) == "1.9 h");
  CHECK(humane_duration(Seconds{4 * 86400.0}) == "4.0 d");
}

TEST_CASE("the nearest word is a likely slip or nothing", "[units][text]") {
  const std::vector<std::string> words{"load", "growth", "count", "partitions"};
  CHECK(nearest("lod", words) == "load");
  CHECK(nearest("conut", words) == "count");
  CHECK(nearest("partition", words) == "partitions");
  CHECK(nearest("broker", words) == std::nullopt);
}

TEST_CASE("a kind's units come in terms of any of them", "[units][text]") {
  const auto in_mwh = units_in_terms_of("MWh");
  const auto size_of = [&](std::string_view name) {
    const auto found = std::find_if(in_mwh.begin(), in_mwh.end(), [&](const Unit& unit) { return unit.name == name; });
    REQUIRE(found != in_mwh.end());
    return found->in_base_units;
  };
  CHECK(size_of("MWh") == 1.0);
  CHECK(size_of("GWh") == 1000.0);
  CHECK(size_of("GJ") == Approx(1.0 / 3.6).epsilon(1e-15));
  CHECK(units_in_terms_of("jobs").empty());
}

TEST_CASE("money and prices are read in their units, dollars apart from euros", "[units][text]") {
  CHECK(parse_quantity("6 GEUR", money_units()).value == 6e9);
  CHECK(parse_quantity("42 kEUR", money_units()).value == 42e3);
  CHECK(parse_quantity("3.5 MUSD", money_units()).problem == ParsedQuantity::Problem::kUnknownUnit);
  CHECK(parse_quantity("3.5 MUSD", dollar_units()).value == 3.5e6);
  CHECK(parse_quantity("1 MEUR/a", money_rate_units()).value == 1e6);
  // 1 MWh = 3.6e9 J; 5 ct/kWh = 50 EUR/MWh; 9 MEUR/MW = 9 EUR/W
  CHECK(parse_quantity("50 EUR/MWh", energy_price_units()).value == Approx(50.0 / 3.6e9).epsilon(1e-12));
  CHECK(parse_quantity("5 ct/kWh", energy_price_units()).value == Approx(50.0 / 3.6e9).epsilon(1e-12));
  CHECK(parse_quantity("9 MEUR/MW", power_price_units()).value == 9.0);
  CHECK(format_quantity(2.5e9, money_units()) == "2.5 GEUR");
}
