#include "neutral_log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <utility>

#include "gigasim/scenario/load.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/text.hpp"
#include "gigasim/units/utf8.hpp"
#include "log_table.hpp"

namespace gigasim::workload {
namespace {

constexpr double kLatestDate = 253'402'300'799.0;  // s since 1970: the end of the year 9999

/// A cell by RFC 4180.
void append_cell(std::string& row, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos && !text.starts_with('#')) {
    row += text;
    return;
  }
  row += '"';
  for (const char c : text) row.append(c == '"' ? 2 : 1, c);
  row += '"';
}

/// On the time grid, so that what is read back is what was written.
std::string time_cell(std::optional<double> seconds) {
  if (!seconds) return "";
  return units::format_number(units::ceil_to_grid(units::Seconds{*seconds}).in_base_units());
}

/// The file's name as it may stand in the first line.
std::string source_of(const ImportReport& report) {
  std::string name = report.format + ":" + units::plain_utf8(std::filesystem::path{report.file}.filename().string());
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7f; }, '_');
  return name;
}

std::optional<double> start_of(const NeutralJob& job) {
  if (!job.wait || *job.wait < 0.0) return std::nullopt;
  return job.submit + *job.wait;
}

void append_row(std::string& csv, const NeutralJob& job) {
  const std::vector<std::string> cells{job.id,
                                       time_cell(job.submit),
                                       units::format_number(job.accelerators),
                                       job.nodes ? fmt::format("{}", *job.nodes) : "",
                                       time_cell(job.runtime),
                                       time_cell(job.walltime),
                                       job.job_class,
                                       job.user,
                                       job.project,
                                       job.site,
                                       job.outcome,
                                       time_cell(job.fail_after),
                                       job.work_flop ? units::format_number(*job.work_flop) : "",
                                       job.after,
                                       time_cell(start_of(job))};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) csv += ',';
    append_cell(csv, cells[i]);
  }
  csv += '\n';
}

}  // namespace

const std::vector<std::string>& neutral_columns() {
  static const std::vector<std::string> columns{"id",         "submit_s",     "accelerators", "nodes",   "runtime_s",
                                                "walltime_s", "class",        "user",         "project", "site",
                                                "outcome",    "fail_after_s", "work_flop",    "after",   "start_s"};
  return columns;
}

NeutralLog::NeutralLog(std::string_view format, const std::string& file, std::string digest) {
  report_.file = file;
  report_.format = format;
  report_.digest = std::move(digest);
}

void NeutralLog::drop(std::string_view reason) {
  ++report_.dropped[std::string{reason}];
  repairs_.clear();
}

bool NeutralLog::is_repeated(const NeutralJob& job) {
  const double second = job.wait ? *job.wait : -1.0 - job.runtime.value_or(0.0);
  if (records_.insert(fmt::format("{}\x1f{}\x1f{}\x1f{}", job.site, job.id, job.submit, second)).second) return false;
  ++report_.merged;
  repairs_.clear();
  return true;
}

void NeutralLog::clean(NeutralJob& job) {
  bool latin1 = false;
  bool controls = false;
  for (std::string* text : {&job.id, &job.job_class, &job.user, &job.project, &job.site, &job.after}) {
    std::string plain = units::plain_utf8(*text);
    if (plain == *text) continue;
    (units::is_utf8(*text) ? controls : latin1) = true;
    *text = std::move(plain);
  }
  if (latin1) repaired("text that is not UTF-8, read as Latin-1");
  if (controls) repaired("control characters in a text, left out");
}

void NeutralLog::keep(NeutralJob job) {
  if (!(job.submit <= (dated_ ? kLatestDate : kLongestLogTime))) return drop("submit time out of range");
  if (!(job.accelerators > 0.0)) return drop("no accelerators");
  if (job.runtime && *job.runtime < 0.0) return drop("run time below 0");
  if (job.accelerators > kMostLogUnits) return drop("more than 1e12 accelerators");
  if (job.runtime && !(*job.runtime <= kLongestRun)) return drop("run time of more than 10 years");
  if (job.walltime && !(*job.walltime <= kLongestLogTime)) {
    repaired("requested time out of range, taken as not known");
    job.walltime.reset();
  }
  if (job.wait && !(std::fabs(*job.wait) <= kLongestLogTime)) job.wait.reset();
  if (job.work_flop && !std::isfinite(*job.work_flop)) job.work_flop.reset();
  clean(job);
  job.repairs = std::exchange(repairs_, {});
  jobs_.push_back(std::move(job));
}

