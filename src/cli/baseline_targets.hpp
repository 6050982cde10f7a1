#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gigasim::cli {

/// A scenario or variant and the file of its baseline.
struct BaselineTarget {
  std::filesystem::path scenario;
  std::string variant;  ///< empty for the base
  std::filesystem::path baseline;
};

struct UnreadableScenario {
  std::filesystem::path scenario;
  std::vector<std::string> messages;
};

/// Returns the scenarios meant by files and folders (all *.yaml in them), each with all its variants; only the named
/// variants where `variants` has any ("base" means the scenario itself). Baselines are `baselines/NAME.baseline` and
/// `baselines/NAME.VARIANT.baseline` beside the scenario, unless `baseline` names a file (for one target) or a folder.
/// Throws UsageError, and scenario::ScenarioError for scenarios that cannot be read, unless `unreadable` takes them.
[[nodiscard]] std::vector<BaselineTarget> baseline_targets(const std::vector<std::string>& paths,
                                                           const std::vector<std::string>& variants,
                                                           const std::string& baseline,
                                                           std::vector<UnreadableScenario>* unreadable = nullptr);

/// Baselines beside those of the targets that belong to a scenario or variant which is gone: of a scenario in `paths`,
/// or any where a folder of scenarios is given.
[[nodiscard]] std::vector<std::filesystem::path> orphaned_baselines(const std::vector<std::string>& paths,
                                                                    const std::vector<BaselineTarget>& targets);

}  // namespace gigasim::cli
