#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gigasim::catalogue {

/// One record of a CSV text and the line on which it starts, counted from 1.
struct CsvRecord {
  std::vector<std::string> cells;
  int line = 0;
  bool operator==(const CsvRecord&) const = default;
};

/// The text is not CSV. The message names the line as one of a table of ours; `problem` is for a user's file.
class CsvProblem : public std::logic_error {
 public:
  CsvProblem(int line, std::string_view problem);
  [[nodiscard]] int line() const { return line_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  int line_;
  std::string problem_;
};

/// Reads comma separated values by RFC 4180: cells with commas, quotes or line ends stand in double quotes, a quote
/// inside is doubled; lines end in LF or CR LF; empty lines are left out. Throws CsvProblem for a quote that is
/// not closed or stands inside an unquoted cell.
[[nodiscard]] std::vector<CsvRecord> parse_csv(std::string_view text);

/// Where a cell begins: line and column in characters, both from 1.
struct CellPlace {
  int line = 1, column = 1;
};
/// Returns the place of the cell `index`, counted from 0, of the record that begins at `line` of a text that parse_csv
/// has read.
[[nodiscard]] CellPlace place_of_cell(std::string_view text, int line, std::size_t index);

}  // namespace gigasim::catalogue
