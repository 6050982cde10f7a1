#include "text_check.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gigasim::scenario {
namespace {

bool is_control(unsigned char c) {
  return (c < 0x20U && c != '\n' && c != '\r' && c != '\t') || c == 0x7FU;
}

/// Length of the UTF-8 character at the start of `bytes`, 0 when it is not one (overlong forms and surrogates
/// included).
std::size_t utf8_length(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
  const unsigned first = at(0);
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) return follows(1) ? 2 : 0;
  if (first >= 0xE0U && first <= 0xEFU) {
    const bool overlong = first == 0xE0U && at(1) < 0xA0U;
    const bool surrogate = first == 0xEDU && at(1) > 0x9FU;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0U && first <= 0xF4U) {
    const bool overlong = first == 0xF0U && at(1) < 0x90U;
    const bool beyond = first == 0xF4U && at(1) > 0x8FU;
    return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::optional<TextProblem> check_text(std::string_view bytes) {
  int line = 1;
  int column = 1;
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (is_control(c)) {
      return TextProblem{line, column, fmt::format("not a text file (control character 0x{:02x})", c)};
    }
    const std::size_t length = utf8_length(bytes.substr(i));
    if (length == 0) return TextProblem{line, column, fmt::format("not a text file (byte 0x{:02x} is not UTF-8)", c)};
    i += length;
    ++column;
    if (c == '\n') {
      ++line;
      column = 1;
      line_start = i;
    } else if (i - line_start > kLongestLine) {
      return TextProblem{line, 1,
                         fmt::format("a line of more than {} bytes is not taken for a scenario", kLongestLine)};
    }
  }
  return std::nullopt;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return c == '\r' || is_control(static_cast<unsigned char>(c)); });
}

}  // namespace gigasim::scenario
