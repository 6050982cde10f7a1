#include "swf_parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "gigasim/scenario/load.hpp"
#include "import_errors.hpp"
#include "log_table.hpp"
#include "swf_fields.hpp"

namespace gigasim::workload {
namespace {

constexpr std::size_t kLongestLine = 1U << 20U;
constexpr std::size_t kFewestFields = 11;
constexpr double kLargestNumber = 9e15;  // below 2^53: whole in a double

/// A byte that no text log has in a job line.
bool is_binary(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 || byte >= 0x7f) && !is_swf_blank(c);
}

/// The number after `key` in a header line such as "MaxProcs: 128 (64 nodes)".
std::optional<std::int64_t> header_value(std::string_view header, std::string_view key) {
  if (header.substr(0, key.size()) != key) return std::nullopt;
  header.remove_prefix(std::min(header.find_first_not_of(" \t", key.size()), header.size()));
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), value);
  return error == std::errc{} ? std::optional{value} : std::nullopt;
}

SwfRecord make_record(const SwfFields& fields) {
  const auto& value = fields.value;
  SwfRecord record;
  record.number = static_cast<std::int64_t>(value[kJobNumber]);
  record.submit = value[kSubmitTime];
  record.wait = value[kWaitTime];
  record.runtime = value[kRunTime];
  record.walltime = value[kRequestedTime];
  const double requested = value[kRequestedProcessors];
  record.processors = requested > 0.0 ? requested : value[kAllocatedProcessors];
  const double status = value[kStatus];
  record.status = status >= 0.0 && status <= 5.0 ? static_cast<int>(status) : -1;
  record.user = value[kUser] >= 0.0 ? static_cast<std::int64_t>(value[kUser]) : -1;
  record.padded = fields.count < kSwfFields;
  record.group = value[kGroup] >= 0.0 ? static_cast<std::int64_t>(value[kGroup]) : -1;
  record.queue = value[kQueue] >= 0.0 ? static_cast<std::int64_t>(value[kQueue]) : -1;
  return record;
}

class Parser {
 public:
  Parser(const std::string& file, bool strict) : file_(file), errors_(file, strict) {}

  SwfLog parse(std::string_view text) {
    log_.records.reserve(text.size() / 48);  // a line has 50 to 90 bytes
    while (!text.empty()) {
      line_ = text.substr(0, text.find('\n'));
      ++line_number_;
      read_line();
      text.remove_prefix(std::min(line_.size() + 1, text.size()));
    }
    if (errors_.strict()) errors_.raise_if_any();
    if (log_.lines == 0) throw scenario::ScenarioError{{fmt::format("{}: the log is empty: no job line", file_)}};
    warn_of_long_lines();
    log_.errors = std::move(errors_);
    return std::move(log_);
  }

 private:
  void read_line() {
    if (line_.size() > kLongestLine) refuse_long_line();
    const std::size_t first = std::min(line_.find_first_not_of(" \t\r\f\v"), line_.size());
    if (first == line_.size()) return;
    if (line_[first] == ';') {
      read_header(line_.substr(first + 1));
    } else {
      read_job();
    }
  }

  void read_header(std::string_view header) {
    const std::size_t nul = line_.find('\0');
    if (nul != std::string_view::npos && errors_.strict()) refuse_binary(nul);
    header.remove_prefix(std::min(header.find_first_not_of(" \t"), header.size()));
    if (!log_.max_procs) log_.max_procs = header_value(header, "MaxProcs:");
    if (!log_.unix_start_time) log_.unix_start_time = header_value(header, "UnixStartTime:");
  }

  void read_job() {
    ++log_.lines;
    const SwfFields fields = scan_swf_fields(line_);
    if (!fields.bad.empty()) return refuse_field(fields);
    if (fields.count < kFewestFields) {
      ++log_.short_lines;
      return;
    }
    if (fields.count > kSwfFields) note_long_line(fields.count);
    bad_ = false;
    for (const SwfField field : {kSubmitTime, kWaitTime, kRequestedTime}) check_range(fields, field, kLongestLogTime);
    check_range(fields, kRunTime, kLongestRun);
    for (const SwfField field : {kAllocatedProcessors, kRequestedProcessors}) check_range(fields, field, kMostLogUnits);
    for (const SwfField field : {kJobNumber, kUser, kGroup, kQueue}) check_range(fields, field, kLargestNumber);
    if (bad_) return;
    log_.records.push_back(make_record(fields));
    log_.records.back().line = line_number_;
  }

  void refuse_field(const SwfFields& fields) {
    const auto first = static_cast<std::size_t>(fields.bad.data() - line_.data());
    const auto* const binary = std::find_if(fields.bad.begin(), fields.bad.end(), is_binary);
    if (binary != fields.bad.end()) return refuse_binary(first + static_cast<std::size_t>(binary - fields.bad.begin()));
    bad_ = false;
    complain(first, fields.bad_field, "not a number", fields.bad);
  }

  void check_range(const SwfFields& fields, std::size_t field, double largest) {
    if (std::fabs(fields.value.at(field)) <= largest) return;
    const std::string_view text = swf_field_text(line_, field);
    complain(static_cast<std::size_t>(text.data() - line_.data()), field, "out of range", text);
  }

  void complain(std::size_t offset, std::size_t field, std::string_view problem, std::string_view found) {
    const std::string reason = fmt::format("field {} ({}): {}", field + 1, swf_field_name(field), problem);
    const std::string text = reason + ": " + quoted(found);
    if (!bad_) {
      errors_.bad_row(place(offset), reason, text);
    } else if (errors_.strict()) {
      errors_.add(place(offset), text);
    }
    bad_ = true;
  }

  void refuse_binary(std::size_t offset) {
    const auto byte = static_cast<unsigned char>(line_[offset]);
    const std::string problem = fmt::format("byte 0x{:02x}: binary data, not a log", byte);
    if (errors_.strict()) errors_.raise(place(offset), problem);
    errors_.bad_row(place(offset), "binary data", problem);
  }

  [[noreturn]] void refuse_long_line() {
    if (const std::size_t nul = line_.find('\0'); nul != std::string_view::npos) {
      errors_.raise(place(nul), "byte 0x00: binary data, not a log");
    }
    errors_.raise(place(kLongestLine), "line longer than 1 MiB: not a log");
  }

  [[nodiscard]] TextPlace place(std::size_t offset) const {
    return {line_number_, static_cast<std::int64_t>(offset) + 1};
  }

  void note_long_line(std::size_t fields) {
    if (long_lines_++ == 0) {
      first_long_line_ = fmt::format("{}:{}: {} fields, the first 18 are read", file_, line_number_, fields);
    }
  }

  void warn_of_long_lines() {
    if (long_lines_ == 0) return;
    const std::string others = long_lines_ > 1 ? fmt::format(" (and {} more)", long_lines_ - 1) : "";
    log_.warnings.push_back(first_long_line_ + others);
  }

  std::string file_;
  ImportErrors errors_;
  SwfLog log_{{}, 0, 0, {}, {}, {}, ImportErrors{""}};
  std::string_view line_;
  std::int64_t line_number_ = 0;
  std::int64_t long_lines_ = 0;
  bool bad_ = false;  // the line was complained about
  std::string first_long_line_;
};

}  // namespace

SwfLog parse_swf(std::string_view text, const std::string& file, bool strict) {
  return Parser{file, strict}.parse(text);
}

}  // namespace gigasim::workload
