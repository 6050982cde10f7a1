#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "gigasim/units/calendar.hpp"
#include "html/scale.hpp"

using namespace gigasim;
using report::html::Axis;
using report::html::axis_to;
using report::html::Tick;
using report::html::time_ticks;

namespace {

double unix_of(const char* date) {
  return static_cast<double>(units::parse_date(date)->best.unix_seconds);
}

std::vector<std::string> texts(const std::vector<Tick>& ticks) {
  std::vector<std::string> all;
  for (const Tick& tick : ticks) all.push_back(tick.text);
  return all;
}

}  // namespace

TEST_CASE("an axis ends at a round number at or above the largest value", "[report][html]") {
  const Axis axis = axis_to(37.0, "");
  CHECK(axis.top == 40.0);
  CHECK(texts(axis.ticks) == std::vector<std::string>{"0", "10", "20", "30", "40"});
  CHECK(axis_to(50.0, "").top == 50.0);  // a round number is its own end
}

TEST_CASE("an axis of seconds has marks in the unit that people would use", "[report][html]") {
  const Axis axis = axis_to(10.0 * 3600.0, "s");  // 10 h in steps of 2 h
  CHECK(axis.unit == "h");
  CHECK(axis.top == 36000.0);
  CHECK(texts(axis.ticks) == std::vector<std::string>{"0", "2", "4", "6", "8", "10"});
}

TEST_CASE("all marks of an axis have as many decimals as its step needs", "[report][html]") {
  CHECK(texts(axis_to(1.9, "EUR").ticks) == std::vector<std::string>{"0", "0.5", "1.0", "1.5", "2.0"});
  CHECK(texts(axis_to(0.19, "").ticks) == std::vector<std::string>{"0", "0.05", "0.10", "0.15", "0.20"});
  CHECK(texts(axis_to(4000.0, "").ticks) == std::vector<std::string>{"0", "1,000", "2,000", "3,000", "4,000"});
}

TEST_CASE("large numbers stand in millions beside an axis", "[report][html]") {
  const Axis axis = axis_to(716'000'000.0, "");
  CHECK(axis.unit == "million");
  CHECK(axis.top == 800e6);
  CHECK(texts(axis.ticks) == std::vector<std::string>{"0", "200", "400", "600", "800"});
}

TEST_CASE("every axis holds its values and has at most six marks, evenly spaced from 0 to 1", "[report][html]") {
  for (double largest = 1e-7; largest < 1e13; largest *= 1.37) {
    const Axis axis = axis_to(largest, "");
    CAPTURE(largest);
    CHECK(axis.top >= largest * (1.0 - 1e-8));
    CHECK(axis.top <= largest * 2.0);  // at least half of the room is used
    REQUIRE(axis.ticks.size() >= 2);
    CHECK(axis.ticks.size() <= 6);
    for (std::size_t i = 0; i < axis.ticks.size(); ++i) {
      CHECK(axis.ticks[i].place == Approx(double(i) / double(axis.ticks.size() - 1)));
    }
  }
}

TEST_CASE("an axis without values is a line with a zero", "[report][html]") {
  CHECK(texts(axis_to(0.0, "s").ticks) == std::vector<std::string>{"0"});
  CHECK(axis_to(0.0, "s").top > 0.0);
}

TEST_CASE("marks of time stand at starts of days, of months and of years, at most eight of them", "[report][html]") {
  const auto week = time_ticks(unix_of("2029-01-08"), unix_of("2029-01-15"));
  CHECK(texts(week) == std::vector<std::string>{"8 Jan", "9 Jan", "10 Jan", "11 Jan", "12 Jan", "13 Jan", "14 Jan"});
  CHECK(week[0].place == 0.0);
  CHECK(week[1].place == Approx(1.0 / 7.0));

  const auto half_year = time_ticks(unix_of("2026-11-15"), unix_of("2027-05-15"));
  CHECK(texts(half_year) == std::vector<std::string>{"Dec", "2027", "Feb", "Mar", "Apr", "May"});

  const auto five_years = time_ticks(unix_of("2026-01-01"), unix_of("2031-01-01"));
  CHECK(texts(five_years) == std::vector<std::string>{"2026", "2027", "2028", "2029", "2030"});

  for (double days = 0.5; days < 3000.0; days *= 1.3) {
    CHECK(time_ticks(unix_of("2026-01-01"), unix_of("2026-01-01") + days * 86400.0).size() <= 9);
  }
}

TEST_CASE("a span without length has no marks", "[report][html]") {
  CHECK(time_ticks(5.0, 5.0).empty());
}
