#pragma once

#include <chrono>
#include <string>

#include "gigasim/engine/run.hpp"
#include "gigasim/units/calendar.hpp"

namespace gigasim::cli {

/// A progress line on stderr: simulated date, jobs done, time left. On a terminal it is redrawn in place, elsewhere a
/// plain line is written every ten seconds.
class ProgressLine {
 public:
  /// Dates are counted from the start of `scenario` as it is when they are drawn.
  explicit ProgressLine(const scenario::Scenario& scenario);
  void update(const engine::Progress& progress);

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] std::string text(const engine::Progress& progress, double elapsed_s) const;

  const scenario::Scenario& scenario_;
  bool terminal_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point drawn_ = begun_;
  bool anything_drawn_ = false;
};

/// Warns once when a policy that places every waiting job at each pass, without a bound, has many of them, and says how
/// long the rest of the log will take at the present pace.
class LongPlanWarning {
 public:
  /// `scenario` must outlive this.
  explicit LongPlanWarning(const scenario::Scenario& scenario);
  void update(const engine::Progress& progress);

 private:
  using Clock = std::chrono::steady_clock;
  const scenario::Scenario& scenario_;
  bool due_;
  Clock::time_point before_ = Clock::now();  // of the last update, and what was done by then
  std::int64_t done_before_ = 0;
};

}  // namespace gigasim::cli
