#include <fstream>
#include <nlohmann/json.hpp>

#include "gigasim/baseline/baseline.hpp"

namespace gigasim::baseline {
namespace {

namespace fs = std::filesystem;

/// What a result folder's manifest says; a result without a readable one just has no source.
Source manifest_source(const fs::path& path) {
  std::ifstream in{fs::is_directory(path) ? path / "manifest.json" : path.parent_path() / "manifest.json"};
  const auto json = nlohmann::json::parse(in, nullptr, false);
  Source source;
  if (!json.is_object()) return source;
  source.gigasim_version = json.value("gigasim_version", "");
  source.simgrid_version = json.value("simgrid_version", "");
  source.catalogue_digest = json.value("catalogue_digest", "");
  if (json.contains("scenario") && json["scenario"].contains("seed")) {
    source.settings["seed"] = json["scenario"]["seed"].dump();
  }
  if (json.contains("overrides") && json["overrides"].is_array()) {
    for (const auto& one : json["overrides"]) {
      if (one.is_object()) source.settings[one.value("path", "")] = one.value("value", "");
    }
  }
  if (!json.contains("inputs") || !json["inputs"].is_array()) return source;
  for (const auto& file : json["inputs"]) {
    if (file.is_object()) source.files.push_back({file.value("path", ""), file.value("sha256", "")});
  }
  return source;
}

}  // namespace

Snapshot snapshot_of_result(const fs::path& path) {
  const report::Summary summary = report::read_summary(path);
  Snapshot snapshot;
  try {
    snapshot.source = manifest_source(path);
  } catch (const nlohmann::json::exception&) {
    snapshot.source = {};  // a manifest of another shape
  }
  snapshot.source.scenario = summary.scenario;
  snapshot.source.variant = summary.variant;
  snapshot.entries = entries_of(summary);
  return snapshot;
}

}  // namespace gigasim::baseline
