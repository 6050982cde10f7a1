#pragma once

#include <optional>
#include <string_view>

#include "gigasim/scenario/access_terms.hpp"
#include "type.hpp"

/// How cut-offs are written.
namespace gigasim::scenario {

/// A word, or days, all of each year or all of one year: "03-28; 09-05" in the catalogue.
[[nodiscard]] Type<CutOffs> cut_offs();
/// Reads a cell of the catalogue; nothing for any other text.
[[nodiscard]] std::optional<CutOffs> parse_cut_offs(std::string_view cell);

}  // namespace gigasim::scenario
