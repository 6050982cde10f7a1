#pragma once

#include "terminal.hpp"

namespace gigasim::cli {

/// Sends log lines to stderr, from the level and in the colour that the options ask for.
void set_up_logging(const GlobalOptions& options);

}  // namespace gigasim::cli
