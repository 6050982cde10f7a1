#pragma once

#include <string_view>

/// Text that is in the program since it was built.
namespace gigasim::report::html {

[[nodiscard]] std::string_view style_sheet();
/// The countries of Europe, one "DE M1.0,2.0L..." per line; empty in a program that was built without the map's data.
[[nodiscard]] std::string_view europe_map();

}  // namespace gigasim::report::html
