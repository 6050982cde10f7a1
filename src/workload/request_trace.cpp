#include "gigasim/workload/request_trace.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

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

class TraceReader {
 public:
  TraceReader(const std::string& text, const std::string& file) : table_(text, file, Dialect{}) {
    time_ = table_.need({"TIMESTAMP"}, kTraceColumns);
    input_ = table_.need({"ContextTokens"}, kTraceColumns);
    output_ = table_.need({"GeneratedTokens"}, kTraceColumns);
  }

  RequestTrace read() {
    while (table_.next()) read_request();
    if (trace_.requests.empty() && table_.errors().none()) table_.errors().raise({1, 1}, "there is no request");
    table_.errors().raise_if_any();
    return std::move(trace_);
  }

 private:
  void read_request() {
    const auto arrival = read_arrival();
    const auto input = read_count(input_);
    const auto output = read_count(output_);
    if (arrival && input && output) trace_.requests.push_back({*arrival, *input, *output});
  }

  std::optional<double> read_arrival() {
    const auto stamp = read_stamp(table_.cell(time_));
    if (!stamp) {
      table_.complain(time_, "must be a time such as 2023-11-16 18:15:46.6805900");
      return std::nullopt;
    }
    if (!first_) first_ = stamp;
    const double arrival = stamp->since(*first_);
    if (!(arrival >= last_)) {  // so that nothing but a number passes
      table_.complain(
          time_, fmt::format("requests must stand in order of time: {:.7g} s before the one above", last_ - arrival));
      return std::nullopt;
    }
    if (arrival - last_ > scenario::kTraceGap) trace_.gaps.push_back({table_.line(), arrival - last_});
    last_ = arrival;
    return arrival;
  }

  std::optional<std::int64_t> read_count(LogTable::Column column) {
    if (table_.cell(column).empty()) {
      table_.complain(column, "must be a whole number of tokens from 1 on");
      return std::nullopt;
    }
    const auto number = table_.number(column, kMostLogUnits);
    if (!number) return std::nullopt;
    if (*number < 1.0 || *number != std::floor(*number)) {
      table_.complain(column, "must be a whole number of tokens from 1 on");
      return std::nullopt;
    }
    return static_cast<std::int64_t>(*number);
  }

  LogTable table_;
  LogTable::Column time_, input_, output_;
  RequestTrace trace_;
  std::optional<Stamp> first_;
  double last_ = 0.0;
};

}  // namespace

RequestTrace read_request_trace(const std::string& file) {
  const LogFile log = read_log_file(file);
  RequestTrace trace = TraceReader(log.text, file).read();
  trace.digest = log.digest;
  return trace;
}

}  // namespace gigasim::workload
