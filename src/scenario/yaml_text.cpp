#include "yaml_text.hpp"

#include <algorithm>
#include <array>

namespace gigasim::scenario {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool may_stand_plain(std::string_view text) {
  constexpr std::array kWords{"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  if (text.empty() || !(is_letter(text.front()) || is_digit(text.front())) || text.back() == ' ') return false;
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (std::find(kWords.begin(), kWords.end(), lower) != kWords.end()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view{" _./%+-()"}.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string yaml_text(std::string_view text) {
  if (may_stand_plain(text)) return std::string{text};
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

}  // namespace gigasim::scenario
