#include "own_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "file_bytes.hpp"
#include "gigasim/catalogue/overlay.hpp"
#include "gigasim/catalogue/table.hpp"
#include "gigasim/units/digest.hpp"
#include "set_path.hpp"

namespace gigasim::scenario {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> table_kinds() {
  std::vector<std::string> kinds;
  for (const catalogue::Table& table : catalogue::tables()) kinds.push_back(table.kind);
  return kinds;
}

bool check_entry(const Entry& entry, Diagnostics& diagnostics) {
  const auto kinds = table_kinds();
  const std::string path = fmt::format("catalogue.{}", shown(std::string_view{entry.key}));
  if (std::find(kinds.begin(), kinds.end(), entry.key) == kinds.end()) {
    const std::string near = did_you_mean(entry.key, kinds);
    diagnostics.error(entry.at, path,
                      "unknown kind of facts" + (near.empty() ? " (`gigasim catalogue list` lists them)" : near));
    return false;
  }
  if (entry.value.is_scalar() && !entry.value.text.empty()) return true;
  diagnostics.error(entry.value.kind == YamlNode::Kind::kNull ? entry.at : entry.value.origin, path,
                    fmt::format("must be the path of a CSV file, got {}", shown(entry.value)));
  return false;
}

/// The tables that the files name.
std::vector<OwnTable> named_tables(const std::vector<YamlNode>& chain, Diagnostics& diagnostics) {
  std::vector<OwnTable> tables;
  for (const YamlNode& node : chain) {
    const Entry* key = node.find_entry("catalogue");
    if (key == nullptr || key->value.kind == YamlNode::Kind::kNull) continue;
    if (!key->value.is_map()) {
      diagnostics.error(key->value.origin, "catalogue",
                        fmt::format("must be a map such as {{ accelerators: mine.csv }}, got {}", shown(key->value)));
      continue;
    }
    for (const Entry& entry : key->value.entries) {
      if (!check_entry(entry, diagnostics)) continue;
      const bool decided =
          std::any_of(tables.begin(), tables.end(), [&](const OwnTable& other) { return other.kind == entry.key; });
      const fs::path folder = fs::path{*entry.value.origin.source}.parent_path();
      if (!decided) tables.push_back({entry.key, (folder / entry.value.text).lexically_normal(), entry.value.origin});
    }
  }
  return tables;
}

Origin place_of(const catalogue::OverlayProblem& problem) {
  Origin at;
  at.kind = Origin::Kind::kFile;
  at.source = std::make_shared<const std::string>(problem.file);
  at.line = problem.line;
  at.column = problem.column;
  return at;
}

}  // namespace

std::vector<OwnTable> use_own_tables(const std::vector<YamlNode>& chain, std::vector<InputFile>& inputs,
                                     Diagnostics& diagnostics) {
  catalogue::use_edition(catalogue::kBuiltIn);
  std::vector<OwnTable> tables = named_tables(chain, diagnostics);
  std::vector<catalogue::OverlayFile> files;
  for (const OwnTable& table : tables) {
    FileBytes read = read_file_bytes(table.file, "a table");
    if (!read.problem.empty()) {
      diagnostics.error(table.at, fmt::format("catalogue.{}", table.kind),
                        fmt::format("{}: {}", table.file.string(), read.problem));
      continue;
    }
    inputs.push_back({table.file.string(), units::sha256_hex(read.bytes)});
    files.push_back({table.kind, table.file.string(), std::move(read.bytes)});
  }
  std::vector<catalogue::OverlayProblem> problems;
  catalogue::use_edition(catalogue::edition_with(files, problems));
  for (const catalogue::OverlayProblem& problem : problems) diagnostics.error(place_of(problem), "", problem.text);
  return tables;
}

void check_set_of_tables(const std::pair<std::string, std::string>& setting, Diagnostics& diagnostics) {
  const std::string& path = setting.first;
  if (path != "catalogue" && !path.starts_with("catalogue.")) return;
  diagnostics.error(origin_of_setting(setting), path,
                    "own tables are named in scenario files only: they are read before any setting");
}

std::string path_seen_from(const fs::path& folder, const fs::path& file) {
  const fs::path from = folder.empty() ? fs::path{"."} : folder;
  const fs::path relative =
      from.is_absolute() == file.is_absolute() ? file.lexically_relative(from.lexically_normal()) : fs::path{};
  return relative.empty() ? fs::absolute(file).string() : relative.string();
}

}  // namespace gigasim::scenario
