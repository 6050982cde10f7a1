#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gigasim::scenario {

inline constexpr std::size_t kLargestFile = std::size_t{16} * 1024 * 1024;
inline constexpr std::size_t kLongestLine = std::size_t{64} * 1024;

/// Why bytes cannot be a scenario file, with the 1-based line and column of the first offence.
struct TextProblem {
  int line = 1, column = 1;
  std::string problem;
};

/// Checks that `bytes` are UTF-8 text without control characters, in lines of bearable length.
[[nodiscard]] std::optional<TextProblem> check_text(std::string_view bytes);

/// Tells whether `text` holds a control character other than line feed and tab.
[[nodiscard]] bool has_control_character(std::string_view text);

}  // namespace gigasim::scenario
