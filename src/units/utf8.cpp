#include "gigasim/units/utf8.hpp"

#include <algorithm>
#include <array>

namespace gigasim::units {
namespace {

std::size_t sequence_length(unsigned char lead) {
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC0 ? 2 : 1;
}

bool well_formed(char32_t code, std::size_t length) {
  static constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code >= kSmallest.at(length) && code <= 0x10FFFF && !surrogate;
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/// Marks of direction, which let a text look like another one, and the two separators that end a line.
bool is_direction(char32_t code) {
  return code == 0x061c || (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string from_latin1(std::string_view text) {
  std::string utf8;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8 += c;
    } else {
      utf8 += static_cast<char>(0xc0U | (byte >> 6U));
      utf8 += static_cast<char>(0x80U | (byte & 0x3fU));
    }
  }
  return utf8;
}

}  // namespace

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = sequence_length(byte(0));
  if (length == 1) return {byte(0), 1};
  char32_t code = byte(0) & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= text.size() || (byte(i) & 0xC0U) != 0x80U) return {byte(0), 1};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  return well_formed(code, length) ? Character{code, length} : Character{byte(0), 1};
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!character.valid()) return false;
    text.remove_prefix(character.length);
  }
  return true;
}

std::string plain_utf8(std::string_view text) {
  const auto usual = [](char c) { return c >= 0x20 && c < 0x7f; };
  if (std::all_of(text.begin(), text.end(), usual)) return std::string{text};
  if (!is_utf8(text)) return plain_utf8(from_latin1(text));
  std::string plain;
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!is_control(character.code) && !is_direction(character.code)) plain += text.substr(0, character.length);
    text.remove_prefix(character.length);
  }
  return plain;
}

}  // namespace gigasim::units
