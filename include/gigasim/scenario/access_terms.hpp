#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "gigasim/units/calendar.hpp"
#include "gigasim/units/quantity.hpp"

/// On which terms users have access, and whose time their jobs use: docs/models/access.md.
namespace gigasim::scenario {

/// A day of each year.
struct MonthDay {
  int month = 1, day = 1;
  auto operator<=>(const MonthDay&) const = default;
};

/// When applications are decided on: what has come in by then. Without any date at any time.
struct CutOffs {
  std::vector<MonthDay> yearly{};       ///< at 00:00 UTC, rising
  std::vector<units::UtcTime> dates{};  ///< rising; beside `yearly` there are none
  [[nodiscard]] bool continuous() const { return yearly.empty() && dates.empty(); }
  bool operator==(const CutOffs&) const = default;
};

/// The first cut-off at `from` or after it, `from` itself without any; nothing when all dates are over. O(days a year).
[[nodiscard]] std::optional<units::UtcTime> next_cut_off(const CutOffs& cut_offs, units::UtcTime from);

/// The way to access of the users of a stream, and what they are granted.
struct Projects {
  std::int64_t jobs = 1;       ///< of one project: so many consecutive ones of a country
  units::Seconds decision{0};  ///< from the application, or the cut-off after it, to the decision
  CutOffs cut_offs{};
  std::optional<double> budget_accelerator_hours{};  ///< of one project; nothing: no limit
  std::optional<units::Seconds> allocation{};        ///< from on board on; nothing: for ever
  bool open = true;                                  ///< to users of the stream's type; else all jobs are refused
  bool operator==(const Projects&) const = default;
};

/// Whose share of a site's time a job uses.
enum class TimeHolder : std::uint8_t { kEu, kNational, kPrivate };
inline constexpr std::size_t kNumTimeHolders = 3;
inline constexpr std::array<TimeHolder, kNumTimeHolders> kTimeHolders{TimeHolder::kEu, TimeHolder::kNational,
                                                                      TimeHolder::kPrivate};
/// "eu", "national", "private"
[[nodiscard]] std::string_view word_of(TimeHolder holder);
[[nodiscard]] std::optional<TimeHolder> time_holder_of(std::string_view word);

/// What each holder may or should have of a site's time, as fractions that sum to at most 1.
struct TimeShares {
  double eu = 0.0;
  double national = 0.0;
  double private_use = 0.0;
  [[nodiscard]] double of(TimeHolder holder) const {
    return holder == TimeHolder::kEu ? eu : (holder == TimeHolder::kNational ? national : private_use);
  }
  bool operator==(const TimeShares&) const = default;
};

/// What the time shares of sites mean for their queues.
enum class ShareRule : std::uint8_t {
  kNone,    ///< nothing: results tell what each holder had
  kTarget,  ///< what fair share steers towards
  kCap,     ///< what a holder's jobs hold at most, at any instant, in each partition
};

}  // namespace gigasim::scenario
