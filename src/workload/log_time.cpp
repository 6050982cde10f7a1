#include "log_time.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "gigasim/units/text.hpp"

namespace gigasim::workload {
namespace {

constexpr double kSecondsPerMinute = 60.0;
constexpr double kSecondsPerHour = 3600.0;
constexpr double kSecondsPerDay = 86400.0;

/// A text that is eaten from the front.
class Eater {
 public:
  explicit Eater(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  bool eat(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// So many digits.
  [[nodiscard]] std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  /// ".125" as 0.125; 0 when there is none.
  [[nodiscard]] double fraction() {
    if (rest_.size() < 2 || rest_.front() != '.' || rest_[1] < '0' || rest_[1] > '9') return 0.0;
    const std::size_t end = std::min(rest_.find_first_not_of("0123456789", 1), rest_.size());
    const std::string text = "0" + std::string{rest_.substr(0, end)};
    rest_.remove_prefix(end);
    return units::parse_number(text).value_or(0.0);
  }

 private:
  std::string_view rest_;
};

std::optional<double> days_since_1970(Eater& text) {
  const auto year = text.digits(4);
  if (!year || !text.eat('-')) return std::nullopt;
  const auto month = text.digits(2);
  if (!month || !text.eat('-')) return std::nullopt;
  const auto day = text.digits(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count());
}

std::optional<double> time_of_day(Eater& text) {
  const auto hour = text.digits(2);
  if (!hour || *hour > 23 || !text.eat(':')) return std::nullopt;
  const auto minute = text.digits(2);
  if (!minute || *minute > 59 || !text.eat(':')) return std::nullopt;
  const auto second = text.digits(2);
  if (!second || *second > 60) return std::nullopt;  // 60: a leap second
  return *hour * kSecondsPerHour + *minute * kSecondsPerMinute + *second + text.fraction();
}

/// The offset of a zone from UTC: "Z", "+08:00", "-0700", "+08".
std::optional<double> zone_offset(Eater& text) {
  if (text.eat('Z')) return 0.0;
  const bool west = text.eat('-');
  if (!west && !text.eat('+')) return std::nullopt;
  const auto hours = text.digits(2);
  if (!hours || *hours > 14) return std::nullopt;
  text.eat(':');
  const int minutes = text.empty() ? 0 : text.digits(2).value_or(99);
  if (minutes > 59) return std::nullopt;
  const double offset = *hours * kSecondsPerHour + minutes * kSecondsPerMinute;
  return west ? -offset : offset;
}

std::vector<std::string_view> split_at(std::string_view text, char delimiter) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(delimiter);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// A number of digits and, where it may have one, a fraction.
std::optional<double> unsigned_number(std::string_view text, bool fraction) {
  const std::string_view allowed = fraction ? "0123456789." : "0123456789";
  if (text.empty() || text.find_first_not_of(allowed) != std::string_view::npos) return std::nullopt;
  return units::parse_number(text);
}

}  // namespace

std::optional<LogTime> parse_log_time(std::string_view text) {
  if (const auto seconds = unsigned_number(text, false)) return LogTime{*seconds, true};
  Eater eater{text};
  const auto days = days_since_1970(eater);
  if (!days || (!eater.eat('T') && !eater.eat(' '))) return std::nullopt;
  const auto time = time_of_day(eater);
  if (!time) return std::nullopt;
  const double local = *days * kSecondsPerDay + *time;
  if (eater.empty()) return LogTime{local, false};
  const auto offset = zone_offset(eater);
  if (!offset || !eater.empty()) return std::nullopt;
  return LogTime{local - *offset, true};
}

std::optional<double> parse_slurm_duration(std::string_view text) {
  double seconds = 0.0;
  const std::size_t dash = text.find('-');
  const bool with_days = dash != std::string_view::npos;
  if (with_days) {
    const auto days = unsigned_number(text.substr(0, dash), false);
    if (!days) return std::nullopt;
    seconds = *days * kSecondsPerDay;
    text.remove_prefix(dash + 1);
  }
  const std::vector<std::string_view> parts = split_at(text, ':');
  if (parts.size() > 3 || (parts.size() == 1 && !with_days)) return std::nullopt;
  // Behind days the first part is hours; without days the last one is seconds.
  constexpr std::array<double, 3> kSizes{kSecondsPerHour, kSecondsPerMinute, 1.0};
  const std::size_t first = with_days ? 0 : 3 - parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = unsigned_number(parts[i], first + i == 2);
    if (!value) return std::nullopt;
    seconds += *value * kSizes.at(first + i);
  }
  return seconds;
}

bool says_nothing(std::string_view cell) {
  std::string lower;
  for (const char c : cell.substr(0, 8)) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower.empty() || lower == "unknown" || lower == "none" || lower == "null" || lower == "n/a" || lower == "nan";
}

}  // namespace gigasim::workload
