#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gigasim::catalogue {

/// One fact sheet row. Cells are text as in the table; an empty cell means not known.
struct Row {
  std::span<const std::string> columns;
  std::vector<std::string> cells;
  int line = 0;        ///< line in the table file, for citations
  std::string file{};  ///< of a user's own row: the file as the user named it; empty for a built-in one

  /// Returns the cell of a column; throws std::logic_error for a column that the table does not have.
  [[nodiscard]] const std::string& operator[](std::string_view column) const;
  [[nodiscard]] std::optional<double> number(std::string_view column) const;  ///< nothing when the cell is empty
  [[nodiscard]] const std::string& id() const { return cells.front(); }       ///< first column of every table
};

/// One kind of facts, e.g. "accelerators". Rows keep the order of the file; ids are unique. Every table ends with the
/// columns `confidence` and `source`.
struct Table {
  std::string kind;         ///< "ai-factories"
  std::string file;         ///< "ai-factories.csv"
  std::string description;  ///< one line
  std::vector<std::string> columns;
  std::vector<Row> rows;

  [[nodiscard]] const Row* find(std::string_view id) const;  ///< by id, null when there is none
  [[nodiscard]] std::vector<std::string> ids() const;
};

/// How a value of this row cites it: "catalogue ai-factories/jaif (published): SOURCE", and for a user's own row
/// "my.csv:3 ai-factories/jaif (own: published): SOURCE".
[[nodiscard]] std::string citation_of(std::string_view kind, const Row& row, std::string_view confidence,
                                      std::string_view source);

/// Returns all tables of the edition in use (overlay.hpp): the built-in ones are parsed once from the text embedded at
/// build time (src/catalogue/tables).
[[nodiscard]] std::span<const Table> tables();
/// Returns the table of a kind; null when there is none.
[[nodiscard]] const Table* find_table(std::string_view kind);
/// Returns a SHA-256-like stable hex digest of all embedded tables: a change of any cell changes it.
[[nodiscard]] const std::string& digest();

}  // namespace gigasim::catalogue
