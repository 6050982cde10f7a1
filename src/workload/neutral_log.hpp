#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/workload/import.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::workload {

/// What a neutral table begins with.
inline constexpr std::string_view kNeutralMark = "# gigasim-jobs v1";

/// The columns of a neutral table, in order.
[[nodiscard]] const std::vector<std::string>& neutral_columns();

/// One row of a neutral table; what is not known is empty. Times are in seconds, the submit time of a log's dates since
/// 1970.
struct NeutralJob {
  std::string id;
  double submit = 0.0;
  double accelerators = 0.0;
  std::optional<std::int64_t> nodes;
  std::optional<double> runtime, walltime;
  std::string job_class, user, project, site, outcome;
  std::optional<double> fail_after, work_flop;
  std::optional<double> wait;  ///< as logged; the table has no column for it, the import report sums it up
  std::string after;
};

/// The words of the column `outcome`.
inline constexpr std::string_view kCompleted = "completed", kFailed = "failed", kCancelled = "cancelled";

/// Collects the jobs of a log on their way into a neutral table.
class NeutralLog {
 public:
  NeutralLog(std::string_view format, const std::string& file, std::string digest);

  [[nodiscard]] ImportReport& report() { return report_; }
  void drop(std::string_view reason) { ++report_.dropped[std::string{reason}]; }
  void repaired(std::string_view reason) { ++report_.repaired[std::string{reason}]; }
  /// Takes a job; one without accelerators or with a run time below 0 is dropped.
  void keep(NeutralJob job);
  /// Notes that a date names no zone: one warning for all.
  void note_local_time() { ++local_times_; }
  /// Submit times are dates: the table begins with the earliest.
  void set_dated() { dated_ = true; }

  /// The table in order of submit time, equal ones as they came. Throws scenario::ScenarioError when no job is left.
  [[nodiscard]] NeutralTable finish(std::int64_t lines);

 private:
  void begin_at_first();
  void sort_by_submit_time();
  [[nodiscard]] std::string csv() const;

  ImportReport report_;
  std::vector<NeutralJob> jobs_;
  std::int64_t local_times_ = 0;
  bool dated_ = false;
};

/// Throws scenario::ScenarioError: every job of a log was dropped, and why.
[[noreturn]] void refuse_empty_log(const ImportReport& report);

}  // namespace gigasim::workload
