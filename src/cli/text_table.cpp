#include "text_table.hpp"

#include <algorithm>

namespace gigasim::cli {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); }));
}

std::string cut(const std::string& cell, std::size_t widest) {
  if (widest == 0 || cell.size() <= widest) return cell;
  std::size_t end = widest - 1;
  while (end > 0 && continues_character(cell[end])) --end;
  return cell.substr(0, end) + "…";
}

}  // namespace

std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t widest) {
  std::vector<std::size_t> width;
  for (const auto& row : rows) {
    width.resize(std::max(width.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], columns_of(cut(row[i], widest)));
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = cut(row[i], widest);
      text += cell;
      if (i + 1 < row.size()) text.append(width[i] - columns_of(cell) + 2, ' ');
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    text += '\n';
  }
  return text;
}

std::string as_csv(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ',';
      if (row[i].find_first_of(",\"\n") == std::string::npos) {
        text += row[i];
        continue;
      }
      text += '"';
      for (const char c : row[i]) text += c == '"' ? std::string{"\"\""} : std::string{c};
      text += '"';
    }
    text += '\n';
  }
  return text;
}

}  // namespace gigasim::cli
