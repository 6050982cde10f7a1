#pragma once

#include <string>
#include <vector>

namespace gigasim::cli {

/// Aligns rows of cells in columns two spaces apart, the first row as the heading. Columns are left-aligned; the last
/// one is not padded. A cell longer than `widest` bytes is cut with an ellipsis (0: never).
[[nodiscard]] std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t widest = 0);

/// Joins rows as comma-separated values, quoting where needed.
[[nodiscard]] std::string as_csv(const std::vector<std::vector<std::string>>& rows);

}  // namespace gigasim::cli
