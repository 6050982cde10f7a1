#include "baseline_targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "commands.hpp"
#include "gigasim/baseline/baseline.hpp"
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

/// The scenario that a baseline says it is of; empty for a file that cannot be read.
std::string scenario_of(const fs::path& baseline) {
  try {
    return baseline::read(baseline).snapshot.source.scenario;
  } catch (const scenario::ScenarioError&) {
    return "";
  }
}

}  // namespace

std::vector<BaselineTarget> baseline_targets(const std::vector<std::string>& paths,
                                             const std::vector<std::string>& variants, const std::string& baseline,
                                             std::vector<UnreadableScenario>* unreadable) {
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
      if (unreadable != nullptr) unreadable->push_back({file, error.messages()});
      continue;
    }
    for (const std::string& variant : all) {
      const std::string shown = variant.empty() ? std::string{kBase} : variant;
      if (!variants.empty() && std::find(variants.begin(), variants.end(), shown) == variants.end()) continue;
      found.insert(shown);
      targets.push_back({file, variant, default_baseline(file.parent_path() / "baselines", file, variant)});
    }
  }
  if (!errors.empty() && unreadable == nullptr) throw scenario::ScenarioError(errors);
  for (const std::string& variant : variants) {
    if (errors.empty() && !found.contains(variant))
      throw UsageError(fmt::format("no scenario given has a variant \"{}\"", variant));
  }
  if (baseline.empty()) return targets;
  std::error_code error;
  if (baseline.ends_with('/') || fs::is_directory(baseline, error)) {
    for (BaselineTarget& target : targets)
      target.baseline = default_baseline(baseline, target.scenario, target.variant);
  } else if (targets.size() == 1) {
    targets.front().baseline = baseline;
  } else if (!targets.empty()) {
    throw UsageError(
        fmt::format("{} is one file, for {} scenarios and variants: name a folder (\"{}/\"), or choose with "
                    "--variant",
                    baseline, targets.size(), baseline));
  }
  return targets;
}

std::vector<fs::path> orphaned_baselines(const std::vector<std::string>& paths,
                                         const std::vector<BaselineTarget>& targets) {
  const bool whole_folder = std::any_of(paths.begin(), paths.end(), [](const std::string& path) {
    std::error_code error;
    return fs::is_directory(path, error);
  });
  std::set<std::string> scenarios;
  std::set<fs::path> folders, expected, orphans;
  for (const BaselineTarget& target : targets) {
    scenarios.insert(target.scenario.filename().string());
    folders.insert(target.baseline.parent_path());
    expected.insert(target.baseline.filename());
  }
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{folder.empty() ? "." : folder, error}) {
      const fs::path& file = entry.path();
      if (file.extension() != ".baseline" || expected.contains(file.filename())) continue;
      if (whole_folder || scenarios.contains(scenario_of(file))) orphans.insert(file);
    }
  }
  return {orphans.begin(), orphans.end()};
}

}  // namespace gigasim::cli
