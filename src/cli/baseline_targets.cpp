#include "baseline_targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "commands.hpp"
#include "gigasim/scenario/load.hpp"

namespace gigasim::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBase = "base";

bool is_yaml(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

std::vector<fs::path> scenario_files(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.emplace_back(path);
      continue;
    }
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator{path, error}) {
      if (entry.is_regular_file() && is_yaml(entry.path())) inside.push_back(entry.path());
    }
    if (error) throw UsageError(fmt::format("{}: cannot be read: {}", path, error.message()));
    if (inside.empty()) throw UsageError(fmt::format("{}: a folder without scenarios (*.yaml)", path));
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

fs::path default_baseline(const fs::path& folder, const fs::path& scenario, const std::string& variant) {
  const std::string stem = scenario.stem().string();
  return folder / (variant.empty() ? stem + ".baseline" : fmt::format("{}.{}.baseline", stem, variant));
}

}  // namespace

std::vector<BaselineTarget> baseline_targets(const std::vector<std::string>& paths,
                                             const std::vector<std::string>& variants, const std::string& baseline) {
  std::vector<BaselineTarget> targets;
  std::set<std::string> found;
  std::vector<std::string> errors;
  for (const fs::path& file : scenario_files(paths)) {
    std::vector<std::string> all{""};
    try {
      const auto names = scenario::variant_names(file);
      all.insert(all.end(), names.begin(), names.end());
    } catch (const scenario::ScenarioError& error) {
      errors.insert(errors.end(), error.messages().begin(), error.messages().end());
    }
    for (const std::string& variant : all) {
      const std::string shown = variant.empty() ? std::string{kBase} : variant;
      if (!variants.empty() && std::find(variants.begin(), variants.end(), shown) == variants.end()) continue;
      found.insert(shown);
      targets.push_back({file, variant, default_baseline(file.parent_path() / "baselines", file, variant)});
    }
  }
  if (!errors.empty()) throw scenario::ScenarioError(errors);
  for (const std::string& variant : variants) {
    if (!found.contains(variant)) throw UsageError(fmt::format("no scenario given has a variant \"{}\"", variant));
  }
  if (baseline.empty()) return targets;
  std::error_code error;
  if (baseline.ends_with('/') || fs::is_directory(baseline, error)) {
    for (BaselineTarget& target : targets)
      target.baseline = default_baseline(baseline, target.scenario, target.variant);
  } else if (targets.size() == 1) {
    targets.front().baseline = baseline;
  } else {
    throw UsageError(
        fmt::format("{} is one file, for {} scenarios and variants: name a folder (\"{}/\"), or choose with "
                    "--variant",
                    baseline, targets.size(), baseline));
  }
  return targets;
}

}  // namespace gigasim::cli
