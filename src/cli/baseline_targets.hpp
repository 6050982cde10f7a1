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

/// Returns the scenarios meant by files and folders (all *.yaml in them), each with all its variants; only the named
/// variants where `variants` has any ("base" means the scenario itself). Baselines are `baselines/NAME.baseline` and
/// `baselines/NAME.VARIANT.baseline` beside the scenario, unless `baseline` names a file (for one target) or a folder.
/// Throws UsageError, or scenario::ScenarioError for a scenario that cannot be read.
[[nodiscard]] std::vector<BaselineTarget> baseline_targets(const std::vector<std::string>& paths,
                                                           const std::vector<std::string>& variants,
                                                           const std::string& baseline);

}  // namespace gigasim::cli
