#pragma once

#include <cstdint>
#include <optional>

#include "gigasim/scenario/request_trace.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::workload {

/// The requests of a trace as a scenario asks for them, in seconds since the period's start.
///
/// Of the n-th request of the log (from 0, going on through all repetitions) come floor((n + 1) scale) - floor(n
/// scale): so many that the sum never differs from scale times those of the log by one. They share the time to the next
/// one of the log evenly: copies that came at one instant would be bursts that nobody logged.
class TraceReplay {
 public:
  explicit TraceReplay(const scenario::TracedDemand& demand);

  /// Returns how many come in [0, `time`).
  [[nodiscard]] std::int64_t come_before(units::Seconds time) const;
  /// Returns the next one, in order of time; nothing at the end.
  [[nodiscard]] std::optional<models::Request> next();

 private:
  /// How many come before the n-th of the log.
  [[nodiscard]] std::int64_t before(std::int64_t n) const;
  [[nodiscard]] double logged_at(std::int64_t n) const;
  [[nodiscard]] double copy_at(std::int64_t n, std::int64_t copy, std::int64_t copies) const;
  [[nodiscard]] std::int64_t logged_before(double time) const;
  [[nodiscard]] bool is_over(std::int64_t n) const { return !demand_.repeat && n >= size_; }

  scenario::TracedDemand demand_;
  std::int64_t size_;
  double cycle_;
  std::int64_t at_ = 0, copy_ = 0;  // the next one
};

}  // namespace gigasim::workload
