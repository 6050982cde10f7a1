#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Text on a terminal's grid of columns. Texts are UTF-8; names come from users' files and may hold anything.
namespace gigasim::report {

/// Columns that a text takes: combining marks none, East Asian wide characters two.
[[nodiscard]] int display_width(std::string_view text);

/// Returns a text without control characters, which could move the cursor or change colours, and bytes that are no
/// UTF-8.
[[nodiscard]] std::string without_controls(std::string_view text);

/// Returns a text cut to at most `width` columns, with "…" where something was cut.
[[nodiscard]] std::string shortened(std::string_view text, int width);

/// Breaks a text into lines of at most `width` columns, between words where it can; lines after the first start with
/// `indent` spaces.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, int width, int indent);

}  // namespace gigasim::report
