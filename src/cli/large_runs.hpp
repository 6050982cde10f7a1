#pragma once

#include <CLI/CLI.hpp>
#include <stdexcept>

#include "gigasim/engine/run_size.hpp"

namespace gigasim::cli {

/// Whether runs that need very much memory or time are started.
enum class LargeRuns { kRefuse, kAllow };

/// `--yes`
void declare_yes(CLI::App& command, LargeRuns& large);

/// A run is larger than what is started unasked: exit code 7, like a limit that is hit.
class RunTooLarge : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws RunTooLarge for a run that takes more than 8 GB, half the memory of a usual laptop, or a billion events, some
/// hours; and, asked for or not, for more jobs than any machine of today could hold.
void check_size(const engine::RunSize& size, LargeRuns large);

}  // namespace gigasim::cli
