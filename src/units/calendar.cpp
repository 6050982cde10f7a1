#include "gigasim/units/calendar.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace gigasim::units {
namespace {

namespace chr = std::chrono;
constexpr std::int64_t kDay = 86400;

UtcTime at(int year, unsigned month, unsigned day) {
  const chr::sys_days days = chr::year{year} / chr::month{month} / chr::day{day};
  return {static_cast<std::int64_t>(days.time_since_epoch().count()) * kDay};
}

VagueDate span(UtcTime low, UtcTime high) {
  const std::int64_t days = (high.unix_seconds - low.unix_seconds) / kDay;
  return {{low.unix_seconds + days / 2 * kDay}, low, high};
}

/// Reads exactly `digits` digits at `pos` and moves past them.
std::optional<int> digits(std::string_view text, std::size_t& pos, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i, ++pos) {
    if (pos >= text.size() || text[pos] < '0' || text[pos] > '9') return std::nullopt;
    value = value * 10 + (text[pos] - '0');
  }
  return value;
}

bool literal(std::string_view text, std::size_t& pos, char c) {
  if (pos >= text.size() || text[pos] != c) return false;
  ++pos;
  return true;
}

/// Reads "T06:00", "T06:00:00", each with an optional "Z", up to the end of the text.
std::optional<std::int64_t> time_of_day(std::string_view text, std::size_t pos) {
  if (!literal(text, pos, 'T') && !literal(text, pos, ' ')) return std::nullopt;
  const auto hour = digits(text, pos, 2);
  if (!hour || !literal(text, pos, ':')) return std::nullopt;
  const auto minute = digits(text, pos, 2);
  if (!minute) return std::nullopt;
  std::optional<int> second = 0;
  if (literal(text, pos, ':')) second = digits(text, pos, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  literal(text, pos, 'Z');
  if (pos != text.size()) return std::nullopt;
  return (*hour * 60 + *minute) * 60 + *second;
}

std::optional<VagueDate> half_or_quarter(std::string_view text, std::size_t pos, int year) {
  const bool half = literal(text, pos, 'H');
  if (!half && !literal(text, pos, 'Q')) return std::nullopt;
  const auto index = digits(text, pos, 1);
  const int months = half ? 6 : 3;
  if (!index || pos != text.size() || *index < 1 || *index > 12 / months) return std::nullopt;
  const auto first = static_cast<unsigned>((*index - 1) * months + 1);
  const bool last = *index * months == 12;
  return span(at(year, first, 1), last ? at(year + 1, 1, 1) : at(year, first + static_cast<unsigned>(months), 1));
}

}  // namespace

Seconds operator-(UtcTime later, UtcTime earlier) {
  return Seconds{static_cast<double>(later.unix_seconds - earlier.unix_seconds)};
}

UtcTime operator+(UtcTime t, Seconds duration) {
  return {t.unix_seconds + static_cast<std::int64_t>(std::floor(duration.in_base_units()))};
}

std::optional<VagueDate> parse_date(std::string_view text) {
  std::size_t pos = 0;
  const auto year = digits(text, pos, 4);
  if (!year || *year < 1900 || *year > 2199) return std::nullopt;
  if (pos == text.size()) return span(at(*year, 1, 1), at(*year + 1, 1, 1));
  if (!literal(text, pos, '-')) return std::nullopt;
  if (pos < text.size() && (text[pos] == 'H' || text[pos] == 'Q')) return half_or_quarter(text, pos, *year);
  const auto month = digits(text, pos, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  const auto m = static_cast<unsigned>(*month);
  if (pos == text.size()) return span(at(*year, m, 1), *month == 12 ? at(*year + 1, 1, 1) : at(*year, m + 1, 1));
  if (!literal(text, pos, '-')) return std::nullopt;
  const auto day = digits(text, pos, 2);
  if (!day || !(chr::year{*year} / chr::month{m} / chr::day{static_cast<unsigned>(*day)}).ok()) return std::nullopt;
  UtcTime t = at(*year, m, static_cast<unsigned>(*day));
  if (pos != text.size()) {
    const auto seconds = time_of_day(text, pos);
    if (!seconds) return std::nullopt;
    t.unix_seconds += *seconds;
  }
  return VagueDate{t, t, t};
}

std::string format_utc_long(UtcTime t) {
  const chr::sys_seconds moment{chr::seconds{t.unix_seconds}};
  const auto day = chr::floor<chr::days>(moment);
  const chr::year_month_day date{day};
  const chr::hh_mm_ss clock{moment - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string format_utc(UtcTime t) {
  const std::string full = format_utc_long(t);
  return t.unix_seconds % kDay == 0 ? full.substr(0, 10) : full;
}

std::optional<UtcTime> midnight(int year, int month, int day) {
  if (month < 1 || day < 1) return std::nullopt;
  const auto m = static_cast<unsigned>(month);
  const auto d = static_cast<unsigned>(day);
  const chr::year_month_day date = chr::year{year} / chr::month{m} / chr::day{d};
  return date.ok() ? std::optional{at(year, m, d)} : std::nullopt;
}

HourOfWeek hour_of_week(std::int64_t seconds_since_1970) {
  std::int64_t day = seconds_since_1970 / kDay;
  std::int64_t rest = seconds_since_1970 % kDay;
  if (rest < 0) {
    rest += kDay;
    --day;
  }
  const std::int64_t weekday = ((day + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  return {static_cast<int>(weekday), static_cast<int>(rest / 3600)};
}

bool european_summer_time(UtcTime t) {
  const chr::sys_seconds moment{chr::seconds{t.unix_seconds}};
  const auto year = chr::year_month_day{chr::floor<chr::days>(moment)}.year();
  const chr::sys_days first = year / chr::March / chr::Sunday[chr::last];
  const chr::sys_days last = year / chr::October / chr::Sunday[chr::last];
  return moment >= first + chr::hours{1} && moment < last + chr::hours{1};
}

Quarter quarter_of(UtcTime t) {
  const chr::year_month_day day{chr::floor<chr::days>(chr::sys_seconds{chr::seconds{t.unix_seconds}})};
  return {static_cast<int>(day.year()), (static_cast<int>(static_cast<unsigned>(day.month())) - 1) / 3 + 1};
}

UtcTime end_of(Quarter quarter) {
  const bool last = quarter.number == 4;
  return at(last ? quarter.year + 1 : quarter.year, last ? 1U : static_cast<unsigned>(quarter.number) * 3 + 1, 1);
}

std::string name_of(Quarter quarter) {
  return fmt::format("{}-Q{}", quarter.year, quarter.number);
}

}  // namespace gigasim::units