NeutralTable NeutralLog::finish(std::int64_t lines, const ImportErrors& errors) {
  report_.lines = lines;
  errors.settle(report_);
  return finish(errors.messages());
}

NeutralTable NeutralLog::finish(std::vector<std::string> mistakes) {
  if (jobs_.empty()) refuse_empty_log(report_, std::move(mistakes));
  drop_late();
  report_.kept = static_cast<std::int64_t>(jobs_.size());
  sum_up();
  if (local_times_ > 0) {
    report_.warnings.push_back(fmt::format("{}: {} times without a zone, taken as UTC", report_.file, local_times_));
  }
  sort_by_submit_time();
  begin_at_first();
  return {csv(), std::move(report_)};
}

/// One date that is a slip would make a replay of thousands of years.
void NeutralLog::drop_late() {
  double first = jobs_.front().submit;
  for (const NeutralJob& job : jobs_) first = std::min(first, job.submit);
  const double last = (dated_ ? first : 0.0) + kLongestLogSpan;
  const auto late =
      static_cast<std::int64_t>(std::erase_if(jobs_, [last](const NeutralJob& job) { return !(job.submit <= last); }));
  if (late > 0) report_.dropped["submitted more than 100 years after the log begins"] += late;
  if (jobs_.empty()) refuse_empty_log(report_, {});
}

void NeutralLog::sum_up() {
  LoggedWaitsBook waits;
  for (const NeutralJob& job : jobs_) {
    for (const std::string_view reason : job.repairs) ++report_.repaired[std::string{reason}];
    if (job.wait && job.runtime) waits.add(*job.wait, *job.runtime);
  }
  report_.as_logged = waits.sum_up();
}

void NeutralLog::sort_by_submit_time() {
  double latest = jobs_.front().submit;
  std::int64_t late = 0;
  for (const NeutralJob& job : jobs_) {
    if (job.submit < latest) ++late;
    latest = std::max(latest, job.submit);
  }
  if (late == 0) return;
  report_.repaired["not in order of submit time, sorted"] = late;
  std::stable_sort(jobs_.begin(), jobs_.end(),
                   [](const NeutralJob& a, const NeutralJob& b) { return a.submit < b.submit; });
}

void NeutralLog::begin_at_first() {
  if (!dated_) return;
  const double origin = std::floor(jobs_.front().submit);
  report_.unix_start_time = static_cast<std::int64_t>(origin);
  for (NeutralJob& job : jobs_) job.submit -= origin;
}

std::string NeutralLog::csv() const {
  const std::string origin = report_.unix_start_time ? units::format_utc_long({*report_.unix_start_time}) : "";
  std::string text =
      fmt::format("{} origin={} source={} sha256={}\n", kNeutralMark, origin, source_of(report_), report_.digest);
  text += fmt::format("{}\n", fmt::join(neutral_columns(), ","));
  for (const NeutralJob& job : jobs_) append_row(text, job);
  return text;
}

void refuse_empty_log(const ImportReport& report, std::vector<std::string> mistakes) {
  std::string reasons;
  std::int64_t dropped = 0;
  for (const auto& [reason, count] : report.dropped) {
    reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", count, reason);
    dropped += count;
  }
  // Each mistake is told once.
  if (mistakes.empty() || dropped > report.unreadable) {
    mistakes.push_back(fmt::format("{}: no usable job{}{}", report.file, reasons.empty() ? "" : ": dropped ", reasons));
  }
  throw scenario::ScenarioError{std::move(mistakes)};
}

}  // namespace gigasim::workload
