#include "swf_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "gigasim/units/calendar.hpp"
#include "log_table.hpp"

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

}  // namespace

ImportReport report_on_swf(SwfLog& log, const std::string& file, std::string digest) {
  ImportReport report;
  report.file = file;
  report.format = "swf";
  report.lines = log.lines;
  report.warnings = std::move(log.warnings);
  report.max_procs = log.max_procs;
  report.unix_start_time = log.unix_start_time;
  report.digest = std::move(digest);
  if (log.short_lines > 0) report.dropped["fewer than 11 fields"] = log.short_lines;
  return report;
}

namespace {

bool make_relative(std::vector<SwfRecord>& records, ImportReport& report) {
  double first = kEarliestEpoch * 1e9;
  for (const SwfRecord& record : records) {
    if (record.submit >= 0.0) first = std::min(first, record.submit);
  }
  if (first < kEarliestEpoch || records.empty()) return false;
  for (SwfRecord& record : records) {
    if (record.submit >= 0.0) record.submit -= first;
  }
  const auto origin = static_cast<std::int64_t>(std::floor(first));
  report.unix_start_time = origin;
  report.warnings.push_back(fmt::format("{}: submit times are dates: {} was subtracted from each", report.file,
                                        units::format_utc_long({origin})));
  return true;
}

/// One submit time that is a slip would make a replay of thousands of years.
void refuse_late(SwfLog& log) {
  const auto late = [&](const SwfRecord& record) {
    if (record.submit <= kLongestLogSpan) return false;
    constexpr std::string_view kProblem = "submitted more than 100 years after the log begins";
    log.errors.bad_row({record.line, 1}, kProblem, kProblem);
    return true;
  };
  log.records.erase(std::remove_if(log.records.begin(), log.records.end(), late), log.records.end());
}

}  // namespace

bool settle_records(SwfLog& log, ImportReport& report) {
  const bool dates = make_relative(log.records, report);
  refuse_late(log);
  log.errors.settle(report);
  return dates;
}

std::vector<std::int64_t> summarised_jobs(const std::vector<SwfRecord>& records) {
  std::vector<std::int64_t> numbers;
  if (std::none_of(records.begin(), records.end(), is_part)) return numbers;
  for (const SwfRecord& record : records) {
    if (is_summary(record)) numbers.push_back(record.number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string_view reason_to_drop(const SwfRecord& record, const std::vector<std::int64_t>& summarised) {
  if (is_part(record) && std::binary_search(summarised.begin(), summarised.end(), record.number)) {
    return "part of a job that has a line of its own";
  }
  if (record.submit < 0.0) return "no submit time";
  if (record.runtime < 0.0) return "run time below 0";
  if (record.processors < 1.0) return "no size";
  if (record.status == 5 && record.runtime == 0.0) return "cancelled in the queue";
  return {};
}

Ending ending_of(const SwfRecord& record) {
  if (record.status == 0 || record.status == 4) return Ending::kFailed;
  return record.status == 5 ? Ending::kCancelled : Ending::kCompleted;
}

}  // namespace gigasim::workload
