#include "csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace gigasim::catalogue {
namespace {

/// A position in the text that knows its line.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] int line() const { return line_; }

  /// Takes a line end when one is next.
  bool take_line_end() {
    const bool crlf = text_.substr(at_).starts_with("\r\n");
    if (!crlf && !text_.substr(at_).starts_with('\n')) return false;
    at_ += crlf ? 2 : 1;
    ++line_;
    return true;
  }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string take_cell() { return take('"') ? quoted() : plain(); }

 private:
  std::string plain() {
    const std::size_t end = std::min(text_.find_first_of(",\n\"", at_), text_.size());
    if (end < text_.size() && text_[end] == '"') fail("quote inside an unquoted cell");
    std::string_view cell = text_.substr(at_, end - at_);
    if (cell.ends_with('\r') && end < text_.size() && text_[end] == '\n') cell.remove_suffix(1);
    at_ += cell.size();
    return std::string{cell};
  }

  std::string quoted() {
    std::string cell;
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) fail("quote not closed");
      const std::string_view part = text_.substr(at_, quote - at_);
      for (const char c : part) line_ += c == '\n' ? 1 : 0;
      cell += part;
      at_ = quote + 1;
      if (!take('"')) return cell;
      cell += '"';
    }
  }

  [[noreturn]] void fail(std::string_view problem) const { throw CsvProblem{line_, problem}; }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

CsvRecord take_record(Cursor& cursor) {
  CsvRecord record;
  record.line = cursor.line();
  do {
    record.cells.push_back(cursor.take_cell());
  } while (cursor.take(','));
  if (!cursor.at_end() && !cursor.take_line_end()) {
    throw CsvProblem{cursor.line(), "text after a closing quote"};
  }
  return record;
}

}  // namespace

CsvProblem::CsvProblem(int line, std::string_view problem)
    : std::logic_error(fmt::format("catalogue table, line {}: {}", line, problem)), line_(line), problem_(problem) {}

CellPlace place_of_cell(std::string_view text, int line, std::size_t index) {
  for (int passed = 1; passed < line; ++passed) text.remove_prefix(text.find('\n') + 1);
  Cursor cursor{text};
  for (std::size_t i = 0; i < index; ++i) {
    static_cast<void>(cursor.take_cell());
    cursor.take(',');
  }
  const std::string_view before = text.substr(0, cursor.at());
  const std::string_view on_line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0: all of it
  const auto is_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto characters = std::count_if(on_line.begin(), on_line.end(), is_character);
  return {line + cursor.line() - 1, static_cast<int>(characters) + 1};
}

std::vector<CsvRecord> parse_csv(std::string_view text) {
  std::vector<CsvRecord> records;
  Cursor cursor{text};
  while (!cursor.at_end()) {
    if (!cursor.take_line_end()) records.push_back(take_record(cursor));
  }
  return records;
}

}  // namespace gigasim::catalogue
