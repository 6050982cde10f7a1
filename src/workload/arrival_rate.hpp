#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::workload {

/// The clock of a country: standard time east of UTC, and whether it keeps European summer time.
struct LocalClock {
  int utc_offset_hours = 0;
  bool summer_time = false;
};

/// How an arrival rate moves about its base value.
///
///     rate(t) / base = hour factor x weekday factor x (1 + g)^(t / 365.25 d)
///
/// Hours and weekdays are those of a country's clock; the factors have mean 1 over the hours and over the weekdays; t
/// is since the period's start.
class ArrivalRate {
 public:
  /// `profile` is "constant" or a catalogue id. `end` is where the stream ends, nothing when it has no end in time.
  /// Throws scenario::ScenarioError for an unknown profile, and for growth without an end (it has no bound).
  ArrivalRate(std::string_view profile, double growth_per_year, units::UtcTime start,
              std::optional<units::Seconds> end);

  /// The largest value that rate / base can take.
  [[nodiscard]] double bound() const { return profile_peak_ * growth_bound_; }
  /// Returns rate / base / bound at `seconds` since the period's start, in [0, 1].
  [[nodiscard]] double relative_to_bound(double seconds, const LocalClock& clock);
  /// Returns the time mean of rate / base from `from` to `to`, in seconds since the period's start. O(hours).
  [[nodiscard]] double mean(double from, double to, const LocalClock& clock);

 private:
  void tabulate(const catalogue::ArrivalProfile& profile);
  [[nodiscard]] double profile_factor(double seconds, const LocalClock& clock);

  std::int64_t start_;  ///< seconds since 1970
  double log_growth_ = 0.0, growth_bound_ = 1.0;
  bool constant_ = true;
  double profile_peak_ = 1.0;
  std::array<double, 168> over_peak_{};  ///< by hour of the week, Monday first
  // Of the UTC hour asked for last: calls come in order of time, and the calendar is slow.
  std::int64_t utc_hour_ = 0;
  int hour_of_week_ = 0;
  bool summer_ = false;
};

}  // namespace gigasim::workload
