#pragma once

#include <string>
#include <string_view>

namespace gigasim::cli {

/// A command line that shows the typical use of a subcommand ("catalogue list"); empty for a group of subcommands.
[[nodiscard]] std::string_view example_of(std::string_view words);

}  // namespace gigasim::cli
