#pragma once

#include "commands.hpp"

namespace gigasim::cli {

/// Runs an action. What it throws is reported on stderr and becomes the exit code.
[[nodiscard]] ExitCode run_guarded(const Action& action);

}  // namespace gigasim::cli
