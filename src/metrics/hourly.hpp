#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gigasim/metrics/results.hpp"
#include "ledger.hpp"

namespace gigasim::metrics {

/// Hourly means of one site, folded when its state changes: no event is needed at the full hour.
class HourlySeries {
 public:
  /// Each row is the mean of so many hours.
  explicit HourlySeries(std::int32_t site, std::int64_t hours = 1) : site_(site), hours_(hours) {}

  struct Change {
    std::int64_t waiting = 0, busy = 0, online = 0, it_microwatts = 0;
  };
  void change(const Change& by, Ticks now);
  /// Closes all hours up to `now`; the last may be a part of an hour, whose mean is over that part.
  void finish(Ticks now);
  [[nodiscard]] const std::vector<SeriesRow>& rows() const { return rows_; }

 private:
  static constexpr Ticks kHour = 3600 * static_cast<Ticks>(units::kTicksPerSecond);
  [[nodiscard]] Ticks step() const { return hours_ * kHour; }
  void settle(Ticks now);
  void add(Ticks until);
  void close_hour(Ticks length);

  std::int32_t site_;
  std::int64_t hours_;
  std::array<std::int64_t, 4> state_{};  ///< in the order of Change
  std::array<Wide, 4> sums_{};           ///< state x ticks in the hour that is open
  Ticks last_change_ = 0;
  std::vector<SeriesRow> rows_;
};

}  // namespace gigasim::metrics
