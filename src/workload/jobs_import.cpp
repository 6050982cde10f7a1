#include "jobs_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gigasim/units/calendar.hpp"
#include "gigasim/units/text.hpp"
#include "job_intake.hpp"
#include "job_links.hpp"
#include "log_table.hpp"
#include "neutral_log.hpp"

namespace gigasim::workload {
namespace {

constexpr std::int64_t kLargestId = 9'000'000'000'000'000;

struct NeutralRow {
  LinkedRow link;
  LoggedJob job;
  std::string_view problem;  ///< why it is dropped; empty: it is not
  double start = -1.0;       ///< as logged, since the table's origin; below 0: not known
};

/// The problem of rows that could not be read: they are counted already.
constexpr std::string_view kUnreadable = "unreadable";

class NeutralReader {
 public:
  NeutralReader(const LogFile& file, const scenario::Trace& trace)
      : factor_(trace.accelerators_per_processor), table_(file.text, name_of_log(trace.file), dialect(trace.strict)) {
    constexpr std::string_view kHint = " (docs/import.md lists the columns)";
    id_ = table_.need({"id"}, kHint);
    submit_ = table_.need({"submit_s"}, kHint);
    accelerators_ = table_.need({"accelerators"}, kHint);
    runtime_ = table_.need({"runtime_s"}, kHint);
    walltime_ = table_.column({"walltime_s"});
    fail_after_ = table_.column({"fail_after_s"});
    outcome_ = table_.column({"outcome"});
    user_ = table_.column({"user"});
    account_ = table_.column({"project"});
    after_ = table_.column({"after"});
    start_ = table_.column({"start_s"});
    refuse_unknown_columns();
  }

  [[nodiscard]] std::vector<NeutralRow> read() {
    std::vector<NeutralRow> rows;
    while (table_.next()) rows.push_back(read_row());
    number(rows);
    return rows;
  }

  [[nodiscard]] LogTable& table() { return table_; }
  [[nodiscard]] bool numbered() const { return numbered_; }

 private:
  static Dialect dialect(bool strict) {
    Dialect dialect;
    dialect.comments = true;
    dialect.strict = strict;
    return dialect;
  }

  void refuse_unknown_columns() {
    for (const std::string& column : table_.columns()) {
      const auto& known = neutral_columns();
      if (std::find(known.begin(), known.end(), column) != known.end()) continue;
      const auto guess = units::nearest(column, known);
      table_.errors().raise({table_.line(), 1},
                            fmt::format("unknown column {}{}", workload::quoted(column),
                                        guess ? ", did you mean " + workload::quoted(*guess) + "?" : ""));
    }
  }

  NeutralRow read_row() {
    NeutralRow row;
    row.link = {std::string{table_.cell(id_)}, std::string{table_.cell(after_)}, table_.place(after_)};
    const auto submit = table_.number(submit_, kLongestLogSpan);
    const auto accelerators = table_.number(accelerators_, kMostLogUnits);
    const auto runtime = run_time();
    row.job.submit = submit.value_or(-1.0);
    row.job.accelerators = accelerators.value_or(0.0) * factor_;
    row.job.runtime = runtime.value_or(-1.0);
    row.job.walltime = table_.number(walltime_, kLongestLogTime).value_or(0.0);
    row.job.ending = ending();
    row.job.user = number_of(user_, users_);
    row.job.account = number_of(account_, projects_);
    row.start = table_.number(start_, kLongestLogTime).value_or(-1.0);
    if (row.link.id.empty()) table_.complain(id_, "a job needs an id");
    if (row.job.submit < 0.0) row.problem = submit ? "submit time below 0" : "no submit time";
    if (row.job.runtime < 0.0) row.problem = runtime ? "run time below 0" : "no run time";
    if (row.job.accelerators <= 0.0) row.problem = "no size";
    row.link.bad = table_.bad();
    return row;
  }

  /// To the end, or to the failure that comes before it.
  std::optional<double> run_time() {
    const auto runtime = table_.number(runtime_, kLongestRun);
    const auto fail_after = table_.number(fail_after_, kLongestRun);
    if (runtime && fail_after) return std::min(*runtime, *fail_after);
    return runtime ? runtime : fail_after;
  }

  Ending ending() {
    const std::string_view word = table_.cell(outcome_);
    if (word == kFailed) return Ending::kFailed;
    if (word == kCancelled) return Ending::kCancelled;
    if (!word.empty() && word != kCompleted) table_.complain(outcome_, "must be completed, failed or cancelled");
    return Ending::kCompleted;
  }

  using Numbers = std::unordered_map<std::string, std::int32_t>;  // by name; looked up only, never iterated

  std::int32_t number_of(LogTable::Column column, Numbers& numbers) {
    const std::string_view name = table_.cell(column);
    if (name.empty()) return -1;
    return numbers.try_emplace(std::string{name}, static_cast<std::int32_t>(numbers.size())).first->second;
  }

