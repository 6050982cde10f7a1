#pragma once

#include <string>
#include <vector>

/// Rows of plain text, the first of which is the heading, for people and for programs.
namespace gigasim::report {

using Rows = std::vector<std::vector<std::string>>;

/// Aligns the cells in columns two spaces apart, texts on the left. A cell that takes more than `widest` columns of a
/// terminal is cut with an ellipsis (0: never). Rows may be shorter than the heading.
[[nodiscard]] std::string aligned(const Rows& rows, int widest = 0);

/// Joins rows as comma-separated values (RFC 4180, but lines end in a line feed alone).
[[nodiscard]] std::string as_csv(const Rows& rows);

}  // namespace gigasim::report
