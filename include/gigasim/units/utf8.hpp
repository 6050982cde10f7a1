#pragma once

#include <string>
#include <string_view>

namespace gigasim::units {

/// Tells whether a text is valid UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Returns a text of a log as it may stand in a table and in a terminal: valid UTF-8 (a text that is not is taken as
/// Latin-1) without control characters and without the marks that change the direction of writing.
[[nodiscard]] std::string plain_utf8(std::string_view text);

}  // namespace gigasim::units
