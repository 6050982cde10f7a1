#include "gigasim/report/rows.hpp"

#include <limits>

#include "csv_text.hpp"
#include "display_width.hpp"
#include "text_table.hpp"

namespace gigasim::report {

std::string aligned(const Rows& rows, int widest) {
  if (rows.empty()) return "";
  const auto cut = [&](const std::string& cell) { return widest > 0 ? shortened(cell, widest) : cell; };
  TextTable table;
  for (const std::string& header : rows.front()) table.columns.push_back({cut(header), false, 0});
  for (std::size_t r = 1; r < rows.size(); ++r) {
    auto& cells = table.rows.emplace_back();
    for (const std::string& cell : rows[r]) cells.push_back({cut(cell)});
    cells.resize(table.columns.size());
  }
  return terminal_table(table, {false, std::numeric_limits<int>::max()});
}

std::string as_csv(const Rows& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ',';
      csv::append_text(text, row[i]);
    }
    text += '\n';
  }
  return text;
}

}  // namespace gigasim::report
