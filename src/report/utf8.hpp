#pragma once

#include <cstddef>
#include <string_view>

namespace gigasim::report {

/// One character of a text and its code point. A byte that is no UTF-8 counts as a character of its own.
struct Character {
  char32_t code = 0;
  std::size_t length = 1;
  [[nodiscard]] bool valid() const { return length > 1 || code < 0x80; }
};

/// Reads the first character of a text that is not empty. Overlong forms and surrogates are no UTF-8.
[[nodiscard]] Character first_character(std::string_view text);

}  // namespace gigasim::report
