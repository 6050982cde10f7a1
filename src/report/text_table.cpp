#include "text_table.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "display_width.hpp"

namespace gigasim::report {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowestColumn = 6;

std::vector<int> column_widths(const TextTable& table) {
  std::vector<int> widths;
  widths.reserve(table.columns.size());
  for (const Column& column : table.columns) widths.push_back(display_width(column.header));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], display_width(row.at(i).text));
  }
  return widths;
}

int total(const std::vector<int>& widths) {
  if (widths.empty()) return 0;
  return std::accumulate(widths.begin(), widths.end(), 0) + kGap * (static_cast<int>(widths.size()) - 1);
}

void remove_column(TextTable& table, std::size_t column) {
  const auto at = static_cast<std::ptrdiff_t>(column);
  table.columns.erase(table.columns.begin() + at);
  for (auto& row : table.rows) row.erase(row.begin() + at);
}

/// Leaves out the least important columns until the table fits or only columns of rank 0 are left; returns their
/// headers.
std::vector<std::string> leave_out_columns(TextTable& table, int width) {
  std::vector<std::string> left_out;
  while (natural_width(table) > width) {
    const auto least = std::max_element(table.columns.begin(), table.columns.end(),
                                        [](const Column& a, const Column& b) { return a.rank <= b.rank; });
    if (least == table.columns.end() || least->rank == 0) break;
    left_out.push_back(least->header);
    remove_column(table, static_cast<std::size_t>(least - table.columns.begin()));
  }
  return left_out;
}

std::vector<int> fitted_widths(const TextTable& table, int width) {
  std::vector<int> widths = column_widths(table);
  while (total(widths) > width) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowestColumn) break;
    --*widest;
  }
  return widths;
}

std::string padded(const Cell& cell, const Column& column, int width, bool colour) {
  const std::string text = shortened(cell.text, width);
  const std::string space(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
  const std::string shown = coloured(text, cell.mood, colour);
  return column.number ? space + shown : shown + space;
}

std::string line(const std::vector<Cell>& cells, const TextTable& table, const std::vector<int>& widths, bool colour) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out.append(kGap, ' ');
    out += padded(cells[i], table.columns[i], widths[i], colour);
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + '\n';
}

void clean(TextTable& table) {
  for (Column& column : table.columns) column.header = without_controls(column.header);
  for (auto& row : table.rows) {
    for (Cell& cell : row) cell.text = without_controls(cell.text);
  }
}

std::vector<Cell> header_cells(const TextTable& table) {
  std::vector<Cell> cells;
  cells.reserve(table.columns.size());
  for (const Column& column : table.columns) cells.push_back({column.header, Mood::kStrong});
  return cells;
}

}  // namespace

std::string coloured(std::string_view text, Mood mood, bool colour) {
  if (!colour || mood == Mood::kPlain || text.empty()) return std::string{text};
  const char* code = "1";
  if (mood == Mood::kGood) code = "32";
  if (mood == Mood::kWarning) code = "33";
  if (mood == Mood::kBad) code = "31";
  return std::string{"\033["} + code + "m" + std::string{text} + "\033[0m";
}

int natural_width(const TextTable& table) {
  return total(column_widths(table));
}

std::string terminal_table(const TextTable& table, const TableStyle& style) {
  TextTable shown = table;
  clean(shown);
  const std::vector<std::string> left_out = leave_out_columns(shown, style.width);
  const std::vector<int> widths = fitted_widths(shown, style.width);
  std::string out = line(header_cells(shown), shown, widths, style.colour);
  for (const auto& row : shown.rows) out += line(row, shown, widths, style.colour);
  if (left_out.empty()) return out;
  std::string note = "  not shown at this width:";
  for (const std::string& header : left_out) note += (&header == &left_out.front() ? " " : ", ") + header;
  for (const std::string& part : wrapped(note, style.width, 2)) out += part + '\n';
  return out;
}

std::string markdown_table(const TextTable& table) {
  std::string out = "|";
  std::string rule = "|";
  for (const Column& column : table.columns) {
    out += ' ' + markdown_text(column.header) + " |";
    rule += column.number ? " ---: |" : " :--- |";
  }
  out += '\n' + rule + '\n';
  for (const auto& row : table.rows) {
    out += '|';
    for (const Cell& cell : row) out += ' ' + markdown_text(cell.text) + " |";
    out += '\n';
  }
  return out;
}

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : without_controls(text)) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char c : html_text(text)) {
    if (c == '|' || c == '\\' || c == '`' || c == '*') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace gigasim::report
