#pragma once

#include <span>
#include <string_view>

namespace gigasim::catalogue {

/// The text of one table file as it was when the program was built, in pieces that follow each other.
struct EmbeddedTable {
  std::string_view file;  ///< "ai-factories.csv"
  std::span<const std::string_view> pieces;
};

/// Returns all embedded tables in the order of their file names. The source is made by embed.cmake.
[[nodiscard]] std::span<const EmbeddedTable> embedded_tables();

}  // namespace gigasim::catalogue
