#pragma once

#include <string>
#include <string_view>

#include "gigasim/scenario/expectation.hpp"

/// The limits of an expectation: from "2 d" to a number in the metric's own unit.
namespace gigasim::scenario {

/// Reads `text` as the limit, or the range, of `expectation.comparison` in the unit of its metric. Returns the
/// complaint, empty when the limits are set.
[[nodiscard]] std::string read_limits(std::string_view text, Expectation& expectation);

}  // namespace gigasim::scenario
