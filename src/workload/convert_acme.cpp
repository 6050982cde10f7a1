#include <cctype>
#include <cmath>
#include <string>
#include <utility>

#include "converters.hpp"
#include "log_dates.hpp"
#include "log_table.hpp"
#include "log_time.hpp"
#include "neutral_log.hpp"

namespace gigasim::workload {
namespace {

/// The outcome that a state word of a GPU cluster means; nothing for a word that is not known.
std::optional<std::string_view> cluster_outcome(std::string_view cell) {
  std::string word;
  for (const char c : cell) word += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (word == "COMPLETED" || word == "PASS") return kCompleted;
  if (word == "CANCELLED" || word == "KILLED") return kCancelled;
  if (word == "FAILED" || word == "TIMEOUT" || word == "NODE_FAIL" || word == "OUT_OF_MEMORY") return kFailed;
  return std::nullopt;
}

class AcmeConverter {
 public:
  explicit AcmeConverter(const ForeignLog& log)
      : options_(log.options),
        table_(log.content.text, log.file, dialect_of(log)),
        neutral_("acme", log.file, log.content.digest) {
    constexpr std::string_view kHint = " (trace_seren.csv and trace_kalos.csv of AcmeTrace have it)";
    id_ = table_.need({"job_id"}, kHint);
    gpus_ = table_.need({"gpu_num"}, kHint);
    state_ = table_.need({"state"}, kHint);
    submit_ = table_.need({"submit_time"}, kHint);
    start_ = table_.need({"start_time"}, kHint);
    end_ = table_.need({"end_time"}, kHint);
    neutral_.set_dated();
  }

  NeutralTable convert() {
    while (table_.next()) {
      read_job();
      neutral_.forget_row();
    }
    return neutral_.finish(table_.records(), table_.errors());
  }

 private:
  void read_job() {
    const std::string_view state = table_.cell(state_);
    const bool ended = state != "RUNNING" && state != "PENDING";
    const auto outcome = cluster_outcome(state);
    if (ended && !outcome) table_.complain(state_, "not a job state");
    const auto submit = date_in(table_, submit_, neutral_);
    const auto start = date_in(table_, start_, neutral_);
    const auto end = date_in(table_, end_, neutral_);
    const auto duration = table_.number(duration_, kLongestLogTime);
    const auto nodes = table_.number(nodes_, kMostLogUnits);
    const double accelerators = accelerators_of_job();
    if (table_.bad()) return;
    if (!ended) return neutral_.drop(state == "RUNNING" ? "still running" : "still pending");
    if (!submit) return neutral_.drop("no submit time");
    if (!start) return neutral_.drop("never started");
    if (!end) return neutral_.drop("no end time");
    // Durations of Kalos include the wait in the queue; dates are what was measured.
    if (duration && std::abs(*duration - (*end - *start)) > 1.0) {
      neutral_.repaired("duration differs from end less start, which was taken");
    }
    NeutralJob job;
    job.id = table_.cell(id_);
    job.submit = *submit;
    job.accelerators = accelerators;
    if (nodes) job.nodes = static_cast<std::int64_t>(*nodes);
    job.runtime = *end - *start;
    job.wait = *start - *submit;
    job.job_class = table_.cell(class_);
    job.user = table_.cell(user_);
    job.project = table_.cell(cluster_);
    job.outcome = *outcome;
    if (*outcome == kFailed) job.fail_after = job.runtime;
    if (!neutral_.is_repeated(job)) neutral_.keep(std::move(job));
  }

  double accelerators_of_job() {
    const double gpus = table_.number(gpus_, kMostLogUnits).value_or(0.0);
    const double cpus = table_.number(cpus_, kMostLogUnits).value_or(0.0);
    if (gpus > 0.0) return gpus;
    return whole_accelerators(options_.accelerators_per_processor.value_or(0.0) * cpus, neutral_);
  }

  const ImportOptions& options_;
  LogTable table_;
  NeutralLog neutral_;
  LogTable::Column id_, gpus_, state_, submit_, start_, end_;
  LogTable::Column duration_ = table_.column({"duration"}), nodes_ = table_.column({"node_num"}),
                   cpus_ = table_.column({"cpu_num"}), class_ = table_.column({"type"}),
                   user_ = table_.column({"user"}), cluster_ = table_.column({"vc"});
};

}  // namespace

NeutralTable convert_acme(const ForeignLog& log) {
  return AcmeConverter{log}.convert();
}

}  // namespace gigasim::workload
