#pragma once

#include "commands.hpp"

namespace gigasim::cli {

/// Runs an action and turns whatever it throws into messages and an exit code: the one place where errors get codes.
[[nodiscard]] ExitCode run_guarded(const Action& action);

}  // namespace gigasim::cli
