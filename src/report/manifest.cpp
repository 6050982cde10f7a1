#include "manifest.hpp"

#include <algorithm>

#include "gigasim/catalogue/table.hpp"
#include "results_json.hpp"

namespace gigasim::report {
namespace {

Json inputs_json(const metrics::Results& results, const scenario::Loaded& loaded) {
  std::vector<scenario::InputFile> inputs = loaded.inputs;
  for (const workload::ImportReport& log : results.imports) {
    const bool listed = std::any_of(inputs.begin(), inputs.end(),
                                    [&](const scenario::InputFile& file) { return file.path == log.file; });
    if (!listed) inputs.push_back({log.file, log.digest});
  }
  Json array = Json::array();
  for (const scenario::InputFile& file : inputs) array.push_back({{"path", file.path}, {"sha256", file.digest}});
  return array;
}

/// What the command line changed, which no input file shows.
Json overrides_json(const scenario::Loaded& loaded) {
  Json array = Json::array();
  for (const scenario::Resolved& value : loaded.resolved) {
    if (value.origin.starts_with("--")) array.push_back({{"path", value.path}, {"value", value.value}});
  }
  return array;
}

Json files_json(const std::vector<OutputFile>& files) {
  Json array = Json::array();
  for (const OutputFile& file : files) {
    array.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  return array;
}

}  // namespace

std::string manifest_json(const metrics::Results& results, const scenario::Loaded& loaded,
                          const std::string& simgrid_version, const std::vector<OutputFile>& files) {
  Json json;
  json["gigasim_version"] = GIGASIM_VERSION;
  json["schema_version"] = metrics::kResultsSchemaVersion;
  json["complete"] = results.complete;
  json["scenario"] = {
      {"name", results.scenario.name}, {"variant", results.scenario.variant}, {"seed", results.scenario.seed}};
  json["simgrid_version"] = simgrid_version;
  json["catalogue_digest"] = catalogue::digest();
  json["inputs"] = inputs_json(results, loaded);
  json["overrides"] = overrides_json(loaded);
  json["files"] = files_json(files);
  return json_text(json);
}

std::optional<std::vector<std::string>> files_in_manifest(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("gigasim_version")) return std::nullopt;
  std::vector<std::string> names{"manifest.json", "run.log"};
  const auto files = json.find("files");
  if (files == json.end() || !files->is_array()) return std::nullopt;
  for (const Json& file : *files) {
    if (file.is_object() && file.contains("name") && file["name"].is_string()) names.push_back(file["name"]);
  }
  return names;
}

}  // namespace gigasim::report
