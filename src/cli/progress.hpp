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

}  // namespace gigasim::cli
