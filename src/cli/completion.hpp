#pragma once

#include <string>

#include "command_info.hpp"

namespace gigasim::cli {

/// Each returns a script that completes subcommands, options and values; it needs nothing but the shell itself.
[[nodiscard]] std::string bash_completion(const CommandInfo& root);
[[nodiscard]] std::string zsh_completion(const CommandInfo& root);
[[nodiscard]] std::string fish_completion(const CommandInfo& root);

}  // namespace gigasim::cli
