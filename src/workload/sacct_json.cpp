#include "sacct_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string>

#include "json_log.hpp"
#include "slurm_gpus.hpp"
#include "slurm_jobs.hpp"

namespace gigasim::workload {
namespace {

using nlohmann::json;

const json& member(const json& object, const char* key) {
  static const json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

/// A number, or {"set": true, "infinite": false, "number": 60}; nothing for one that is not set or without end.
std::optional<double> number_in(const json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_object()) return std::nullopt;
  const json& set = member(value, "set");
  const json& infinite = member(value, "infinite");
  if ((set.is_boolean() && !set.get<bool>()) || (infinite.is_boolean() && infinite.get<bool>())) return std::nullopt;
  return number_member(value, "number");
}

/// Dates are seconds since 1970; 0 is none.
std::optional<double> date_in(const json& value) {
  const auto seconds = number_in(value);
  return seconds && *seconds > 0.0 ? seconds : std::nullopt;
}

std::optional<std::int64_t> count_in(const json& value) {
  const auto number = number_in(value);
  if (!number || !(*number >= 0.0 && *number <= kMostLogUnits)) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

/// The list of trackable resources as `sacct -P` would write it.
std::string tres_text(const json& list) {
  std::string text;
  if (!list.is_array()) return text;
  for (const json& entry : list) {
    const std::string type = entry.is_object() ? text_member(entry, "type").value_or("") : "";
    if (type != "gres") continue;
    const auto count = number_in(member(entry, "count")).value_or(-1.0);
    text += fmt::format("{}gres/{}={:.0f}", text.empty() ? "" : ",", text_member(entry, "name").value_or(""), count);
  }
  return text;
}

class SacctJson {
 public:
  explicit SacctJson(const ForeignLog& log)
      : options_(log.options),
        errors_(log.file, log.options.strict),
        neutral_("sacct", log.file, log.content.digest),
        jobs_(log.options, neutral_) {
    neutral_.set_dated();
    read_json(log.content.text, errors_, [this](const JsonEvent& event) { return hear(event); });
    if (!seen_jobs_) errors_.raise({1, 1}, "no list \"jobs\": is this the output of sacct --json?");
  }

  NeutralTable convert() { return neutral_.finish(records_, errors_); }

 private:
  using Kind = json::parse_event_t;

  bool hear(const JsonEvent& event) {
    if (event.kind == Kind::key && event.depth == 1) section_ = event.value.get<std::string>();
    seen_jobs_ = seen_jobs_ || (event.kind == Kind::array_start && event.depth == 1 && section_ == "jobs");
    const bool begins = event.kind == Kind::key || event.kind == Kind::object_start || event.kind == Kind::array_start;
    if (section_ != "jobs") return begins || event.depth == 0;
    if (event.depth == 2 && begins) begin_ = event.place;
    if (event.depth != 2 || begins) return true;
    if (event.kind == Kind::value) begin_ = event.place;
    ++records_;
    read_job(event.value);
    neutral_.forget_row();
    return false;
  }

  void complain(std::string_view reason, std::string_view found) {
    const std::string problem =
        found.empty() ? std::string{reason} : fmt::format("{}: {}", reason, workload::quoted(found));
    errors_.bad_row(begin_, reason, problem);
  }

  void read_job(const json& job) {
    if (!job.is_object()) return complain("a job must be an object", "");
    const auto id = count_in(member(job, "job_id"));
    if (!id) return complain("job_id: must be a whole number", "");
    SlurmRecord record;
    const std::string state = state_of(job);
    record.state = slurm_state(state);
    if (record.state == nullptr) return complain("state: not a job state of Slurm", state);
    const auto gpus = gpus_of(job);
    if (!gpus) return complain("tres: a count of gpu is not a whole number", "");
    record.gpus = *gpus;
    record.id = record.listed_id = fmt::format("{}", *id);
    add_array(job, record);
    add_times(member(job, "time"), record);
    record.nodes = count_in(member(job, "allocation_nodes"));
    record.cpus = count_in(member(member(job, "required"), "CPUs"));
    record.user = text_member(job, "user").value_or("");
    record.account = text_member(job, "account").value_or("");
    record.cluster = text_member(job, "cluster").value_or("");
    record.job_class = text_member(job, "qos").value_or(text_member(job, "partition").value_or(""));
    jobs_.take(record);
  }

  /// {"current": ["COMPLETED"]}, or the word alone in files of older versions.
  static std::string state_of(const json& job) {
    const json& state = member(job, "state");
    const json& current = state.is_object() ? member(state, "current") : state;
    const json& word = current.is_array() && !current.empty() ? current.front() : current;
    return word.is_string() ? word.get<std::string>() : "";
  }

  std::optional<SlurmGpus> gpus_of(const json& job) const {
    for (const char* list : {"allocated", "requested"}) {
      const auto gpus = gpus_in_tres(tres_text(member(member(job, "tres"), list)), options_.gpu_shares);
      if (!gpus || gpus->count > 0.0 || gpus->unknown_share) return gpus;
    }
    return SlurmGpus{};
  }

  static void add_array(const json& job, SlurmRecord& record) {
    const json& array = member(job, "array");
    const auto tasks = array.is_object() ? text_member(array, "task") : std::nullopt;
    if (!tasks || tasks->empty()) return;
    record.listed_id = fmt::format("{}_[{}]", count_in(member(array, "job_id")).value_or(0), *tasks);
  }

  static void add_times(const json& time, SlurmRecord& record) {
    record.submit = date_in(member(time, "submission"));
    record.eligible = date_in(member(time, "eligible"));
    record.start = date_in(member(time, "start"));
    record.started = record.start && record.start != date_in(member(time, "end"));
    record.elapsed = number_in(member(time, "elapsed"));
    if (const auto minutes = number_in(member(time, "limit"))) record.limit = *minutes * kSecondsOfMinute;
  }

  const ImportOptions& options_;
  ImportErrors errors_;
  NeutralLog neutral_;
  SlurmJobs jobs_;
  std::string section_;
  TextPlace begin_;
  std::int64_t records_ = 0;
  bool seen_jobs_ = false;
};

}  // namespace

NeutralTable convert_sacct_json(const ForeignLog& log) {
  return SacctJson{log}.convert();
}

}  // namespace gigasim::workload
