#include "progress.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "gigasim/units/text.hpp"
#include "terminal.hpp"

namespace gigasim::cli {

ProgressLine::ProgressLine(const scenario::Scenario& scenario) : scenario_(scenario), terminal_(is_terminal(stderr)) {}

void ProgressLine::update(const engine::Progress& progress) {
  const auto now = Clock::now();
  if (progress.last) {
    if (terminal_ && anything_drawn_) std::fputs("\r\x1b[K", stderr);
    return;
  }
  const std::chrono::duration<double> since = now - drawn_;
  if (since.count() < (terminal_ ? 0.1 : 10.0)) return;
  drawn_ = now;
  anything_drawn_ = true;
  const std::chrono::duration<double> elapsed = now - begun_;
  const std::string line = text(progress, elapsed.count());
  std::fputs(terminal_ ? ("\r\x1b[K" + line).c_str() : (line + "\n").c_str(), stderr);
  std::fflush(stderr);
}

std::string ProgressLine::text(const engine::Progress& progress, double elapsed_s) const {
  std::string line = fmt::format("{}  {} jobs submitted, {} done",
                                 units::format_utc_long(scenario_.period.start + progress.now).substr(0, 10),
                                 units::grouped(progress.jobs_submitted), units::grouped(progress.jobs_done));
  const double share = progress.end > units::Seconds{0} ? progress.now / progress.end : 0.0;
  if (share > 0.01) {
    line += fmt::format("  {:.0f} %, {} left", 100.0 * share,
                        units::humane_duration(units::Seconds{elapsed_s * (1.0 / share - 1.0)}));
  }
  return line;
}

}  // namespace gigasim::cli
