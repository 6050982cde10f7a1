#include "progress.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstdio>

#include "gigasim/units/text.hpp"
#include "terminal.hpp"

namespace gigasim::cli {
namespace {

constexpr std::int64_t kManyToPlace = 2000;  // waiting jobs from which on an unbounded plan is warned of

}  // namespace

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

LongPlanWarning::LongPlanWarning(const scenario::Scenario& scenario)
    : scenario_(scenario),
      due_(scenario.scheduling.queue_policy.starts_with("conservative") && !scenario.scheduling.queues.backfill.depth) {
}

void LongPlanWarning::update(const engine::Progress& progress) {
  if (!due_) return;
  const auto now = Clock::now();
  const std::chrono::duration<double> since = now - before_;
  const std::int64_t done = progress.jobs_done - done_before_;
  before_ = now;
  done_before_ = progress.jobs_done;
  if (progress.jobs_waiting <= kManyToPlace || done <= 0) return;
  due_ = false;
  const auto left = static_cast<double>(progress.jobs_in_logs - progress.jobs_done);
  spdlog::warn(
      "{} jobs wait, and {} without a bound may place all of them each time a job ends: at the present pace the rest "
      "takes about {}; --set scheduling.backfill.depth=500 bounds it as Slurm's default does, with other results",
      units::grouped(progress.jobs_waiting), scenario_.scheduling.queue_policy,
      units::humane_duration(units::Seconds{since.count() * left / static_cast<double>(done)}));
}

}  // namespace gigasim::cli
