#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gigasim/report/report.hpp"

namespace gigasim::report {

/// What a cell says beside its text: a colour on a terminal, nothing elsewhere.
enum class Mood { kPlain, kStrong, kGood, kWarning, kBad };

struct Cell {
  std::string text;
  Mood mood = Mood::kPlain;
};

struct Column {
  std::string header;
  bool number = true;  ///< numbers stand on the right
  int rank = 0;        ///< where space is short, columns of the highest rank are left out first; those of rank 0 never
};

struct TextTable {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// Colours a text for its mood; returns it as it is without colour.
[[nodiscard]] std::string coloured(std::string_view text, Mood mood, bool colour);

/// Columns of the terminal that a whole table takes.
[[nodiscard]] int natural_width(const TextTable& table);

/// Draws a table within style.width: leaves out columns by rank and names them below, then shortens the widest texts.
[[nodiscard]] std::string terminal_table(const TextTable& table, const TableStyle& style);
[[nodiscard]] std::string markdown_table(const TextTable& table);

/// Escapes what HTML would take for tags or entities; control characters and line breaks become spaces.
[[nodiscard]] std::string html_text(std::string_view text);

/// Escapes what Markdown would take for table borders, line breaks or HTML.
[[nodiscard]] std::string markdown_text(std::string_view text);

}  // namespace gigasim::report
