#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "gigasim/engine/run.hpp"
#include "gigasim/metrics/results.hpp"
#include "gigasim/scenario/load.hpp"
#include "large_runs.hpp"

namespace gigasim::cli {

/// Runs a scenario in this process (SimGrid allows one run per process). SIGINT and SIGTERM stop it at the next event:
/// the results are then marked incomplete. A log's own clock gives a replay its calendar, in `loaded`. Throws
/// RunTooLarge.
[[nodiscard]] metrics::Results run_here(scenario::Loaded& loaded, LargeRuns large,
                                        const std::function<void(const engine::Progress&)>& progress);

/// The same, and writes the result folder unless its name is empty. The folder is checked before the run spends its
/// time. Throws report::OutputError.
[[nodiscard]] metrics::Results run_into(const std::filesystem::path& folder, scenario::Loaded& loaded, LargeRuns large,
                                        const std::function<void(const engine::Progress&)>& progress);
/// Where the results of a scenario go when nothing else is said: results/SCENARIO or results/SCENARIO-VARIANT.
[[nodiscard]] std::filesystem::path default_folder(const std::filesystem::path& scenario, const std::string& variant);

/// The signal that asked to stop; 0 for none.
[[nodiscard]] int stop_signal();
/// Whether a system call that a signal finds waiting goes on waiting.
enum class InCalls { kResume, kReturn };
/// From now on SIGINT and SIGTERM ask to stop, and a second one ends the process.
void stop_on_signals(InCalls in_calls);

}  // namespace gigasim::cli
