#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "gigasim/workload/import.hpp"
#include "gigasim/workload/source.hpp"
#include "import_errors.hpp"

namespace gigasim::workload {

/// What a neutral table begins with.
inline constexpr std::string_view kNeutralMark = "# gigasim-jobs v1";

/// The columns of a neutral table, in order.
[[nodiscard]] const std::vector<std::string>& neutral_columns();

/// The repair of a size that was no whole number.
inline constexpr const char* kRoundedUp = "a part of an accelerator, rounded up to a whole one";

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
  std::optional<double> wait;  ///< from submit to start as logged; below 0: not known
  std::string after;
  std::vector<std::string_view> repairs;  ///< constants; NeutralLog fills it
};

/// The words of the column `outcome`.
inline constexpr std::string_view kCompleted = "completed", kFailed = "failed", kCancelled = "cancelled";

/// Collects the jobs of a log on their way into a neutral table.
class NeutralLog {
 public:
  NeutralLog(std::string_view format, const std::string& file, std::string digest);

  [[nodiscard]] ImportReport& report() { return report_; }
  void drop(std::string_view reason);
  /// Notes what was done to the job at hand; counted when it is kept. The text must be a constant.
  void repaired(std::string_view reason) { repairs_.push_back(reason); }
  /// Forgets what was done to a row that could not be read.
  void forget_row() { repairs_.clear(); }
  /// Tells whether a record of this job (site, id, submit time, start or else run time) was there before, and then
  /// counts it as merged.
  [[nodiscard]] bool is_repeated(const NeutralJob& job);
  /// Takes a job; one without accelerators, with a run time below 0 or of more than 10 years is dropped. Its texts are
  /// made valid UTF-8 without control characters.
  void keep(NeutralJob job);
  /// Notes that a date names no zone: one warning for all.
  void note_local_time() { ++local_times_; }
  /// Submit times are dates: the table begins with the earliest.
  void set_dated() { dated_ = true; }

  /// The table in order of submit time, equal ones as they came; `lines` were read, and `errors` says which could not
  /// be. Throws scenario::ScenarioError when no job is left, and as ImportErrors::settle() does.
  [[nodiscard]] NeutralTable finish(std::int64_t lines, const ImportErrors& errors);
  /// The same where the report knows the lines and which of them could not be read; `mistakes` are of those.
  [[nodiscard]] NeutralTable finish(std::vector<std::string> mistakes);

 private:
  void clean(NeutralJob& job);
  void drop_late();
  void sum_up();
  void begin_at_first();
  void sort_by_submit_time();
  [[nodiscard]] std::string csv() const;

  ImportReport report_;
  std::vector<NeutralJob> jobs_;
  std::vector<std::string_view> repairs_;  // of the job at hand
  std::unordered_set<std::string> records_;
  std::int64_t local_times_ = 0;
  bool dated_ = false;
};

/// Throws scenario::ScenarioError: every job of a log was dropped, and why; the rows that could not be read come first.
[[noreturn]] void refuse_empty_log(const ImportReport& report, std::vector<std::string> mistakes);

}  // namespace gigasim::workload
