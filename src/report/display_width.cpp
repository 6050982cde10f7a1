#include "display_width.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "gigasim/units/utf8.hpp"

namespace gigasim::report {
namespace {

bool in_ranges(char32_t code, const auto& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const auto& r) { return code >= r.first && code <= r.second; });
}

int width_of(char32_t code) {
  using Range = std::pair<char32_t, char32_t>;
  static constexpr std::array kCombining{Range{0x300, 0x36F}, Range{0x200B, 0x200F}, Range{0x20D0, 0x20FF},
                                         Range{0xFE00, 0xFE0F}};
  static constexpr std::array kWide{Range{0x1100, 0x115F},  Range{0x2E80, 0xA4CF},   Range{0xAC00, 0xD7A3},
                                    Range{0xF900, 0xFAFF},  Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},
                                    Range{0xFFE0, 0xFFE6},  Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF},
                                    Range{0x20000, 0x3FFFD}};
  if (in_ranges(code, kCombining)) return 0;
  return in_ranges(code, kWide) ? 2 : 1;
}

bool is_control(const units::Character& character) {
  return character.code < 0x20 || character.code == 0x7F || (character.length == 2 && character.code < 0xA0);
}

/// Bytes of the longest start of `text` that fits into `width` columns.
std::size_t fitting_bytes(std::string_view text, int width) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const units::Character character = units::first_character(text.substr(bytes));
    width -= width_of(character.code);
    if (width < 0) break;
    bytes += character.length;
  }
  return bytes;
}

/// Bytes of the next line: up to the last space that fits, or through a word that is longer than a whole line.
std::size_t line_bytes(std::string_view text, int width) {
  const std::size_t fitting = fitting_bytes(text, width);
  if (fitting == text.size() || text[fitting] == ' ') return fitting;
  const std::size_t space = text.substr(0, fitting).find_last_of(' ');
  if (space != std::string_view::npos && space > 0) return space;
  return std::max<std::size_t>(fitting, 1);
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const units::Character character = units::first_character(text);
    width += width_of(character.code);
    text.remove_prefix(character.length);
  }
  return width;
}

std::string without_controls(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const units::Character character = units::first_character(text);
    if (is_control(character)) {
      clean += ' ';
    } else if (!character.valid()) {
      clean += '?';
    } else {
      clean += text.substr(0, character.length);
    }
    text.remove_prefix(character.length);
  }
  return clean;
}

std::string shortened(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string{text};
  return std::string{text.substr(0, fitting_bytes(text, width - 1))} + "…";
}

std::vector<std::string> wrapped(std::string_view text, int width, int indent) {
  std::vector<std::string> lines;
  std::string prefix;
  while (!text.empty()) {
    const std::size_t bytes = line_bytes(text, width - static_cast<int>(prefix.size()));
    lines.push_back(prefix + std::string{text.substr(0, bytes)});
    text.remove_prefix(bytes);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    prefix.assign(static_cast<std::size_t>(indent), ' ');
  }
  return lines;
}

}  // namespace gigasim::report
