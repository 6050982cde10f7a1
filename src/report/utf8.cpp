#include "utf8.hpp"

#include <array>

namespace gigasim::report {
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

}  // namespace gigasim::report
