#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gigasim/report/report.hpp"
#include "replay_scenario.hpp"
#include "scenario_pool.hpp"

namespace gigasim::cli {

/// The word that stands for all queue policies.
inline constexpr const char* kAllPolicies = "all";

/// Returns the policies meant by the words of a command line, each once: in the order given, or all.
[[nodiscard]] std::vector<std::string> chosen_policies(const std::vector<std::string>& words);

/// Replays one log under each policy, in as many processes at a time as suit the machine, and prints one table. With a
/// folder, each policy's results go to a folder of its name inside.
[[nodiscard]] ExitCode run_tournament(const ReplayOptions& replay, const std::vector<std::string>& policies,
                                      const std::filesystem::path& folder, LargeRuns large, report::Format format,
                                      const report::TableStyle& style);

}  // namespace gigasim::cli
