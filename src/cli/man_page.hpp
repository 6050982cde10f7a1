#pragma once

#include <string>

#include "command_info.hpp"

namespace gigasim::cli {

/// Returns the manual page of a command in roff (man macros). `date` is YYYY-MM-DD or empty; `root` is the program.
[[nodiscard]] std::string man_page(const CommandInfo& command, const CommandInfo& root, const std::string& version,
                                   const std::string& date);

}  // namespace gigasim::cli
