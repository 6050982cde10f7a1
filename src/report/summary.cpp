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
    for (const metrics::Metric& metric : metrics::registry()) {
      const Json* value = value_at(json, metric.json_path);
      if (value != nullptr && !value->is_null() && !value->is_number()) {
        fail_reading(file_, fmt::format("{}.{} is not a number", where, metric.json_path));
      }
      block.figures.push_back(figure_at(json, metric.json_path));
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
  fs::path file_;
};

/// What results.json says of the results period: from midnight to midnight only the days.
std::string period_text(const std::string& begin, const std::string& end) {
  constexpr std::size_t kDay = 10;
  constexpr std::string_view kMidnight = "T00:00:00";
  const auto shown = [&](const std::string& time) {
    return time.find(kMidnight) == kDay ? time.substr(0, kDay) : time;
  };
  return begin.empty() ? "" : fmt::format("{} to {}", shown(begin), shown(end));
}

}  // namespace

Summary summarise(const metrics::Results& results, std::string name) {
  Summary summary{std::move(name), results.scenario.name, results.scenario.variant, results.complete, {}, {}};
  summary.network = SummaryBlock{"", figures_of(results.network)};
  for (const metrics::Grouping& grouping : array_groupings()) {
    std::vector<SummaryBlock>& group = summary.groups.emplace_back();
    for (const metrics::Block& block : blocks_of(results, grouping.json_array)) {
      group.push_back({block.name, figures_of(block)});
    }
  }
  summary.privileges = privileges_of(results.scenario);
  summary.seed = results.scenario.seed;
  const units::UtcTime start = results.scenario.period.start;
  summary.period = period_text(units::format_utc_long(start + results.results_begin),
                               units::format_utc_long(start + results.results_end));
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
  const Json* seed = value_at(json, "scenario.seed");
  if (seed != nullptr && seed->is_number_unsigned()) summary.seed = seed->get<std::uint64_t>();
  summary.period = period_text(string_at(json, "period.results_begin"), string_at(json, "period.results_end"));
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
