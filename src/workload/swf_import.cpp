#include "swf_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "gigasim/scenario/load.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/grid.hpp"
#include "log_file.hpp"
#include "swf_parse.hpp"

namespace gigasim::workload {
namespace {

// A first submit time after this (three years) is a date in seconds since 1970, not a time since the log's start.
constexpr double kEarliestEpoch = 1e8;

bool is_part(const SwfRecord& record) {
  return record.status >= 2 && record.status <= 4;
}
bool is_summary(const SwfRecord& record) {
  return record.status == 0 || record.status == 1 || record.status == 5;
}

/// Job numbers that have a line for the whole job beside lines for its parts, sorted.
std::vector<std::int64_t> summarised_jobs(const std::vector<SwfRecord>& records) {
  std::vector<std::int64_t> numbers;
  if (std::none_of(records.begin(), records.end(), is_part)) return numbers;
  for (const SwfRecord& record : records) {
    if (is_summary(record)) numbers.push_back(record.number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

Ending ending_of(int status) {
  if (status == 0 || status == 4) return Ending::kFailed;
  return status == 5 ? Ending::kCancelled : Ending::kCompleted;
}

class Importer {
 public:
  Importer(const scenario::Trace& trace, const ImportRules& rules) : trace_(trace), rules_(rules) {}

  ImportedLog import() {
    LogFile file = read_log_file(trace_.file);
    SwfLog log = parse_swf(file.text, trace_.file);
    log_.report = report_on(log, std::move(file.digest));
    make_relative(log.records);
    const std::vector<std::int64_t> summarised = summarised_jobs(log.records);
    log_.jobs.reserve(log.records.size());
    for (const SwfRecord& record : log.records) take(record, summarised);
    if (log_.jobs.empty()) refuse();
    sort_by_submit_time();
    log_.report.kept = static_cast<std::int64_t>(log_.jobs.size());
    return std::move(log_);
  }

 private:
  [[nodiscard]] ImportReport report_on(SwfLog& log, std::string digest) const {
    ImportReport report;
    report.file = trace_.file;
    report.format = trace_.format;
    report.lines = log.lines;
    report.warnings = std::move(log.warnings);
    report.max_procs = log.max_procs;
    report.unix_start_time = log.unix_start_time;
    report.digest = std::move(digest);
    if (log.short_lines > 0) report.dropped["fewer than 11 fields"] = log.short_lines;
    return report;
  }

  /// Makes dates relative to the earliest submit time, which the report then states as the log's start.
  void make_relative(std::vector<SwfRecord>& records) {
    double first = kEarliestEpoch * 1e9;
    for (const SwfRecord& record : records) {
      if (record.submit >= 0.0) first = std::min(first, record.submit);
    }
    if (first < kEarliestEpoch || records.empty()) return;
    for (SwfRecord& record : records) {
      if (record.submit >= 0.0) record.submit -= first;
    }
    const auto origin = static_cast<std::int64_t>(std::floor(first));
    log_.report.unix_start_time = origin;
    log_.report.warnings.push_back(fmt::format("{}: submit times are dates: {} was subtracted from each", trace_.file,
                                               units::format_utc_long({origin})));
    dates_ = true;
  }

  void take(const SwfRecord& record, const std::vector<std::int64_t>& summarised) {
    const double accelerators = std::ceil(record.processors * trace_.accelerators_per_processor);
    if (const std::string_view reason = reason_to_drop(record, accelerators, summarised); !reason.empty()) {
      ++log_.report.dropped[std::string{reason}];
      return;
    }
    Job job;
    job.number = record.number;
    job.stream = rules_.stream;
    job.accelerators = static_cast<std::int64_t>(accelerators);
    job.submit = submit_of(record);
    job.runtime = units::ceil_to_grid(units::Seconds{record.runtime});
    job.walltime = walltime_of(record, job.runtime);
    job.ending = ending_of(record.status);
    job.user = user_of(record);
    if (record.padded) repaired("fewer than 18 fields, padded with -1");
    if (dates_) repaired("date as submit time, made relative");
    log_.jobs.push_back(job);
  }

  /// Users are numbered in the order of the log: what its own numbers are does not matter.
  [[nodiscard]] std::int32_t user_of(const SwfRecord& record) {
    if (record.user < 0) return -1;
    return users_.try_emplace(record.user, static_cast<std::int32_t>(users_.size())).first->second;
  }

  [[nodiscard]] static units::Seconds submit_of(const SwfRecord& record) {
    return units::ceil_to_grid(units::Seconds{record.submit});
  }

  /// Empty for a job that is kept.
  [[nodiscard]] std::string_view reason_to_drop(const SwfRecord& record, double accelerators,
                                                const std::vector<std::int64_t>& summarised) const {
    if (is_part(record) && std::binary_search(summarised.begin(), summarised.end(), record.number)) {
      return "part of a job that has a line of its own";
    }
    if (record.submit < 0.0) return "no submit time";
    if (record.runtime < 0.0) return "run time below 0";
    if (record.processors < 1.0) return "no size";
    if (record.status == 5 && record.runtime == 0.0) return "cancelled in the queue";
    if (accelerators > static_cast<double>(rules_.largest_partition)) return "larger than the largest partition";
    if (rules_.period && submit_of(record) >= *rules_.period) return "submitted after the period";
    return {};
  }

  units::Seconds walltime_of(const SwfRecord& record, units::Seconds runtime) {
    if (record.walltime <= 0.0) {
      repaired("no requested time, run time taken");
      return runtime;
    }
    const units::Seconds requested = units::ceil_to_grid(units::Seconds{record.walltime});
    if (!rules_.extend_walltime || requested >= runtime) return requested;
    repaired("requested time below the run time, raised to it");
    return runtime;
  }

  void repaired(const char* reason) { ++log_.report.repaired[reason]; }

  void sort_by_submit_time() {
    units::Seconds latest{0};
    std::int64_t late = 0;
    for (const Job& job : log_.jobs) {
      if (job.submit < latest) ++late;
      latest = std::max(latest, job.submit);
    }
    if (late == 0) return;
    log_.report.repaired["not in order of submit time, sorted"] = late;
    std::stable_sort(log_.jobs.begin(), log_.jobs.end(),
                     [](const Job& a, const Job& b) { return a.submit < b.submit; });
  }

  [[noreturn]] void refuse() const {
    std::string reasons;
    for (const auto& [reason, count] : log_.report.dropped) {
      reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", count, reason);
    }
    throw scenario::ScenarioError{{fmt::format("{}: no usable job: dropped {}", trace_.file, reasons)}};
  }

  const scenario::Trace& trace_;
  const ImportRules& rules_;
  ImportedLog log_;
  bool dates_ = false;
  std::unordered_map<std::int64_t, std::int32_t> users_;  // looked up only, never iterated
};

}  // namespace

ImportRules import_rules(const scenario::Scenario& scenario, std::size_t stream) {
  ImportRules rules;
  rules.stream = static_cast<std::int32_t>(stream);
  for (const scenario::Site& site : scenario.sites) {
    for (const scenario::Partition& partition : site.partitions) {
      rules.largest_partition = std::max(rules.largest_partition, partition.count);
    }
  }
  rules.extend_walltime = scenario.scheduling.overrun == scenario::Overrun::kExtend;
  if (!scenario.period.until_drained) rules.period = scenario.period.warm_up + scenario.period.length;
  return rules;
}

ImportedLog import_swf(const scenario::Trace& trace, const ImportRules& rules) {
  if (trace.format != "swf") {
    throw scenario::ScenarioError{
        {fmt::format(R"({}: unknown log format "{}", expected "swf")", trace.file, trace.format)}};
  }
  return Importer{trace, rules}.import();
}

}  // namespace gigasim::workload
