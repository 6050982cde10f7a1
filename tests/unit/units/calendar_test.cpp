#include "gigasim/units/calendar.hpp"

#include <catch2/catch.hpp>

using namespace gigasim::units;

namespace {

std::string best(const char* text) {
  const auto date = parse_date(text);
  return date ? format_utc(date->best) : "no date";
}
std::string range(const char* text) {
  const auto date = parse_date(text);
  return format_utc(date->low) + " " + format_utc(date->high);
}

}  // namespace

TEST_CASE("dates and moments are read and written", "[units][calendar]") {
  CHECK(best("2027-01-01") == "2027-01-01");
  CHECK(best("2028-02-29") == "2028-02-29");
  CHECK(best("2027-01-01T06:30") == "2027-01-01T06:30:00Z");
  CHECK(best("2027-01-01T06:30:15Z") == "2027-01-01T06:30:15Z");
  CHECK(parse_date("1970-01-02")->best.unix_seconds == 86400);
  CHECK(range("2027-05-04") == "2027-05-04 2027-05-04");
}

TEST_CASE("a vague date means its middle, with its ends as the range", "[units][calendar]") {
  CHECK(range("2027") == "2027-01-01 2028-01-01");
  CHECK(best("2027") == "2027-07-02");  // 365 days: day 182 after the first
  CHECK(range("2027-H1") == "2027-01-01 2027-07-01");
  CHECK(best("2027-H1") == "2027-04-01");  // 181 days: day 90
  CHECK(range("2027-H2") == "2027-07-01 2028-01-01");
  CHECK(range("2026-Q4") == "2026-10-01 2027-01-01");
  CHECK(best("2026-Q4") == "2026-11-16");  // 92 days: day 46
  CHECK(range("2026-12") == "2026-12-01 2027-01-01");
}

TEST_CASE("what is no date is refused", "[units][calendar]") {
  for (const auto* text :
       {"", "27-01-01", "2027-02-29", "2027-13", "2027-00", "2027-H3", "2027-Q0", "2027-1-1", "2027-01-32",
        "2027-01-01T25:00", "2027-01-01T06", "2027-01-01 06:00 CET", "1899", "2200-01-01", "soon"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
}

TEST_CASE("hours and weekdays follow the calendar", "[units][calendar]") {
  // 2027-01-01 is a Friday.
  const auto start = parse_date("2027-01-01")->best.unix_seconds;
  CHECK(hour_of_week(start).weekday == 4);
  CHECK(hour_of_week(start).hour == 0);
  CHECK(hour_of_week(start + 3 * 86400 + 13 * 3600 + 1).weekday == 0);
  CHECK(hour_of_week(start + 3 * 86400 + 13 * 3600 + 1).hour == 13);
  CHECK(hour_of_week(-1).weekday == 2);  // 1969-12-31 was a Wednesday
  CHECK(hour_of_week(-1).hour == 23);
}

TEST_CASE("European summer time begins and ends on the last Sundays of March and October at 01:00 UTC",
          "[units][calendar]") {
  // 2027: 28 March and 31 October.
  CHECK_FALSE(european_summer_time(parse_date("2027-03-28T00:59:59")->best));
  CHECK(european_summer_time(parse_date("2027-03-28T01:00")->best));
  CHECK(european_summer_time(parse_date("2027-10-31T00:59:59")->best));
  CHECK_FALSE(european_summer_time(parse_date("2027-10-31T01:00")->best));
}
