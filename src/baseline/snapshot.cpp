#include <fmt/format.h>

#include <algorithm>

#include "gigasim/baseline/baseline.hpp"
#include "gigasim/catalogue/table.hpp"

namespace gigasim::baseline {
namespace {

namespace fs = std::filesystem;

void append(std::vector<Entry>& entries, const report::SummaryBlock& block, const std::string& key,
            const std::string& value) {
  const auto registry = metrics::registry();
  for (std::size_t m = 0; m < registry.size(); ++m) {
    const std::string name =
        key.empty() ? std::string{registry[m].name} : fmt::format("{}{{{}={}}}", registry[m].name, key, value);
    std::optional<Figure> figure;  // what the file keeps of it
    if (const auto& full = block.figures.at(m)) figure = Figure{full->value, full->lower_bound};
    entries.push_back({name, &registry[m], key, value, figure});
  }
}

/// Files as seen from the scenario's folder: the same wherever the program is started.
std::string from_folder(const std::string& path, const fs::path& folder) {
  const fs::path absolute = fs::absolute(path).lexically_normal();
  return absolute.lexically_relative(fs::absolute(folder).lexically_normal()).generic_string();
}

}  // namespace

bool Source::operator==(const Source& other) const {
  const auto same_file = [](const scenario::InputFile& a, const scenario::InputFile& b) {
    return a.path == b.path && a.digest == b.digest;
  };
  return scenario == other.scenario && variant == other.variant && gigasim_version == other.gigasim_version &&
         simgrid_version == other.simgrid_version && catalogue_digest == other.catalogue_digest &&
         std::equal(files.begin(), files.end(), other.files.begin(), other.files.end(), same_file);
}

std::vector<Entry> entries_of(const report::Summary& summary) {
  std::vector<Entry> entries;
  append(entries, summary.network, "", "");
  std::size_t group = 0;
  for (const metrics::Grouping& grouping : metrics::groupings()) {
    if (grouping.label == "network") continue;
    for (const report::SummaryBlock& block : summary.groups.at(group)) {
      // Blocks of labels are named key=value already.
      const std::size_t equals = grouping.label == "label" ? block.name.find('=') : std::string::npos;
      if (equals != std::string::npos) {
        append(entries, block, block.name.substr(0, equals), block.name.substr(equals + 1));
      } else {
        append(entries, block, std::string{grouping.label}, block.name);
      }
    }
    ++group;
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

Snapshot take_snapshot(const metrics::Results& results, const scenario::Loaded& loaded, const fs::path& scenario_file,
                       const std::string& simgrid_version) {
  Snapshot snapshot;
  Source& source = snapshot.source;
  source.scenario = scenario_file.filename().string();
  source.variant = loaded.scenario.variant;
  source.gigasim_version = GIGASIM_VERSION;
  source.simgrid_version = simgrid_version;
  source.catalogue_digest = catalogue::digest();
  const fs::path folder = scenario_file.has_parent_path() ? scenario_file.parent_path() : ".";
  for (const scenario::InputFile& file : loaded.inputs) {
    source.files.push_back({from_folder(file.path, folder), file.digest});
  }
  for (const workload::ImportReport& log : results.imports) {
    const scenario::InputFile file{from_folder(log.file, folder), log.digest};
    const auto same = [&](const scenario::InputFile& other) { return other.path == file.path; };
    if (std::none_of(source.files.begin(), source.files.end(), same)) source.files.push_back(file);
  }
  snapshot.entries = entries_of(report::summarise(results, source.scenario));
  return snapshot;
}

}  // namespace gigasim::baseline
