#pragma once

#include <string>
#include <string_view>

namespace gigasim::scenario {

/// Writes a text as a YAML scalar that reads back as the same text anywhere, also inside [ ] and { }; in quotes only
/// where plain writing could be read otherwise.
[[nodiscard]] std::string yaml_text(std::string_view text);

}  // namespace gigasim::scenario