  /// Ids that are all whole numbers are the jobs' numbers; else jobs are numbered as they stand.
  void number(std::vector<NeutralRow>& rows) {
    numbered_ = std::all_of(rows.begin(), rows.end(), [](NeutralRow& row) {
      const auto id = units::parse_integer(row.link.id);
      row.job.number = id.value_or(-1);
      return row.link.bad || (id && *id >= 0 && *id <= kLargestId);
    });
    if (numbered_) return;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].job.number = static_cast<std::int64_t>(i) + 1;
  }

  double factor_;
  LogTable table_;
  LogTable::Column id_, submit_, accelerators_, runtime_, walltime_, fail_after_, outcome_, user_, account_, after_,
      start_;
  Numbers users_, projects_;
  bool numbered_ = true;
};

/// The value behind `key=` in the first line.
std::string_view mark_value(std::string_view line, std::string_view key) {
  const std::size_t at = line.find(key);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + key.size());
  return line.substr(0, line.find_first_of(" \r\n"));
}

/// Checks the first line and notes when the table begins.
void read_mark(std::string_view text, const std::string& file, ImportReport& report) {
  const std::string_view line = text.substr(0, text.find('\n'));
  ImportErrors errors{file};
  if (!is_neutral(text)) {
    errors.raise({1, 1},
                 fmt::format("the first line must begin with \"{}\", got {}", kNeutralMark, workload::quoted(line)));
  }
  const std::string_view origin = mark_value(line, " origin=");
  if (origin.empty()) return;
  const auto date = units::parse_date(origin);
  if (!date) {
    errors.raise({1, static_cast<std::int64_t>(origin.data() - line.data()) + 1},
                 "origin: must be a date such as 2024-01-01T00:00:00Z, got " + workload::quoted(origin));
  }
  report.unix_start_time = date->best.unix_seconds;
}

/// Whoever comes after a job that is dropped is dropped too: it would wait for ever. Chains have no cycles here.
void drop_followers(std::vector<NeutralRow>& rows, const std::vector<std::int64_t>& before) {
  std::vector<bool> settled(rows.size(), false);
  std::vector<std::size_t> chain;
  for (std::size_t start = 0; start < rows.size(); ++start) {
    for (auto row = static_cast<std::int64_t>(start); row >= 0 && !settled[static_cast<std::size_t>(row)];
         row = before[static_cast<std::size_t>(row)]) {
      chain.push_back(static_cast<std::size_t>(row));
      settled[chain.back()] = true;
    }
    for (; !chain.empty(); chain.pop_back()) {
      const std::int64_t leader = before[chain.back()];
      NeutralRow& row = rows[chain.back()];
      if (leader < 0 || !row.problem.empty() || rows[static_cast<std::size_t>(leader)].problem.empty()) continue;
      row.problem = "after a job that was dropped";
    }
  }
}

double wait_of(const NeutralRow& row) {
  return row.start < 0.0 ? -1.0 : row.start - row.job.submit;
}

void take_rows(const std::vector<NeutralRow>& rows, const std::vector<std::int64_t>& before, JobIntake& intake) {
  std::vector<bool> leads(rows.size(), false);
  for (const std::int64_t leader : before) {
    if (leader >= 0) leads[static_cast<std::size_t>(leader)] = true;
  }
  intake.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].problem.empty()) {
      if (rows[i].problem != kUnreadable) intake.drop(rows[i].problem);
      continue;
    }
    Job& job = intake.take(rows[i].job);
    job.leads = leads[i];
    intake.waited(wait_of(rows[i]), rows[i].job.runtime);
    if (before[i] < 0) continue;
    job.after_stream = job.stream;
    job.after = rows[static_cast<std::size_t>(before[i])].job.number;
  }
}

}  // namespace

bool is_neutral(std::string_view text) {
  if (!text.starts_with(kNeutralMark)) return false;
  return text.size() == kNeutralMark.size() || text.find_first_of(" \r\n", kNeutralMark.size()) == kNeutralMark.size();
}

ImportedLog take_neutral(LogFile file, const scenario::Trace& trace, const ImportRules& rules) {
  ImportReport report;
  report.file = name_of_log(trace.file);
  report.format = "jobs";
  report.digest = std::move(file.digest);
  read_mark(file.text, report.file, report);
  NeutralReader reader{file, trace};
  std::vector<NeutralRow> rows = reader.read();
  std::vector<LinkedRow> links;
  links.reserve(rows.size());
  for (NeutralRow& row : rows) links.push_back(std::move(row.link));
  const ImportErrors& errors = reader.table().errors();
  const std::vector<std::int64_t> before = find_links(links, reader.table().errors());
  report.lines = reader.table().records();
  errors.settle(report);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (links[i].bad) rows[i].problem = kUnreadable;
  }
  JobIntake intake{rules, std::move(report)};
  for (NeutralRow& row : rows) {
    if (row.problem.empty()) row.problem = intake.reason_to_drop(row.job);
  }
  drop_followers(rows, before);
  take_rows(rows, before, intake);
  if (!reader.numbered()) intake.number_all();
  return intake.finish(errors.messages());
}

}  // namespace gigasim::workload
