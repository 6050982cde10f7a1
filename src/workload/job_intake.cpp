#include "job_intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "gigasim/units/grid.hpp"
#include "gigasim/units/text.hpp"
#include "neutral_log.hpp"

namespace gigasim::workload {

std::string_view JobIntake::reason_to_drop(const LoggedJob& logged) const {
  if (std::ceil(logged.accelerators) > static_cast<double>(rules_.largest_partition)) {
    return "larger than the largest partition";
  }
  const units::Seconds submit = units::ceil_to_grid(units::Seconds{logged.submit});
  return rules_.period && submit >= *rules_.period ? "submitted after the period" : std::string_view{};
}

Job& JobIntake::take(const LoggedJob& logged) {
  Job& job = log_.jobs.emplace_back();
  job.number = logged.number;
  job.stream = rules_.stream;
  job.accelerators = static_cast<std::int64_t>(std::ceil(logged.accelerators));
  job.submit = units::ceil_to_grid(units::Seconds{logged.submit});
  job.runtime = units::ceil_to_grid(units::Seconds{logged.runtime});
  job.walltime = walltime_of(logged, job.runtime);
  job.ending = logged.ending;
  job.user = logged.user;
  job.account = logged.account;
  note_rounding(logged);
  return job;
}

units::Seconds JobIntake::walltime_of(const LoggedJob& logged, units::Seconds runtime) {
  if (logged.walltime <= 0.0) {
    repaired("no requested time, run time taken");
    return runtime;
  }
  const units::Seconds requested = units::ceil_to_grid(units::Seconds{logged.walltime});
  if (!rules_.extend_walltime || requested >= runtime) return requested;
  repaired("requested time below the run time, raised to it");
  return runtime;
}

void JobIntake::note_rounding(const LoggedJob& logged) {
  const double whole = std::ceil(logged.accelerators);
  if (whole == logged.accelerators) return;
  repaired(kRoundedUp);
  constexpr double kHour = 3600.0;
  hours_asked_ += logged.accelerators * logged.runtime / kHour;
  hours_taken_ += whole * logged.runtime / kHour;
}

void JobIntake::warn_of_rounding() {
  const auto found = log_.report.repaired.find(kRoundedUp);
  if (found == log_.report.repaired.end()) return;
  log_.report.warnings.push_back(fmt::format(
      "{}: {} of {} jobs ask for a part of an accelerator and take a whole one in its place: "
      "{:.3g} accelerator-h instead of {:.3g}",
      log_.report.file, units::grouped(found->second), units::grouped(log_.report.kept), hours_taken_, hours_asked_));
}

ImportedLog JobIntake::finish(std::vector<std::string> mistakes) {
  if (log_.jobs.empty()) refuse_empty_log(log_.report, std::move(mistakes));
  sort_by_submit_time();
  log_.report.as_logged = waits_.sum_up();
  log_.report.kept = static_cast<std::int64_t>(log_.jobs.size());
  warn_of_rounding();
  return std::move(log_);
}

void JobIntake::sort_by_submit_time() {
  units::Seconds latest{0};
  std::int64_t late = 0;
  for (const Job& job : log_.jobs) {
    if (job.submit < latest) ++late;
    latest = std::max(latest, job.submit);
  }
  if (late == 0) return;
  log_.report.repaired["not in order of submit time, sorted"] = late;
  std::stable_sort(log_.jobs.begin(), log_.jobs.end(), [](const Job& a, const Job& b) { return a.submit < b.submit; });
}

}  // namespace gigasim::workload
