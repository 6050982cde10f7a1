#pragma once

#include <span>
#include <string_view>

namespace gigasim::scenario {

/// The text of a profile as it was when the program was built.
struct BuiltinProfile {
  std::string_view name, text;
};
[[nodiscard]] std::span<const BuiltinProfile> builtin_profile_texts();

}  // namespace gigasim::scenario
