#include "log_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "gigasim/units/text.hpp"

namespace gigasim::workload {
namespace {

constexpr std::string_view kMarkOfUtf8 = "\xef\xbb\xbf";
constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

}  // namespace

LogTable::LogTable(std::string_view text, const std::string& file, Dialect dialect)
    : text_(text), dialect_(dialect), errors_(file) {
  if (text_.starts_with(kMarkOfUtf8)) at_ = line_begin_ = kMarkOfUtf8.size();
  if (!read_record()) errors_.raise({1, 1}, "the file is empty: no heading");
  for (std::size_t i = 0; i < num_cells_; ++i) columns_.emplace_back(trimmed(cells_[i]));
}

LogTable::Column LogTable::column(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    if (found != columns_.end()) return static_cast<std::size_t>(found - columns_.begin());
  }
  return std::nullopt;
}

LogTable::Column LogTable::need(std::initializer_list<std::string_view> names, std::string_view hint) const {
  if (const Column found = column(names)) return found;
  errors_.raise({record_line_, 1}, fmt::format("no column {}{}", fmt::join(names, " or "), hint));
}

bool LogTable::next() {
  if (!read_record()) return false;
  ++records_;
  if (num_cells_ != columns_.size()) {
    errors_.raise({record_line_, 1},
                  fmt::format("{} cells where the heading has {}{}", num_cells_, columns_.size(),
                              num_cells_ > columns_.size() ? ": does a cell hold the delimiter?" : ""));
  }
  return true;
}

std::string_view LogTable::cell(Column column) const {
  return column ? trimmed(cells_[*column]) : std::string_view{};
}

void LogTable::complain(Column column, std::string_view problem) {
  const std::size_t index = column.value_or(0);
  errors_.add(places_[index], fmt::format("{}: {}: {}", columns_[index], problem, workload::quoted(cells_[index])));
}

std::optional<double> LogTable::number(Column column, double largest) {
  const std::string_view text = cell(column);
  if (text.empty()) return std::nullopt;
  const auto value = units::parse_number(text);
  if (value && std::fabs(*value) <= largest) return value;
  complain(column, value ? "out of range" : "not a number");
  return std::nullopt;
}

bool LogTable::read_record() {
  skip_to_record();
  if (at_ == text_.size()) return false;
  record_line_ = line_;
  num_cells_ = 0;
  for (;;) {
    if (num_cells_ < places_.size()) {
      places_[num_cells_] = here();
    } else {
      places_.push_back(here());
    }
    read_cell();
    if (at_ == text_.size() || text_[at_] == '\n') break;
    ++at_;  // the delimiter
  }
  end_record();
  return true;
}

/// Past empty lines and comments.
void LogTable::skip_to_record() {
  while (at_ < text_.size()) {
    const bool comment = dialect_.comments && text_[at_] == '#';
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    if (!comment && !trimmed(text_.substr(at_, end - at_)).empty()) return;
    at_ = end;
    end_record();
  }
}

void LogTable::end_record() {
  if (at_ == text_.size()) return;
  ++at_;
  ++line_;
  line_begin_ = at_;
}

void LogTable::read_cell() {
  if (dialect_.quotes && at_ < text_.size() && text_[at_] == '"') return read_quoted();
  std::size_t end = at_;
  while (end < text_.size() && text_[end] != dialect_.delimiter && text_[end] != '\n' && text_[end] != '\0') {
    if (dialect_.quotes && text_[end] == '"') {
      at_ = end;
      errors_.raise(here(), "a quote inside a cell that does not begin with one");
    }
    ++end;
  }
  add_cell().assign(text_.substr(at_, end - at_));
  at_ = end;
  if (end < text_.size() && text_[end] == '\0') errors_.raise(here(), "byte 0x00: binary data, not a log");
}

void LogTable::read_quoted() {
  const TextPlace begin = here();
  std::string& cell = add_cell();
  cell.clear();
  for (++at_;;) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) errors_.raise(begin, "a quote is not closed");
    for (; at_ < quote; ++at_) {
      cell += text_[at_];
      if (text_[at_] != '\n') continue;
      ++line_;
      line_begin_ = at_ + 1;
    }
    if (++at_ < text_.size() && text_[at_] == '"') {
      cell += text_[at_++];
      continue;
    }
    break;
  }
  if (text_.substr(at_).starts_with("\r\n")) ++at_;
  if (at_ < text_.size() && text_[at_] != dialect_.delimiter && text_[at_] != '\n') {
    errors_.raise(here(), "text behind a closing quote");
  }
}

TextPlace LogTable::here() const {
  return {line_, static_cast<std::int64_t>(at_ - line_begin_) + 1};
}

std::string& LogTable::add_cell() {
  if (num_cells_ == cells_.size()) cells_.emplace_back();
  return cells_[num_cells_++];
}

}  // namespace gigasim::workload
