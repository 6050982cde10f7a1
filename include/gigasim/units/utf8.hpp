#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gigasim::units {

/// One character of a text and its code point. A byte that is no UTF-8 counts as a character of its own.
struct Character {
  char32_t code = 0;
  std::size_t length = 1;
  [[nodiscard]] bool valid() const { return length > 1 || code < 0x80; }
};

/// Reads the first character of a text that is not empty. Overlong forms and surrogates are no UTF-8.
[[nodiscard]] Character first_character(std::string_view text);

/// Tells whether a text is valid UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Returns a text of a log as it may stand in a table and in a terminal: valid UTF-8 (a text that is not is taken as
/// Latin-1) without control characters and without the marks that change the direction of writing.
[[nodiscard]] std::string plain_utf8(std::string_view text);

}  // namespace gigasim::units
