#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compare.hpp"
#include "compare_cells.hpp"
#include "display_width.hpp"
#include "gigasim/report/humane.hpp"
#include "privilege_effects.hpp"
#include "text_table.hpp"

namespace gigasim::report {
namespace {

std::string row_name(const ComparedMetric& row) {
  const std::string_view unit = row_scale(row).unit;
  return unit.empty() ? std::string{row.metric->name} : fmt::format("{} [{}]", row.metric->name, unit);
}

/// Last parts of the results' paths as column headers, where they tell the results apart; the whole names stand above.
std::vector<std::string> headers(const std::vector<Summary>& results) {
  std::vector<std::string> names;
  names.reserve(results.size());
  for (const Summary& result : results) {
    const std::filesystem::path path{result.name};
    names.push_back(path.has_filename() ? path.filename().string() : result.name);
  }
  std::vector<std::string> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) return names;
  std::transform(results.begin(), results.end(), names.begin(), [](const Summary& result) { return result.name; });
  return names;
}

/// The table of the first result and `count` others from `begin` on.
TextTable side_by_side(const std::vector<Summary>& results, const ComparedBlock& block, std::size_t begin,
                       std::size_t count) {
  const std::vector<std::string> names = headers(results);
  TextTable table{{{"metric", false, 0}, {names.front(), true, 0}}, {}};
  for (std::size_t r = begin; r < begin + count; ++r) {
    table.columns.insert(table.columns.end(),
                         {{names[r], true, 0}, {"change", true, 1}, {"%", true, 0}, {"", false, 0}});
  }
  for (const ComparedMetric& row : block.metrics) {
    const humane::Scale scale = row_scale(row);
    std::vector<Cell>& cells = table.rows.emplace_back();
    cells = {{row_name(row)}, value_cell(row.figures.front(), scale)};
    for (std::size_t r = begin; r < begin + count; ++r) {
      cells.push_back(value_cell(row.figures[r], scale));
      cells.push_back(difference_cell(row.changes[r], scale));
      cells.push_back(percent_cell(row.changes[r]));
      cells.push_back(verdict_cell(row.changes[r]));
    }
  }
  return table;
}

std::string result_line(const Summary& result) {
  std::string line = result.name + ": " + result.scenario;
  if (!result.variant.empty()) line += " (variant " + result.variant + ")";
  if (!result.complete) line += ", INCOMPLETE: the run was stopped early";
  return line;
}

/// How many others stand beside the first in one table of the given width; at least one.
std::size_t others_per_table(const std::vector<Summary>& results, const ComparedBlock& block, int width) {
  std::size_t count = results.size() - 1;
  while (count > 1 && natural_width(side_by_side(results, block, 1, count)) > width) --count;
  return count;
}

}  // namespace

std::string comparison_table(const std::vector<Summary>& results, const TableStyle& style) {
  std::string out;
  for (const Summary& result : results) {
    for (const std::string& line : wrapped(without_controls(result_line(result)), style.width, 2)) {
      out += coloured(line, result.complete ? Mood::kPlain : Mood::kBad, style.colour) + '\n';
    }
  }
  const ComparedBlock network = compare_network(results);
  const std::size_t per_table = others_per_table(results, network, style.width);
  std::size_t begin = 1;
  do {
    const std::size_t count = std::min(per_table, results.size() - begin);
    out += '\n' + terminal_table(side_by_side(results, network, begin, count), style);
    begin += std::max<std::size_t>(per_table, 1);
  } while (begin < results.size());
  if (const TextTable rights = privileges_table(results, headers(results)); !rights.rows.empty()) {
    out += "\nRights before others\n" + terminal_table(rights, style);
  }
  return out;
}

std::string comparison_markdown(const std::vector<Summary>& results) {
  std::string out;
  for (const Summary& result : results) out += "- " + markdown_text(result_line(result)) + '\n';
  out += '\n' + markdown_table(side_by_side(results, compare_network(results), 1, results.size() - 1));
  const TextTable rights = privileges_table(results, headers(results));
  return rights.rows.empty() ? out : out + "\n### Rights before others\n\n" + markdown_table(rights);
}

}  // namespace gigasim::report
