#include "gigasim/workload/request_trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "gigasim/scenario/load.hpp"
#include "gigasim/units/text.hpp"
#include "gigasim/workload/source.hpp"
#include "import_errors.hpp"
#include "json_log.hpp"
#include "log_file.hpp"
#include "log_table.hpp"
#include "log_time.hpp"

namespace gigasim::workload {
namespace {

constexpr std::string_view kTraceColumns =
    "; a request trace has the columns TIMESTAMP, ContextTokens and GeneratedTokens";

/// A moment in two parts: seconds since 1970 as one double would lose the last of seven digits.
struct Stamp {
  double second = 0.0;
  double fraction = 0.0;
  [[nodiscard]] double since(const Stamp& first) const { return (second - first.second) + (fraction - first.fraction); }
};

/// More would overflow what they are read into; they would be below an attosecond.
constexpr std::size_t kMostDigits = 18;

std::optional<Stamp> read_stamp(std::string_view text) {
  // A bare number would be seconds since 1970: in a column of this name it rather is a year and a month.
  if (text.find(':') == std::string_view::npos) return std::nullopt;
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) {
    const auto time = parse_log_time(text);
    return time ? std::optional{Stamp{time->unix_seconds, 0.0}} : std::nullopt;
  }
  std::size_t end = dot + 1;
  double digits = 0.0;
  double unit = 1.0;
  for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end) {
    if (end - dot > kMostDigits) return std::nullopt;
    digits = 10.0 * digits + (text[end] - '0');
    unit *= 10.0;
  }
  const auto time = parse_log_time(fmt::format("{}{}", text.substr(0, dot), text.substr(end)));
  if (end == dot + 1 || !time) return std::nullopt;
  return Stamp{time->unix_seconds, digits / unit};
}

/// A request as logged.
struct LoggedRequest {
  Stamp stamp;
  std::int64_t line = 0, input = 0, output = 0;
};

/// Requests in order of time, and how they were read.
class TraceBuilder {
 public:
  explicit TraceBuilder(const std::string& file, ImportErrors& errors) : file_(file), errors_(errors) {}

  void add(const LoggedRequest& request) { requests_.push_back(request); }
  /// Tells how far a request is before the latest one above it, in seconds; 0: it is not.
  [[nodiscard]] double behind(const Stamp& stamp) {
    const double behind = latest_ ? latest_->since(stamp) : 0.0;
    if (behind > 0.0) return behind;
    latest_ = stamp;
    return 0.0;
  }

  RequestTrace finish(std::int64_t rows) {
    ImportReport report;
    report.lines = rows;
    errors_.settle(report);
    if (requests_.empty()) refuse_empty();
    RequestTrace trace;
    if (errors_.bad_rows() > 0) {
      trace.warnings.push_back(fmt::format("{}: {} of {} requests could not be read and were left out; the first: {}",
                                           file_, units::grouped(errors_.bad_rows()), units::grouped(rows),
                                           errors_.messages().front()));
    }
    sort(trace);
    double last = 0.0;
    for (const LoggedRequest& request : requests_) {
      const double arrival = request.stamp.since(requests_.front().stamp);
      if (arrival - last > scenario::kTraceGap) trace.gaps.push_back({request.line, arrival - last});
      last = arrival;
      trace.requests.push_back({arrival, request.input, request.output});
    }
    return trace;
  }

 private:
  [[noreturn]] void refuse_empty() {
    std::vector<std::string> mistakes = errors_.messages();
    if (mistakes.empty()) mistakes.push_back(fmt::format("{}:1:1: there is no request", file_));
    throw scenario::ScenarioError{std::move(mistakes)};
  }

  void sort(RequestTrace& trace) {
    std::int64_t late = 0;
    for (std::size_t i = 1; i < requests_.size(); ++i) {
      if (requests_[i].stamp.since(requests_[i - 1].stamp) < 0.0) ++late;
    }
    if (late == 0) return;
    trace.warnings.push_back(fmt::format("{}: {} request{} earlier than the one above: sorted by time", file_,
                                         units::grouped(late), late == 1 ? " is" : "s are"));
    std::stable_sort(requests_.begin(), requests_.end(),
                     [](const LoggedRequest& a, const LoggedRequest& b) { return a.stamp.since(b.stamp) < 0.0; });
  }

  std::string file_;
  ImportErrors& errors_;
  std::vector<LoggedRequest> requests_;
  std::optional<Stamp> latest_;
};

constexpr const char* kMustBeTokens = "must be a whole number of tokens from 1 on";

/// The table that Azure publishes.
class TraceTable {
 public:
  TraceTable(const std::string& text, const std::string& file, bool strict)
      : table_(text, file, dialect(strict)), trace_(file, table_.errors()) {
    time_ = table_.need({"TIMESTAMP"}, kTraceColumns);
    input_ = table_.need({"ContextTokens"}, kTraceColumns);
    output_ = table_.need({"GeneratedTokens"}, kTraceColumns);
  }

