#include <fmt/format.h>

#include <string>
#include <utility>

#include "converters.hpp"
#include "json_log.hpp"
#include "log_dates.hpp"
#include "log_table.hpp"
#include "log_time.hpp"
#include "neutral_log.hpp"

namespace gigasim::workload {
namespace {

/// GPUs of an attempt: over all its hosts.
double gpus_of_attempt(const nlohmann::json& attempt) {
  double gpus = 0.0;
  const auto detail = attempt.find("detail");
  if (detail == attempt.end() || !detail->is_array()) return gpus;
  for (const nlohmann::json& host : *detail) {
    if (!host.is_object()) continue;
    if (const auto list = host.find("gpus"); list != host.end() && list->is_array()) {
      gpus += static_cast<double>(list->size());
    }
  }
  return gpus;
}

/// The published job log: an array of jobs, each with its attempts.
class PhillyConverter {
 public:
  explicit PhillyConverter(const ForeignLog& log)
      : errors_(log.file, log.options.strict), neutral_("philly", log.file, log.content.digest) {
    neutral_.set_dated();
    read_json(log.content.text, errors_, [this](const JsonEvent& event) { return hear(event); });
  }

  NeutralTable convert() { return neutral_.finish(jobs_, errors_); }

 private:
  using Kind = nlohmann::json::parse_event_t;

  bool hear(const JsonEvent& event) {
    if (event.kind == Kind::object_start && event.depth == 1) begin_ = event.place;
    if (event.kind == Kind::object_start && event.depth == 0) errors_.raise({1, 1}, "must be an array of jobs");
    if (event.depth != 1 || event.kind == Kind::key || event.kind == Kind::object_start ||
        event.kind == Kind::array_start) {
      return true;
    }
    ++jobs_;
    if (event.value.is_object()) {
      bad_ = false;
      read_job(event.value);
      neutral_.forget_row();
    } else {
      errors_.bad_row(event.place, "a job must be an object", "a job must be an object");
    }
    return false;
  }

  void read_job(const nlohmann::json& json) {
    const std::string status = text_member(json, "status").value_or("");
    if (status != "Pass" && status != "Killed" && status != "Failed") {
      if (status == "Running" || status == "Queued") return neutral_.drop("still running or queued");
      constexpr std::string_view kProblem = "status: must be Pass, Killed or Failed";
      return errors_.bad_row(begin_, kProblem, fmt::format("{}, got {}", kProblem, workload::quoted(status)));
    }
    const auto submit = date_of(json, "submitted_time");
    const auto attempts = json.find("attempts");
    if (bad_) return;
    if (!submit) return neutral_.drop("no submit time");
    if (attempts == json.end() || !attempts->is_array() || attempts->empty()) return neutral_.drop("never started");
    NeutralJob job;
    double runtime = 0.0;
    for (const nlohmann::json& attempt : *attempts) {
      if (!attempt.is_object())
        return errors_.bad_row(begin_, "an attempt must be an object", "an attempt must be an object");
      const auto start = date_of(attempt, "start_time");
      const auto end = date_of(attempt, "end_time");
      if (bad_) return;
      if (!start) return neutral_.drop("an attempt without a start");
      if (!end) return neutral_.drop("an attempt without an end");
      if (*end < *start) return neutral_.drop("an attempt that ends before it starts");
      runtime += *end - *start;
      if (!job.wait) job.wait = *start - *submit;
    }
    if (attempts->size() > 1) neutral_.repaired("several attempts, joined to one run");
    job.id = text_member(json, "jobid").value_or(fmt::format("{}", jobs_));
    job.submit = *submit;
    job.accelerators = gpus_of_attempt(attempts->front());
    const auto hosts = attempts->front().find("detail");
    if (hosts != attempts->front().end() && hosts->is_array()) job.nodes = static_cast<std::int64_t>(hosts->size());
    job.runtime = runtime;
    job.user = text_member(json, "user").value_or("");
    job.project = text_member(json, "vc").value_or("");
    job.outcome = status == "Pass" ? kCompleted : status == "Killed" ? kCancelled : kFailed;
    if (job.outcome == kFailed) job.fail_after = runtime;
    if (!neutral_.is_repeated(job)) neutral_.keep(std::move(job));
  }

  std::optional<double> date_of(const nlohmann::json& json, const char* key) {
    const std::string text = text_member(json, key).value_or("");
    if (says_nothing(text)) return std::nullopt;
    const auto time = parse_log_time(text);
    if (!time) {
      if (!bad_ || errors_.strict()) {
        errors_.bad_row(begin_, fmt::format("{}: not a date and time", key),
                        fmt::format("{}: not a date and time: {}", key, workload::quoted(text)));
      }
      bad_ = true;
      return std::nullopt;
    }
    if (!time->zoned) neutral_.note_local_time();
    return time->unix_seconds;
  }

  ImportErrors errors_;
  NeutralLog neutral_;
  TextPlace begin_;
  std::int64_t jobs_ = 0;
  bool bad_ = false;  // the job was complained about
};

/// The table that other projects derived from it: no waits, outcomes and users.
NeutralTable convert_derived(const ForeignLog& log) {
  LogTable table{log.content.text, log.file, dialect_of(log)};
  NeutralLog neutral{"philly", log.file, log.content.digest};
  neutral.set_dated();
  constexpr std::string_view kHint = " (and the file is no JSON array of jobs)";
  const LogTable::Column submit = table.need({"submit_time_local", "submit_time"}, kHint);
  const LogTable::Column duration = table.need({"duration_s", "duration"}, kHint);
  const LogTable::Column gpus = table.need({"num_gpus"}, kHint);
  const LogTable::Column cluster = table.column({"virtual_cluster", "vc"});
  while (table.next()) {
    const auto submitted = date_in(table, submit, neutral);
    const auto runtime = table.number(duration, kLongestLogTime);
    const auto accelerators = table.number(gpus, kMostLogUnits);
    if (table.bad()) continue;
    if (!submitted) {
      neutral.drop("no submit time");
      continue;
    }
    if (!runtime) {
      neutral.drop("no run time");
      continue;
    }
    NeutralJob job;
    job.id = fmt::format("{}", table.records());
    job.submit = *submitted;
    job.accelerators = accelerators.value_or(0.0);
    job.runtime = runtime;
    job.project = table.cell(cluster);
    neutral.keep(std::move(job));
  }
  return neutral.finish(table.records(), table.errors());
}

}  // namespace

NeutralTable convert_philly(const ForeignLog& log) {
  const std::string& text = log.content.text;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string::npos && (text[first] == '[' || text[first] == '{');
  return json ? PhillyConverter{log}.convert() : convert_derived(log);
}

}  // namespace gigasim::workload
