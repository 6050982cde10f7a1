#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gigasim/units/quantity.hpp"

namespace gigasim::units {

/// A moment in UTC, in whole seconds since 1970-01-01T00:00:00Z. Leap seconds do not exist here.
struct UtcTime {
  std::int64_t unix_seconds = 0;
  auto operator<=>(const UtcTime&) const = default;
};

[[nodiscard]] Seconds operator-(UtcTime later, UtcTime earlier);
/// Adds a duration; fractions of a second are dropped.
[[nodiscard]] UtcTime operator+(UtcTime t, Seconds duration);

/// A date as people write it: its best reading and the ends of what it can mean.
struct VagueDate {
  UtcTime best, low, high;
  bool operator==(const VagueDate&) const = default;
};

/// Reads an ISO 8601 date or date-time in UTC ("2027-01-01", "2027-01-01T06:00:00Z") or a vague date: "2027",
/// "2027-H1", "2026-Q4", "2027-03" mean the middle of that span (rounded down to a day), with its first day and
/// the first day after it as the range. Years 1900 to 2199. Returns nothing for any other text.
[[nodiscard]] std::optional<VagueDate> parse_date(std::string_view text);

/// Writes "2027-01-01" at midnight, else "2027-01-01T06:00:00Z".
[[nodiscard]] std::string format_utc(UtcTime t);
/// Writes always the long form, "2027-01-01T00:00:00Z".
[[nodiscard]] std::string format_utc_long(UtcTime t);

/// A quarter of a calendar year, number 1 to 4.
struct Quarter {
  int year = 1970, number = 1;
  auto operator<=>(const Quarter&) const = default;
};
[[nodiscard]] Quarter quarter_of(UtcTime t);
[[nodiscard]] UtcTime end_of(Quarter quarter);       ///< the first moment of the next one
[[nodiscard]] std::string name_of(Quarter quarter);  ///< "2027-Q1"

/// The first moment of a day; nothing for a day that the calendar does not have.
[[nodiscard]] std::optional<UtcTime> midnight(int year, int month, int day);

/// Hour of day 0..23 and weekday 0 (Monday) .. 6 (Sunday) of a moment given as seconds since 1970 in the clock meant.
struct HourOfWeek {
  int weekday, hour;
};
[[nodiscard]] HourOfWeek hour_of_week(std::int64_t seconds_since_1970);

/// Tells whether European summer time holds at `t`: from the last Sunday of March, 01:00 UTC, to the last Sunday of
/// October, 01:00 UTC (Directive 2000/84/EC).
[[nodiscard]] bool european_summer_time(UtcTime t);

}  // namespace gigasim::units