  RequestTrace read() {
    while (table_.next()) read_request();
    return trace_.finish(table_.records());
  }

 private:
  static Dialect dialect(bool strict) {
    Dialect dialect;
    dialect.strict = strict;
    return dialect;
  }

  void read_request() {
    const auto stamp = read_time();
    const auto input = read_count(input_);
    const auto output = read_count(output_);
    if (stamp && input && output) trace_.add({*stamp, table_.line(), *input, *output});
  }

  std::optional<Stamp> read_time() {
    const auto stamp = read_stamp(table_.cell(time_));
    if (!stamp) {
      table_.complain(time_, "must be a time such as 2023-11-16 18:15:46.6805900");
      return std::nullopt;
    }
    const double behind = trace_.behind(*stamp);
    if (behind > 0.0 && table_.errors().strict()) {
      table_.complain(time_,
                      fmt::format("requests must stand in order of time: {:.7g} s before the one above", behind));
      return std::nullopt;
    }
    return stamp;
  }

  std::optional<std::int64_t> read_count(LogTable::Column column) {
    if (table_.cell(column).empty()) {
      table_.complain(column, kMustBeTokens);
      return std::nullopt;
    }
    const auto number = table_.number(column, kMostLogUnits);
    if (!number) return std::nullopt;
    if (*number < 1.0 || *number != std::floor(*number)) {
      table_.complain(column, kMustBeTokens);
      return std::nullopt;
    }
    return static_cast<std::int64_t>(*number);
  }

  LogTable table_;
  LogTable::Column time_, input_, output_;
  TraceBuilder trace_;
};

/// One JSON object a line, as Mooncake publishes its traces.
class TraceLines {
 public:
  TraceLines(std::string_view text, const std::string& file, bool strict)
      : text_(text), errors_(file, strict), trace_(file, errors_) {}

  RequestTrace read() {
    std::int64_t rows = 0;
    while (!text_.empty()) {
      const std::string_view line = text_.substr(0, text_.find('\n'));
      text_.remove_prefix(std::min(line.size() + 1, text_.size()));
      ++line_;
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      ++rows;
      read_line(line);
    }
    return trace_.finish(rows);
  }

 private:
  void complain(std::string_view reason) { errors_.bad_row({line_, 1}, reason, reason); }

  void read_line(std::string_view line) {
    const nlohmann::json json = nlohmann::json::parse(line.begin(), line.end(), nullptr, false);
    if (!json.is_object()) return complain("not a JSON object on one line");
    const auto stamp = time_of(json);
    const auto input = count_of(json, "input_length");
    const auto output = count_of(json, "output_length");
    if (!stamp) return complain("timestamp: must be a number of milliseconds, or a date and time");
    if (!input) return complain("input_length: must be a whole number of tokens from 1 on");
    if (!output) return complain("output_length: must be a whole number of tokens from 1 on");
    if (errors_.strict() && trace_.behind(*stamp) > 0.0) return complain("requests must stand in order of time");
    trace_.add({*stamp, line_, *input, *output});
  }

  static std::optional<Stamp> time_of(const nlohmann::json& json) {
    if (const auto text = text_member(json, "timestamp")) return read_stamp(*text);
    const auto milliseconds = number_member(json, "timestamp");
    if (!milliseconds || !(std::fabs(*milliseconds) <= kLatestMilliseconds)) return std::nullopt;
    const double seconds = std::floor(*milliseconds / 1000.0);
    return Stamp{seconds, (*milliseconds - 1000.0 * seconds) / 1000.0};
  }

  static std::optional<std::int64_t> count_of(const nlohmann::json& json, const char* key) {
    const auto number = number_member(json, key);
    if (!number || !(*number >= 1.0 && *number <= kMostLogUnits) || *number != std::floor(*number)) return std::nullopt;
    return static_cast<std::int64_t>(*number);
  }

  static constexpr double kLatestMilliseconds = 1e15;  // 31,700 years

  std::string_view text_;
  ImportErrors errors_;
  TraceBuilder trace_;
  std::int64_t line_ = 0;
};

}  // namespace

RequestTrace read_request_trace(const std::string& file, bool strict) {
  const LogFile log = read_log_file(file);
  const std::string name = name_of_log(file);
  const std::size_t first = log.text.find_first_not_of(" \t\r\n");
  const bool lines = first != std::string::npos && log.text[first] == '{';
  RequestTrace trace = lines ? TraceLines(log.text, name, strict).read() : TraceTable(log.text, name, strict).read();
  trace.digest = log.digest;
  return trace;
}

}  // namespace gigasim::workload
