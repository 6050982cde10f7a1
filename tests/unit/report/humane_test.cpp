#include "gigasim/report/humane.hpp"

#include <catch2/catch.hpp>

using namespace gigasim::report;

TEST_CASE("numbers for people keep three digits and group thousands", "[report][humane]") {
  CHECK(humane::number(0.0) == "0");
  CHECK(humane::number(12.0) == "12");
  CHECK(humane::number(12.345) == "12.3");
  CHECK(humane::number(123.45) == "123");
  CHECK(humane::number(0.04567) == "0.0457");
  CHECK(humane::number(1234567.8) == "1,230,000");
  CHECK(humane::number(999.96) == "1,000");
  CHECK(humane::number(42903.0) == "42,903");  // a count
  CHECK(humane::number(-2.5) == "-2.50");
}

TEST_CASE("energy and power take a unit of fitting size", "[report][humane]") {
  CHECK(humane::quantity(1200.0, "MWh") == "1.20 GWh");
  CHECK(humane::quantity(0.25, "MWh") == "250 kWh");
  CHECK(humane::quantity(0.0, "MWh") == "0 MWh");
  CHECK(humane::quantity(61.5, "MW") == "61.5 MW");
  CHECK(humane::quantity(0.0125, "MW") == "12.5 kW");
  CHECK(humane::quantity(7200.0, "s") == "2.0 h");
  CHECK(humane::quantity(1.5, "") == "1.50");
  CHECK(humane::quantity(3.0, "jobs") == "3 jobs");
}

TEST_CASE("a lower bound is marked and a missing figure is a dash", "[report][humane]") {
  CHECK(humane::figure(humane::Figure{7200.0, true}, "s") == "≥ 2.0 h");
  CHECK(humane::figure(std::nullopt, "s") == "-");
}

TEST_CASE("counts agree with their noun", "[report][humane]") {
  CHECK(humane::count(1, "job") == "1 job");
  CHECK(humane::count(2345, "job") == "2,345 jobs");
}
