#include "import_errors.hpp"

#include <fmt/format.h>

#include "gigasim/scenario/load.hpp"
#include "gigasim/units/text.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::workload {
namespace {

constexpr std::size_t kMostMessages = 10;
constexpr std::size_t kLongestQuote = 24;
constexpr std::size_t kMostLines = 5;         // that the account names for each reason
constexpr std::int64_t kWarnFromOneIn = 100;  // 1 % of the rows

}  // namespace

void ImportErrors::add(TextPlace place, std::string_view problem) {
  ++mistakes_;
  if (messages_.size() < kMostMessages) {
    messages_.push_back(fmt::format("{}:{}:{}: {}", file_, place.line, place.column, problem));
  } else {
    ++more_;
  }
}

void ImportErrors::bad_row(TextPlace place, std::string_view reason, std::string_view problem) {
  add(place, problem);
  --mistakes_;
  ++bad_rows_;
  auto found = rows_.find(reason);
  if (found == rows_.end()) found = rows_.emplace(std::string{reason}, BadRows{}).first;
  BadRows& rows = found->second;
  ++rows.count;
  if (rows.first_lines.size() < kMostLines) rows.first_lines.push_back(place.line);
}

void ImportErrors::settle(ImportReport& report) const {
  if (strict_ || mistakes_ > 0) raise_if_any();
  for (const auto& [reason, rows] : rows_) {
    report.dropped[reason] += rows.count;
    report.dropped_lines[reason] = rows.first_lines;
  }
  report.unreadable += bad_rows_;
  if (bad_rows_ * kWarnFromOneIn <= report.lines) return;
  report.warnings.push_back(fmt::format("{} of {} rows could not be read and were left out ({} %); the first: {}",
                                        units::grouped(bad_rows_), units::grouped(report.lines),
                                        100 * bad_rows_ / report.lines, messages_.front()));
}

std::vector<std::string> ImportErrors::messages() const {
  std::vector<std::string> messages = messages_;
  if (more_ > 0) messages.push_back(fmt::format("{}: and {} more", file_, more_));
  return messages;
}

void ImportErrors::raise_if_any() const {
  if (!messages_.empty()) raise();
}

void ImportErrors::raise(TextPlace place, std::string_view problem) {
  add(place, problem);
  raise();
}

void ImportErrors::raise() const {
  throw scenario::ScenarioError{messages()};
}

std::string quoted(std::string_view field) {
  std::string text = "\"";
  for (const char c : field.substr(0, kLongestQuote)) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte >= 0x20 && byte < 0x7f ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
  }
  return text + (field.size() > kLongestQuote ? "\"..." : "\"");
}

}  // namespace gigasim::workload
