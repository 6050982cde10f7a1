#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_set>
#include <utility>

#include "converters.hpp"
#include "gigasim/units/text.hpp"
#include "log_dates.hpp"
#include "log_table.hpp"
#include "log_time.hpp"
#include "neutral_log.hpp"

namespace gigasim::workload {
namespace {

constexpr double kSecondsOfMinute = 60.0;

/// What a word of the column State means.
struct SlurmState {
  std::string_view word, outcome;
  std::string_view dropped;  ///< why such a job is none of ours; empty: it is
};

constexpr std::array<SlurmState, 22> kSlurmStates{{
    {"COMPLETED", kCompleted, ""},
    {"FAILED", kFailed, ""},
    {"TIMEOUT", kFailed, ""},
    {"NODE_FAIL", kFailed, ""},
    {"OUT_OF_MEMORY", kFailed, ""},
    {"BOOT_FAIL", kFailed, ""},
    {"DEADLINE", kFailed, ""},
    {"LAUNCH_FAILED", kFailed, ""},
    {"RECONFIG_FAIL", kFailed, ""},
    {"PREEMPTED", kFailed, ""},
    {"REQUEUED", kFailed, ""},
    {"SPECIAL_EXIT", kFailed, ""},
    {"CANCELLED", kCancelled, ""},
    {"REVOKED", "", "revoked: it ran on another cluster"},
    {"PENDING", "", "still pending"},
    {"REQUEUE_HOLD", "", "still pending"},
    {"CONFIGURING", "", "still pending"},
    {"RUNNING", "", "still running"},
    {"COMPLETING", "", "still running"},
    {"SUSPENDED", "", "still running"},
    {"RESIZING", "", "still running"},
    {"STOPPED", "", "still running"},
}};

/// "CANCELLED by 1000" and "CANCELLED+" are CANCELLED.
const SlurmState* slurm_state(std::string_view cell) {
  cell = cell.substr(0, cell.find_first_of(" +"));
  const auto* const found =
      std::find_if(kSlurmStates.begin(), kSlurmStates.end(), [&](const SlurmState& s) { return s.word == cell; });
  return found == kSlurmStates.end() ? nullptr : found;
}

/// GPUs of a TRES list such as "billing=64,cpu=64,gres/gpu=8,gres/gpu:h100=8,node=2"; 0 without any, nothing when a
/// count is no number. The typed entries repeat the untyped one: they count only where it is missing.
std::optional<double> gpus_in(std::string_view tres) {
  std::optional<double> untyped;
  double typed = 0.0;
  while (!tres.empty()) {
    const std::string_view entry = tres.substr(0, tres.find(','));
    tres.remove_prefix(std::min(entry.size() + 1, tres.size()));
    const std::size_t equals = std::min(entry.find('='), entry.size());
    const std::string_view key = entry.substr(0, equals);
    const bool is_typed = key.starts_with("gres/gpu:");
    if (key != "gres/gpu" && !is_typed) continue;
    const auto count = units::parse_integer(entry.substr(std::min(equals + 1, entry.size())));
    if (!count || *count < 0) return std::nullopt;
    if (is_typed) {
      typed += static_cast<double>(*count);
    } else {
      untyped = static_cast<double>(*count);
    }
  }
  return untyped.value_or(typed);
}

class SacctConverter {
 public:
  explicit SacctConverter(const ForeignLog& log)
      : options_(log.options),
        table_(log.content.text, log.file, {'|', false, false}),
        neutral_("sacct", log.file, log.content.digest) {
    constexpr std::string_view kHint = " (export with: sacct -a -X -P -o ..., see docs/import.md)";
    id_ = table_.need({"JobIDRaw", "JobID"}, kHint);
    submit_ = table_.need({"Submit"}, kHint);
    state_ = table_.need({"State"}, kHint);
    elapsed_ = table_.need({"ElapsedRaw", "Elapsed"}, kHint);
    elapsed_in_seconds_ = table_.column({"ElapsedRaw"}).has_value();
    neutral_.set_dated();
  }

  NeutralTable convert() {
    while (table_.next()) read_job();
    table_.errors().raise_if_any();
    return neutral_.finish(table_.records());
  }

