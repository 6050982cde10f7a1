#pragma once

#include <string>

#include "result.hpp"

namespace gigasim::report::html {

/// Writes the whole page: one file without scripts and without anything from elsewhere.
[[nodiscard]] std::string page(const Results& results);

}  // namespace gigasim::report::html
