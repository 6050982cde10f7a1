#include "log_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "gigasim/units/text.hpp"

namespace gigasim::workload {
namespace {

constexpr std::size_t kLongestQuotedCell = 1U << 20U;
constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

bool same_name(std::string_view a, std::string_view b, bool any_case) {
  const auto same = [any_case](char x, char y) {
    return x == y ||
           (any_case && std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y)));
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  for (;;) {
    const std::size_t comma = list.find(',');
    names.emplace_back(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return names;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

LogTable::LogTable(std::string_view text, const std::string& file, Dialect dialect)
    : text_(text), dialect_(std::move(dialect)), errors_(file, dialect_.strict) {
  read_heading();
  std::size_t last = columns_.size();
  while (last > 0 && columns_[last - 1].empty()) --last;  // the trailing delimiter of sacct -p
  for (const std::string& name : dialect_.free_text) {
    if (last > 0 && same_name(columns_[last - 1], name, dialect_.any_case)) free_text_ = last - 1;
  }
}

void LogTable::read_heading() {
  if (!read_record()) errors_.raise({1, 1}, "the file is empty: no heading");
  if (dialect_.columns.empty()) {
    for (std::size_t i = 0; i < num_cells_; ++i) columns_.emplace_back(trimmed(cells_[i]));
    return;
  }
  columns_ = names_in(dialect_.columns);
  if (same_name(trimmed(cells_[0]), columns_[0], true)) return;  // there is a heading after all
  at_ = line_begin_ = record_begin_;
  line_ = record_line_;
}

LogTable::Column LogTable::column(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto found = std::find_if(columns_.begin(), columns_.end(), [&](const std::string& column) {
      return same_name(column, name, dialect_.any_case);
    });
    if (found != columns_.end()) return static_cast<std::size_t>(found - columns_.begin());
  }
  return std::nullopt;
}

LogTable::Column LogTable::need(std::initializer_list<std::string_view> names, std::string_view hint) const {
  if (const Column found = column(names)) return found;
  errors_.raise({record_line_, 1}, fmt::format("no column {}{}", fmt::join(names, " or "), hint));
}

bool LogTable::next() {
  while (read_record()) {
    ++records_;
    bad_ = false;
    if (broken_) continue;
    if (free_text_ && num_cells_ > columns_.size()) join_free_text();
    if (num_cells_ == columns_.size()) return true;
    const bool more = num_cells_ > columns_.size();
    const std::string problem = fmt::format("{} cells where the heading has {}{}", num_cells_, columns_.size(),
                                            more ? ": does a cell hold the delimiter?" : "");
    if (dialect_.strict) errors_.raise({record_line_, 1}, problem);
    if (line_ > record_line_ + 1) {
      back_to_first_line();
      end_record();
    }
    errors_.bad_row({record_line_, 1}, more ? "more cells than the heading" : "fewer cells than the heading", problem);
  }
  return false;
}

/// A delimiter in the text of the last column makes cells of their own: they are put together again.
void LogTable::join_free_text() {
  const std::size_t surplus = num_cells_ - columns_.size();
  const std::size_t first = *free_text_;
  for (std::size_t i = first + 1; i <= first + surplus; ++i) cells_[first] += dialect_.delimiter + cells_[i];
  // Behind it stand the empty cells that the trailing delimiter of the heading makes.
  for (std::size_t i = first + 1; i < columns_.size(); ++i) std::swap(cells_[i], cells_[i + surplus]);
  num_cells_ = columns_.size();
}

std::string_view LogTable::cell(Column column) const {
  return column ? trimmed(cells_[*column]) : std::string_view{};
}

void LogTable::complain(Column column, std::string_view problem) {
  const std::size_t index = column.value_or(0);
  const std::string text = fmt::format("{}: {}: {}", columns_[index], problem, workload::quoted(cells_[index]));
  if (bad_ && !dialect_.strict) return;  // one reason is enough to drop it
  if (bad_) return errors_.add(places_[index], text);
  bad_ = true;
  errors_.bad_row(places_[index], fmt::format("{}: {}", columns_[index], problem), text);
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
  record_begin_ = at_;
  num_cells_ = 0;
  broken_ = false;
  for (;;) {
    if (num_cells_ < places_.size()) {
      places_[num_cells_] = here();
    } else {
      places_.push_back(here());
    }
    read_cell();
    if (broken_ || at_ == text_.size() || text_[at_] == '\n') break;
    at_ += dialect_.delimiter.size();
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

bool LogTable::at_delimiter(std::size_t at) const {
  return text_[at] == dialect_.delimiter.front() &&
         (dialect_.delimiter.size() == 1 || text_.substr(at).starts_with(dialect_.delimiter));
}

void LogTable::give_up(TextPlace place, std::string_view reason, const std::string& problem) {
  if (dialect_.strict || columns_.empty()) errors_.raise(place, problem);
  errors_.bad_row(place, reason, problem);
  broken_ = true;
  back_to_first_line();
}

/// A quote that is not closed on its line takes others with it: where no record comes of it, they are read anew.
void LogTable::back_to_first_line() {
  line_ = record_line_;
  line_begin_ = record_begin_;
  at_ = std::min(text_.find('\n', record_begin_), text_.size());
}

void LogTable::read_cell() {
  if (dialect_.quotes && at_ < text_.size() && text_[at_] == '"') return read_quoted();
  std::size_t end = at_;
  while (end < text_.size() && !at_delimiter(end) && text_[end] != '\n' && text_[end] != '\0') {
    if (dialect_.quotes && text_[end] == '"') {
      at_ = end;
      constexpr const char* kProblem = "a quote inside a cell that does not begin with one";
      return give_up(here(), kProblem, kProblem);
    }
    ++end;
  }
  add_cell().assign(text_.substr(at_, end - at_));
  at_ = end;
  if (end < text_.size() && text_[end] == '\0') {
    give_up(here(), "a byte 0x00", "byte 0x00: binary data, not a log");
  }
}

void LogTable::read_quoted() {
  const TextPlace begin = here();
  const std::size_t begins = at_;
  std::string& cell = add_cell();
  cell.clear();
  for (++at_;;) {
    const std::size_t quote = text_.substr(0, begins + kLongestQuotedCell).find('"', at_);
    if (quote == std::string_view::npos) return give_up(begin, "a quote is not closed", "a quote is not closed");
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
  if (at_ < text_.size() && !at_delimiter(at_) && text_[at_] != '\n') {
    give_up(here(), "text behind a closing quote", "text behind a closing quote");
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
