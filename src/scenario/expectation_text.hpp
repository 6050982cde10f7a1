#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gigasim/scenario/expectation.hpp"

/// The text of an expectation, taken apart without knowing what its words mean.
namespace gigasim::scenario {

struct ExpectationParts {
  std::string_view metric;
  std::string_view key, value;  ///< both empty without a label
  Comparison comparison = Comparison::kLess;
  std::string_view limit;  ///< not empty
};

/// Takes `METRIC{key=value} < LIMIT` apart. Returns nothing, and in `problem` the complaint, for anything else.
[[nodiscard]] std::optional<ExpectationParts> split_expectation(std::string_view text, std::string& problem);

/// Takes `LOW..HIGH` apart; nothing for anything else.
struct RangeParts {
  std::string_view low, high;
};
[[nodiscard]] std::optional<RangeParts> split_range(std::string_view text);

/// Regular expression (ECMA 262) of an expectation, for the schema. It takes a little more than the parser.
[[nodiscard]] std::string expectation_pattern();

}  // namespace gigasim::scenario
