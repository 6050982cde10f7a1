#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import_errors.hpp"

namespace gigasim::workload {

inline constexpr double kLongestLogTime = 1e12;   ///< s, 31,700 years: exact on the time grid, and so are sums of a few
inline constexpr double kLongestRun = 3.15576e8;  ///< s, 10 years: a job that runs longer is a slip
inline constexpr double kLongestLogSpan = 3.15576e9;  ///< s, 100 years from a log's first job to its last one
inline constexpr double kMostLogUnits = 1e12;         ///< of accelerators, nodes and the like: exact in a double

/// How a table of text is written, and what becomes of a record that cannot be read.
struct Dialect {
  std::string delimiter = ",";
  bool quotes = true;        ///< cells may stand in double quotes (RFC 4180)
  bool comments = false;     ///< lines that begin with # are skipped
  bool strict = true;        ///< such a record is an error; else it is dropped and counted
  bool any_case = false;     ///< names of columns may be in small letters
  std::string columns = {};  ///< names of the columns, comma separated, of a file without a heading
  /// Columns of free text: what a record has more of belongs to the one that is the last column of the heading.
  std::vector<std::string> free_text = {};
};

/// A table with a heading, read record by record: memory follows one record. Cells are found by the names of their
/// columns. Lines end in LF or CR LF; empty lines are skipped. Throws scenario::ScenarioError at once for what is no
/// such table: no heading; where the dialect is strict also a quote that is not closed, NUL bytes, a record longer or
/// shorter than the heading.
class LogTable {
 public:
  using Column = std::optional<std::size_t>;

  /// Reads the heading; `text` must outlive the table.
  LogTable(std::string_view text, const std::string& file, Dialect dialect);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  /// Returns the first column of these names that there is.
  [[nodiscard]] Column column(std::initializer_list<std::string_view> names) const;
  /// The same; complains at once when there is none. `hint` stands behind the message.
  [[nodiscard]] Column need(std::initializer_list<std::string_view> names, std::string_view hint) const;

  /// Goes to the next record that has as many cells as the heading; false at the end.
  [[nodiscard]] bool next();
  /// Tells whether a cell of this record was complained about: it is of no use, and counted.
  [[nodiscard]] bool bad() const { return bad_; }
  /// Records so far, those that could not be read included.
  [[nodiscard]] std::int64_t records() const { return records_; }
  /// The cell without blanks around it; empty for a column that there is not.
  [[nodiscard]] std::string_view cell(Column column) const;
  /// Where the cell stands; the record's begin for a column that there is not.
  [[nodiscard]] TextPlace place(Column column) const { return column ? places_[*column] : TextPlace{record_line_, 1}; }
  [[nodiscard]] std::int64_t line() const { return record_line_; }

  /// Collects a complaint about a cell: "file:line:column: NAME: PROBLEM: "CELL"". The record is then bad.
  void complain(Column column, std::string_view problem);
  /// Reads a cell as a decimal number of at most `largest` in size; nothing when it is empty or was complained about.
  [[nodiscard]] std::optional<double> number(Column column, double largest);
  [[nodiscard]] ImportErrors& errors() { return errors_; }

 private:
  [[nodiscard]] bool read_record();
  void read_heading();
  void join_free_text();
  /// The record cannot be cut into cells: reading goes on behind its first line.
  void give_up(TextPlace place, std::string_view reason, const std::string& problem);
  void back_to_first_line();
  [[nodiscard]] bool at_delimiter(std::size_t at) const;
  void skip_to_record();
  void read_cell();
  void read_quoted();
  void end_record();
  [[nodiscard]] TextPlace here() const;
  [[nodiscard]] std::string& add_cell();

  std::string_view text_;
  Dialect dialect_;
  mutable ImportErrors errors_;
  std::vector<std::string> columns_;
  std::vector<std::string> cells_;
  std::vector<TextPlace> places_;
  std::size_t num_cells_ = 0, at_ = 0, line_begin_ = 0, record_begin_ = 0;
  std::optional<std::size_t> free_text_;  // the last column, if it is one of free text
  bool bad_ = false, broken_ = false;
  std::int64_t line_ = 1, record_line_ = 0, records_ = 0;
};

}  // namespace gigasim::workload
