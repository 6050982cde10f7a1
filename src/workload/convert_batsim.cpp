#include <fmt/format.h>

#include <cmath>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "batsim_profiles.hpp"
#include "converters.hpp"
#include "log_table.hpp"
#include "neutral_log.hpp"

namespace gigasim::workload {
namespace {

/// A job as written; profiles may stand behind the jobs.
struct BatsimJob {
  TextPlace place;
  std::string id, profile;
  std::optional<double> submit, hosts, walltime;
  bool bad = false;  ///< it was complained about
};

/// Ids are texts; whole numbers in old files.
std::string id_of(const nlohmann::json& job) {
  const auto found = job.find("id");
  if (found == job.end()) return "";
  if (found->is_number_integer()) return found->dump();
  return found->is_string() ? found->get<std::string>() : "";
}

class BatsimConverter {
 public:
  explicit BatsimConverter(const ForeignLog& log)
      : errors_(log.file, log.options.strict),
        profiles_(log.options.flop_per_second, errors_),
        neutral_("batsim", log.file, log.content.digest),
        factor_(stated_factor(log, neutral_.report())) {
    read_json(log.content.text, errors_, [this](const JsonEvent& event) { return hear(event); });
    if (!seen_jobs_ || !seen_profiles_) {
      errors_.raise({1, 1}, fmt::format("no {} in the workload", seen_jobs_ ? "\"profiles\"" : "\"jobs\""));
    }
  }

  NeutralTable convert() {
    for (const BatsimJob& job : jobs_) {
      if (!job.bad || errors_.strict()) keep(job);
      neutral_.forget_row();
    }
    return neutral_.finish(static_cast<std::int64_t>(jobs_.size()), errors_);
  }

 private:
  using Kind = nlohmann::json::parse_event_t;

  bool hear(const JsonEvent& event) {
    const bool begins = event.kind == Kind::object_start || event.kind == Kind::array_start;
    const bool ends = event.kind == Kind::object_end || event.kind == Kind::array_end || event.kind == Kind::value;
    if (event.kind == Kind::key && event.depth == 1) section_ = event.value.get<std::string>();
    if (event.kind == Kind::key && event.depth == 2) key_ = event.value.get<std::string>();
    if (begins && event.depth == 1) begin_section(event.kind);
    if (begins && event.depth == 2) begin_ = event.place;
    if (event.kind == Kind::value && event.depth == 1 && section_ == "nb_res" && event.value.is_number_integer()) {
      neutral_.report().max_procs = event.value.get<std::int64_t>();
    }
    if (!ends || event.depth != 2) return true;
    if (event.kind == Kind::value) begin_ = event.place;
    if (section_ == "jobs") read_job(event.value);
    if (section_ == "profiles") read_profile(event.value);
    return false;
  }

  void begin_section(Kind kind) {
    seen_jobs_ = seen_jobs_ || (section_ == "jobs" && kind == Kind::array_start);
    seen_profiles_ = seen_profiles_ || (section_ == "profiles" && kind == Kind::object_start);
  }

  void read_profile(const nlohmann::json& profile) {
    if (!profile.is_object()) {
      if (errors_.strict()) errors_.add(begin_, fmt::format("profile {}: must be an object", workload::quoted(key_)));
      return;
    }
    profiles_.add(key_, profile, begin_);
  }

  void read_job(const nlohmann::json& json) {
    BatsimJob& job = jobs_.emplace_back();
    job.place = begin_;
    if (!json.is_object()) return complain("a job must be an object", "a job must be an object");
    job.id = id_of(json);
    job.profile = text_member(json, "profile").value_or("");
    job.submit = number_of(json, "subtime");
    job.hosts = number_of(json, "res");
    job.walltime = number_of(json, "walltime");
    if (job.id.empty()) complain("id: a job needs an id", "id: a job needs an id");
    if (!job.id.empty() && !ids_.insert(job.id).second) {
      complain("id: a job of that id was there before",
               fmt::format("id: a job {} was there before", workload::quoted(job.id)));
    }
    constexpr const char* kProfile = "profile: a job needs the name of a profile";
    if (job.profile.empty()) complain(kProfile, kProfile);
  }

  /// Of the job that was read last.
  void complain(std::string_view reason, std::string_view problem) {
    bool& bad = jobs_.back().bad;
    if (!bad) {
      errors_.bad_row(begin_, reason, problem);
    } else if (errors_.strict()) {
      errors_.add(begin_, problem);
    }
    bad = true;
  }

  std::optional<double> number_of(const nlohmann::json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null()) return std::nullopt;
    const auto value = number_member(json, key);
    if (!value) {
      const std::string problem = fmt::format("{}: must be a number", key);
      complain(problem, problem);
    } else if (!(std::fabs(*value) <= kLongestLogTime)) {
      const std::string problem = fmt::format("{}: out of range", key);
      complain(problem, problem);
    }
    return value;
  }

  void keep(const BatsimJob& raw) {
    const double hosts = raw.hosts.value_or(0.0);
    const auto work = profiles_.work(raw.profile, hosts, raw.place);
    if (!work) {
      if (!errors_.strict()) {
        errors_.bad_row(raw.place, profiles_.why(),
                        fmt::format("{}: {}", profiles_.why(), workload::quoted(raw.profile)));
      }
      return;
    }
    if (!raw.submit || *raw.submit < 0.0) return neutral_.drop("no submit time");
    if (work->has_communication) neutral_.repaired("communication left out, computation alone");
    const auto machine = neutral_.report().max_procs;
    if (machine && hosts > static_cast<double>(*machine)) neutral_.repaired("larger than its machine (nb_res), kept");
    // -1 and no walltime at all are how Batsim says that there is none; 0 or another negative one is a slip.
    if (raw.walltime && *raw.walltime <= 0.0 && *raw.walltime != -1.0) {
      neutral_.repaired("walltime of 0 or less, taken as not known");
    }
    NeutralJob job;
    job.id = raw.id;
    job.submit = *raw.submit;
    job.accelerators = whole_accelerators(hosts * factor_, neutral_);
    job.runtime = work->seconds;
    if (raw.walltime.value_or(0.0) > 0.0) job.walltime = raw.walltime;
    job.job_class = raw.profile;
    job.outcome = work->failed ? kFailed : kCompleted;
    if (work->flop > 0.0) job.work_flop = work->flop;
    neutral_.keep(std::move(job));
  }

  ImportErrors errors_;
  BatsimProfiles profiles_;
  NeutralLog neutral_;
  double factor_;
  std::string section_, key_;
  TextPlace begin_;
  std::vector<BatsimJob> jobs_;
  std::unordered_set<std::string> ids_;
  bool seen_jobs_ = false, seen_profiles_ = false;
};

}  // namespace

NeutralTable convert_batsim(const ForeignLog& log) {
  return BatsimConverter{log}.convert();
}

}  // namespace gigasim::workload
