#pragma once

#include <string>

namespace gigasim::constants {

/// Returns docs/models/constants.md.
[[nodiscard]] std::string document();

}  // namespace gigasim::constants
