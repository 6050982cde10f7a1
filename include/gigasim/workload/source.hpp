#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/job.hpp"
#include "gigasim/workload/logged_waits.hpp"

namespace gigasim::workload {

/// What an import did with a log: the first thing a researcher checks. Each line is a job that was kept, or was
/// dropped, or was merged: lines + added = kept + dropped + merged.
struct ImportReport {
  std::string file, format;
  std::int64_t lines = 0;  ///< lines read, comments and blank lines not counted
  std::int64_t kept = 0;
  std::map<std::string, std::int64_t> dropped;  ///< by reason
  std::map<std::string, std::vector<std::int64_t>>
      dropped_lines;                             ///< the first lines that could not be read, by reason
  std::int64_t unreadable = 0;                   ///< lines that could not be read; they are among those dropped
  std::int64_t merged = 0;                       ///< records of a job that was there before
  std::int64_t added = 0;                        ///< jobs of array ranges beyond the first of each
  std::map<std::string, std::int64_t> repaired;  ///< of jobs that are kept, by reason
  std::vector<std::string> warnings;             ///< `file:line: what looked odd` (first of each kind, with a count)
  std::optional<std::int64_t> max_procs;         ///< header MaxProcs
  std::optional<std::int64_t> unix_start_time;   ///< header UnixStartTime
  std::string digest;                            ///< of the file's bytes
  std::optional<LoggedWaits> as_logged;          ///< on the machine that wrote the log, where it says so
};

/// What a synthetic stream was set to deliver, for comparison with what it did.
struct StreamPlan {
  std::string stream;
  double accelerator_hours_per_job = 0.0;  ///< expected, after bundling
  double jobs_per_hour = 0.0;              ///< mean over the week, at the period's start
  double demand_accelerators = 0.0;        ///< expected mean accelerators in use = the two multiplied
  double rate_in_period = 1.0;             ///< expected jobs of the results period over `jobs_per_hour` times its hours
  std::int64_t bundle = 1;                 ///< largest bundle factor of its classes
};

/// Users who ask for access and get it. Times are since the scenario's start.
struct Project {
  std::int32_t stream = 0, origin = -1;  ///< as of its jobs
  std::int32_t site = -1;                ///< index in Scenario.sites of the site whose staff takes it on
  units::Seconds applied{0};             ///< its first job wants to run
  units::Seconds decided{0};
  std::optional<units::Seconds> onboarded;  ///< from here on its jobs are submitted; nothing: not yet known
};

/// Jobs of all streams in order of submit time (ties: stream order, then order within the stream), pulled one by one.
/// A pull never looks further ahead than one job per stream.
class JobSource {
 public:
  virtual ~JobSource() = default;
  /// Returns the next job; nothing when all streams are exhausted.
  [[nodiscard]] virtual std::optional<Job> next() = 0;
  /// Country codes that Job::origin indexes.
  [[nodiscard]] virtual const std::vector<std::string>& origins() const = 0;
  [[nodiscard]] virtual const std::vector<ImportReport>& imports() const = 0;
  [[nodiscard]] virtual const std::vector<StreamPlan>& plans() const = 0;
  /// The projects that have applied so far.
  [[nodiscard]] virtual const std::vector<Project>& projects() const {
    static const std::vector<Project> none;
    return none;
  }
};

/// Opens all streams of a scenario. Reads logs whole; throws scenario::ScenarioError for a log that cannot be used.
/// Synthetic streams end at the end of the period.
[[nodiscard]] std::unique_ptr<JobSource> open_streams(const scenario::Scenario& scenario);

}  // namespace gigasim::workload
