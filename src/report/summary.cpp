#include "summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "figures.hpp"
#include "gigasim/report/report.hpp"
#include "gigasim/units/text.hpp"
#include "privileges.hpp"
#include "result_file.hpp"

namespace gigasim::report {
namespace {

namespace fs = std::filesystem;

/// Reads the blocks of one file.
class BlockReader {
 public:
  explicit BlockReader(fs::path file) : file_(std::move(file)) {}

  [[nodiscard]] SummaryBlock block(const Json& json, const std::string& where) const {
    if (!json.is_object()) fail_reading(file_, where + " is not an object");
    SummaryBlock block{string_at(json, "name"), {}};
    const std::vector<std::string> bounds = strings_at(json, "lower_bounds");
    for (const metrics::Metric& metric : metrics::registry()) {
      const Json* value = value_at(json, metric.json_path);
      const bool bound = std::find(bounds.begin(), bounds.end(), metric.json_path) != bounds.end();
      block.figures.push_back(figure(value, bound, where + "." + std::string{metric.json_path}));
    }
    return block;
  }

  [[nodiscard]] std::vector<SummaryBlock> blocks(const Json& json, const std::string& array) const {
    std::vector<SummaryBlock> blocks;
    const Json* list = value_at(json, array);
    if (list == nullptr) return blocks;  // an earlier release did not have this grouping
    if (!list->is_array()) fail_reading(file_, array + " is not an array");
    blocks.reserve(list->size());
    for (const Json& entry : *list) blocks.push_back(block(entry, array + "[]"));
    return blocks;
  }

 private:
  [[nodiscard]] std::optional<Figure> figure(const Json* value, bool bound, const std::string& where) const {
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (!value->is_number()) fail_reading(file_, where + " is not a number");
    return Figure{value->get<double>(), bound};
  }

  fs::path file_;
};

SummaryBlock summary_block(const metrics::Block& block, const std::string& name) {
  SummaryBlock summary{name, figures_of(block)};
  for (auto& figure : summary.figures) {
    if (figure) figure->at_most.reset();  // results.json does not hold it
  }
  return summary;
}

}  // namespace

Summary summarise(const metrics::Results& results, std::string name) {
  Summary summary{std::move(name), results.scenario.name, results.scenario.variant, results.complete, {}, {}};
  summary.network = summary_block(results.network, "");
  for (const metrics::Grouping& grouping : array_groupings()) {
    std::vector<SummaryBlock>& group = summary.groups.emplace_back();
    for (const metrics::Block& block : blocks_of(results, grouping.json_array)) {
      group.push_back(summary_block(block, block.name));
    }
  }
  summary.privileges = privileges_of(results.scenario);
  return summary;
}

void show_group(Summary& summary, const std::string& group) {
  std::vector<std::string> known;
  const auto groupings = array_groupings();
  for (std::size_t g = 0; g < summary.groups.size(); ++g) {
    const std::string kind{groupings[g].label};
    for (const SummaryBlock& block : summary.groups[g]) {
      known.push_back(kind == "label" ? block.name : fmt::format("{}={}", kind, block.name));
      if (known.back() != group) continue;
      summary.network = SummaryBlock{"", block.figures};
      summary.scenario += ", " + group;
      return;
    }
  }
  const auto near = units::nearest(group, known);
  throw std::runtime_error(fmt::format("{}: there is no group \"{}\"{}", summary.name, group,
                                       near ? fmt::format(" (did you mean \"{}\"?)", *near) : ""));
}

Summary summary_of(const Json& json, const fs::path& file, std::string name) {
  const BlockReader reader{file};
  Summary summary{std::move(name), string_at(json, "scenario.name"), string_at(json, "scenario.variant"), true, {}, {}};
  summary.complete = is_complete(json);
  summary.network = reader.block(*value_at(json, "network"), "network");
  for (const metrics::Grouping& grouping : array_groupings()) {
    summary.groups.push_back(reader.blocks(json, std::string{grouping.json_array}));
  }
  summary.privileges = privileges_of(json, file);
  return summary;
}

Summary read_summary(const fs::path& path) {
  const fs::path file = results_file(path);
  return summary_of(read_results(file), file, path.string());
}

std::optional<Figure> figure_of(const SummaryBlock& block, std::string_view metric) {
  const auto registry = metrics::registry();
  const auto found = std::find_if(registry.begin(), registry.end(), [&](const auto& m) { return m.name == metric; });
  const auto index = static_cast<std::size_t>(found - registry.begin());
  return index < block.figures.size() ? block.figures[index] : std::nullopt;
}

double amount(const SummaryBlock& block, std::string_view metric) {
  const auto figure = figure_of(block, metric);
  return figure ? figure->value : 0.0;
}

const std::vector<SummaryBlock>& blocks_of(const Summary& summary, std::string_view json_array) {
  static const std::vector<SummaryBlock> kNone;
  const std::vector<metrics::Grouping> arrays = array_groupings();
  for (std::size_t i = 0; i < arrays.size() && i < summary.groups.size(); ++i) {
    if (arrays[i].json_array == json_array) return summary.groups[i];
  }
  return kNone;
}

}  // namespace gigasim::report
