#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "swf_import.hpp"

namespace gigasim::workload {

/// A job as a log of any format states it; times in seconds.
struct LoggedJob {
  std::int64_t number = 0;
  double submit = 0.0, runtime = 0.0;
  double walltime = 0.0;  ///< 0 or less: not known
  double accelerators = 0.0;
  Ending ending = Ending::kCompleted;
  std::int32_t user = -1;     ///< from 0 in order of first appearance; -1 when not known
  std::int32_t account = -1;  ///< likewise
};

/// Takes the jobs of a log by what the scenario asks of it, and keeps the account.
class JobIntake {
 public:
  JobIntake(const ImportRules& rules, ImportReport report) : rules_(rules) { log_.report = std::move(report); }

  [[nodiscard]] ImportReport& report() { return log_.report; }
  void reserve(std::size_t jobs) { log_.jobs.reserve(jobs); }
  /// Hears how long a job that is taken waited where it was logged; below 0: not known.
  void waited(double wait, double runtime) { waits_.add(wait, runtime); }
  void drop(std::string_view reason) { ++log_.report.dropped[std::string{reason}]; }
  void repaired(const char* reason) { ++log_.report.repaired[reason]; }
  /// Counts for each job that is kept that its id was no number.
  void number_all() {
    const auto kept = static_cast<std::int64_t>(log_.jobs.size());
    if (kept > 0) log_.report.repaired["id that is no whole number, numbered in order"] = kept;
  }
  /// Why the scenario has no use for a job; empty when it has.
  [[nodiscard]] std::string_view reason_to_drop(const LoggedJob& logged) const;
  /// Takes a job that there is no reason to drop.
  Job& take(const LoggedJob& logged);
  /// The jobs in order of submit time. Throws scenario::ScenarioError when there is none, with `mistakes` of rows.
  [[nodiscard]] ImportedLog finish(std::vector<std::string> mistakes);

 private:
  [[nodiscard]] units::Seconds walltime_of(const LoggedJob& logged, units::Seconds runtime);
  void note_rounding(const LoggedJob& logged);
  void warn_of_rounding();
  void sort_by_submit_time();

  const ImportRules& rules_;
  ImportedLog log_;
  LoggedWaitsBook waits_;
  double hours_asked_ = 0.0, hours_taken_ = 0.0;  // of jobs whose size was rounded up
};

}  // namespace gigasim::workload
