#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "converters.hpp"
#include "log_dates.hpp"
#include "log_table.hpp"
#include "log_time.hpp"
#include "sacct_json.hpp"
#include "slurm_gpus.hpp"
#include "slurm_jobs.hpp"

namespace gigasim::workload {
namespace {

Dialect sacct_dialect(const ForeignLog& log) {
  Dialect dialect = dialect_of(log);
  dialect.delimiter = log.options.delimiter.empty() ? "|" : log.options.delimiter;
  dialect.quotes = false;
  dialect.any_case = true;
  dialect.columns = log.options.columns;
  dialect.free_text = {"JobName", "Comment", "AdminComment", "SystemComment", "SubmitLine", "WorkDir", "Reason"};
  return dialect;
}

/// Why a column may not be there.
std::string hint_of(const std::vector<std::string>& columns) {
  const bool job = !columns.empty() && !columns[0].empty() && columns[0][0] >= '0' && columns[0][0] <= '9';
  if (job) return ": the first line is a job (--columns names the columns of a file without a heading)";
  const auto holds_name = [](const std::string& c) { return c.find("JobID") != std::string::npos; };
  const bool cut_wrong = std::any_of(columns.begin(), columns.end(), holds_name);
  if (cut_wrong) return ": other text stands between the cells (--delimiter says which)";
  return " (export with: sacct -a -X -P -o ..., see docs/import.md)";
}

/// The table that `sacct -P` or `sacct -p` writes.
class SacctTable {
 public:
  explicit SacctTable(const ForeignLog& log)
      : options_(log.options),
        table_(log.content.text, log.file, sacct_dialect(log)),
        neutral_("sacct", log.file, log.content.digest),
        jobs_(log.options, neutral_) {
    const std::string hint = hint_of(table_.columns());
    id_ = table_.need({"JobIDRaw", "JobID"}, hint);
    submit_ = table_.need({"Submit"}, hint);
    state_ = table_.need({"State"}, hint);
    elapsed_ = table_.need({"ElapsedRaw", "Elapsed"}, hint);
    elapsed_in_seconds_ = table_.column({"ElapsedRaw"}).has_value();
    neutral_.set_dated();
  }

  NeutralTable convert() {
    while (table_.next()) {
      const SlurmRecord record = read_record();
      if (!table_.bad()) jobs_.take(record);
      neutral_.forget_row();
    }
    return neutral_.finish(table_.records(), table_.errors());
  }

 private:
  SlurmRecord read_record() {
    SlurmRecord record;
    record.id = table_.cell(id_);
    record.listed_id = table_.cell(listed_id_ ? listed_id_ : id_);
    record.state = slurm_state(table_.cell(state_));
    if (record.id.find('.') != std::string::npos) {
      record.state = slurm_state("COMPLETED");  // a step, of which nothing is read
      return record;
    }
    if (record.state == nullptr) table_.complain(state_, "not a job state of Slurm");
    record.submit = date_in(table_, submit_, neutral_);
    record.eligible = date_in(table_, eligible_, neutral_);
    record.start = date_in(table_, start_, neutral_);
    record.started = record.start && table_.cell(start_) != table_.cell(end_);
    record.elapsed = elapsed_time();
    record.limit = time_limit();
    record.nodes = whole_number(nodes_);
    record.cpus = whole_number(cpus_);
    record.gpus = gpus();
    record.user = table_.cell(user_);
    record.account = table_.cell(account_);
    record.cluster = table_.cell(cluster_);
    record.job_class = table_.cell(class_);
    return record;
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

  /// What was allocated, else what was asked for; TRES, else the generic resources of Slurm before 20.11. ReqGRES alone
  /// counts for each node.
  SlurmGpus gpus() {
    SlurmGpus found;
    const auto look = [&](LogTable::Column column, bool tres, double times) {
      if (found.count > 0.0 || !column) return;
      const auto read = tres ? gpus_in_tres : gpus_in_gres;
      const auto gpus = read(table_.cell(column), options_.gpu_shares);
      if (!gpus)
        return table_.complain(
            column, tres ? "a count of gres/gpu is not a whole number" : "a count of gpu is not a whole number");
      const bool unknown = found.unknown_share;
      found = *gpus;
      found.count *= times;
      found.unknown_share = found.count <= 0.0 && (unknown || found.unknown_share);
    };
    look(alloc_tres_, true, 1.0);
    look(alloc_gres_, false, 1.0);
    look(req_tres_, true, 1.0);
    look(req_gres_, false, static_cast<double>(whole_number(nodes_).value_or(1)));
    return found;
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
  SlurmJobs jobs_;
  LogTable::Column id_, submit_, state_, elapsed_;
  LogTable::Column listed_id_ = table_.column({"JobID"}), eligible_ = table_.column({"Eligible"}),
                   start_ = table_.column({"Start"}), end_ = table_.column({"End"}),
                   limit_ = table_.column({"Timelimit"}), raw_limit_ = table_.column({"TimelimitRaw"}),
                   alloc_tres_ = table_.column({"AllocTRES"}), req_tres_ = table_.column({"ReqTRES"}),
                   alloc_gres_ = table_.column({"AllocGRES"}), req_gres_ = table_.column({"ReqGRES"}),
                   nodes_ = table_.column({"NNodes", "AllocNodes"}), cpus_ = table_.column({"NCPUS", "AllocCPUS"}),
                   user_ = table_.column({"User"}), account_ = table_.column({"Account"}),
                   cluster_ = table_.column({"Cluster"}), class_ = table_.column({"QOS", "Partition"});
  bool elapsed_in_seconds_ = false;
};

}  // namespace

NeutralTable convert_sacct(const ForeignLog& log) {
  const std::string& text = log.content.text;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string::npos && text[first] == '{';
  return json ? convert_sacct_json(log) : SacctTable{log}.convert();
}

}  // namespace gigasim::workload