 private:
  void read_job() {
    const std::string_view id = table_.cell(id_);
    if (id.find('.') != std::string_view::npos) return neutral_.drop("job step");
    const SlurmState* const state = slurm_state(table_.cell(state_));
    if (state == nullptr) return table_.complain(state_, "not a job state of Slurm");
    const auto submit = submit_time();
    const auto elapsed = elapsed_time();
    const auto walltime = time_limit();
    const auto accelerators = accelerators_of_job();
    if (!state->dropped.empty()) return neutral_.drop(state->dropped);
    if (!submit) return neutral_.drop("no submit time");
    if (state->outcome == kCancelled && never_started(elapsed)) return neutral_.drop("cancelled in the queue");
    if (!elapsed) return neutral_.drop("no run time");
    if (!ids_.insert(std::string{id}).second) neutral_.repaired("a run of a job that was requeued, kept as a job");
    NeutralJob job;
    job.id = id;
    job.submit = *submit;
    job.accelerators = accelerators;
    job.nodes = whole_number(nodes_);
    job.runtime = elapsed;
    if (!says_nothing(table_.cell(start_))) {
      if (const auto start = date_in(table_, start_, neutral_)) job.wait = *start - *submit;
    }
    job.walltime = walltime;
    job.job_class = table_.cell(class_);
    job.user = table_.cell(user_);
    job.project = table_.cell(account_);
    job.site = table_.cell(cluster_);
    job.outcome = state->outcome;
    if (state->outcome == kFailed) job.fail_after = elapsed;
    neutral_.keep(std::move(job));
  }

  /// Held, dependent and throttled jobs could not start before they were eligible.
  std::optional<double> submit_time() {
    const auto submit = date_in(table_, submit_, neutral_);
    const auto eligible = date_in(table_, eligible_, neutral_);
    if (!submit || !eligible || *eligible <= *submit) return submit;
    neutral_.repaired("held or dependent: submitted when it became eligible");
    return eligible;
  }

  std::optional<double> elapsed_time() {
    if (says_nothing(table_.cell(elapsed_))) return std::nullopt;
    return elapsed_in_seconds_ ? table_.number(elapsed_, kLongestLogTime) : duration(elapsed_);
  }

  std::optional<double> duration(LogTable::Column column) {
    const auto seconds = parse_slurm_duration(table_.cell(column));
    if (!seconds) table_.complain(column, "not a duration such as 1-12:00:00");
    return seconds;
  }

  /// TimelimitRaw is in minutes, though ElapsedRaw is in seconds.
  std::optional<double> time_limit() {
    const bool raw = raw_limit_ && !says_nothing(table_.cell(raw_limit_));
    const LogTable::Column column = raw ? raw_limit_ : limit_;
    const std::string_view cell = table_.cell(column);
    if (says_nothing(cell) || cell == "UNLIMITED" || cell == "Partition_Limit") return std::nullopt;
    if (!raw) return duration(column);
    const auto minutes = table_.number(column, kLongestLogTime);
    return minutes ? std::optional{*minutes * kSecondsOfMinute} : std::nullopt;
  }

  [[nodiscard]] bool never_started(std::optional<double> elapsed) const {
    if (elapsed.value_or(0.0) > 0.0) return false;
    const std::string_view start = table_.cell(start_);
    return says_nothing(start) || start == table_.cell(end_);
  }

  double accelerators_of_job() {
    for (const LogTable::Column column : {alloc_tres_, req_tres_}) {
      const auto gpus = gpus_in(table_.cell(column));
      if (!gpus) table_.complain(column, "a count of gres/gpu is not a whole number");
      if (gpus && *gpus > 0.0) return *gpus;
    }
    if (options_.accelerators_per_node && nodes_) {
      return static_cast<double>(*options_.accelerators_per_node * whole_number(nodes_).value_or(0));
    }
    if (options_.accelerators_per_processor && cpus_) {
      return std::ceil(*options_.accelerators_per_processor * static_cast<double>(whole_number(cpus_).value_or(0)));
    }
    return 0.0;
  }

  std::optional<std::int64_t> whole_number(LogTable::Column column) {
    const auto value = table_.number(column, kMostLogUnits);
    if (!value) return std::nullopt;
    if (*value >= 0.0 && *value == std::floor(*value)) return static_cast<std::int64_t>(*value);
    table_.complain(column, "not a whole number");
    return std::nullopt;
  }

  const ImportOptions& options_;
  LogTable table_;
  NeutralLog neutral_;
  std::unordered_set<std::string> ids_;
  LogTable::Column id_, submit_, state_, elapsed_;
  LogTable::Column eligible_ = table_.column({"Eligible"}), start_ = table_.column({"Start"}),
                   end_ = table_.column({"End"}), limit_ = table_.column({"Timelimit"}),
                   raw_limit_ = table_.column({"TimelimitRaw"}), alloc_tres_ = table_.column({"AllocTRES"}),
                   req_tres_ = table_.column({"ReqTRES"}), nodes_ = table_.column({"NNodes", "AllocNodes"}),
                   cpus_ = table_.column({"NCPUS", "AllocCPUS"}), user_ = table_.column({"User"}),
                   account_ = table_.column({"Account"}), cluster_ = table_.column({"Cluster"}),
                   class_ = table_.column({"QOS", "Partition"});
  bool elapsed_in_seconds_ = false;
};

}  // namespace

NeutralTable convert_sacct(const ForeignLog& log) {
  return SacctConverter{log}.convert();
}

}  // namespace gigasim::workload
