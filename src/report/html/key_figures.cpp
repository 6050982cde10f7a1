#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "../compare_cells.hpp"
#include "../comparison_words.hpp"
#include "../key_metrics.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

/// Metrics without a unit that are shares of a whole.
constexpr std::array<std::string_view, 5> kShares{"utilisation", "offered_load", "started_within_target", "goodput",
                                                  "slo_attainment"};

humane::Scale scale_of(const ComparedMetric& row) {
  const bool share = std::find(kShares.begin(), kShares.end(), row.metric->name) != kShares.end();
  return share ? humane::Scale{0.01, "%"} : row_scale(row);
}

/// The change in percent of the first result and, where one run can tell, whether it is for the better, in colour and
/// in words.
Cell change_cell(const std::optional<Change>& change) {
  Cell cell = percent_cell(change);
  if (cell.text == "-") return cell;
  for (std::size_t sign = cell.text.find('-'); sign != std::string::npos; sign = cell.text.find('-', sign)) {
    cell.text.replace(sign, 1, "−");
  }
  const Cell verdict = verdict_cell(change);
  return verdict.text.empty() ? cell : Cell{fmt::format("{} {}", cell.text, verdict.text), verdict.mood};
}

/// What stands as the unit where the figure's name says it already.
std::string unit_words(std::string_view unit) {
  if (unit == "jobs") return {};
  return unit == "accelerator-h" || unit == "H100-h" ? "h" : std::string{unit};
}

/// Results that stand in one table, the first of all among them.
using Shown = std::vector<std::size_t>;

/// As many tables as keep each within the width of a printed page, of about as many results each.
std::vector<Shown> tables_of(std::size_t num_results) {
  constexpr std::size_t kMostOthers = 3;
  const std::size_t others = num_results - 1;
  const std::size_t tables = std::max<std::size_t>(1, (others + kMostOthers - 1) / kMostOthers);
  std::vector<Shown> all;
  for (std::size_t t = 0, next = 1; t < tables; ++t) {
    Shown& shown = all.emplace_back(Shown{0});
    const std::size_t end = 1 + others * (t + 1) / tables;
    for (; next < end; ++next) shown.push_back(next);
  }
  return all;
}

/// The unit stands before values that are to be compared, and after a value that stands alone.
std::vector<Cell> row_cells(const ComparedMetric& row, std::string_view words, const Shown& shown) {
  const humane::Scale scale = scale_of(row);
  const Cell unit{unit_words(scale.unit)};
  std::vector<Cell> cells{{std::string{words}}};
  if (row.figures.size() == 1) return {cells.front(), value_cell(row.figures.front(), scale), unit};
  cells.push_back(unit);
  for (const std::size_t r : shown) {
    cells.push_back(value_cell(row.figures[r], scale));
    if (r > 0) cells.push_back(change_cell(row.changes[r]));
  }
  return cells;
}

TextTable empty_table(const Results& results, const Shown& shown) {
  if (results.size() == 1) return {{{"figure", false, 0}, {"value", true, 0}, {"unit", false, 0}}, {}};
  TextTable table{{{"figure", false, 0}, {"unit", false, 0}}, {}};
  for (const std::size_t r : shown) {
    table.columns.push_back({results[r].label, true, 0});
    if (r > 0) table.columns.push_back({"change", true, 0});
  }
  return table;
}

/// "The whole network, within the results period (2 of 3)"
std::string caption_of(std::string_view text, std::size_t number, std::size_t tables) {
  return tables == 1 ? std::string{text} : fmt::format("{} ({} of {})", text, number + 1, tables);
}

/// One table after the other, whose rows `add_rows(table, shown)` adds.
template <class AddRows>
std::string all_tables(const Results& results, std::string_view caption, const AddRows& add_rows) {
  const std::vector<Shown> tables = tables_of(results.size());
  std::string out;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    TextTable one = empty_table(results, tables[t]);
    add_rows(one, tables[t]);
    out += table(one, caption_of(caption, t, tables.size()));
  }
  return out;
}

std::string every_figure(const Results& results, const ComparedBlock& block) {
  const std::string all =
      all_tables(results, "All figures of the network", [&](TextTable& figures, const Shown& shown) {
        for (const ComparedMetric& row : block.metrics) {
          if (is_measured(row)) figures.rows.push_back(row_cells(row, row.metric->name, shown));
        }
      });
  std::string meanings = "<dl>\n";
  for (const ComparedMetric& row : block.metrics) {
    if (!is_measured(row)) continue;
    meanings += fmt::format("<dt>{}</dt><dd>{}</dd>\n", escaped(row.metric->name), escaped(row.metric->definition));
  }
  return folded("All figures", all) + folded("What each figure means", meanings + "</dl>\n");
}

}  // namespace

std::string key_figures_part(const Results& results) {
  const ComparedBlock block = compare_network(summaries(results));
  std::string out =
      all_tables(results, "The whole network, within the results period", [&](TextTable& key, const Shown& shown) {
        for (const KeyMetric& figure : key_metrics()) {
          const ComparedMetric* row = find_row(block, figure.metric);
          if (row == nullptr || !is_shown(figure, *row)) continue;
          key.rows.push_back(row_cells(*row, figure.words, shown));
        }
      });
  if (results.size() > 1) {
    out +=
        paragraph(fmt::format("Changes are in relation to {}. {} They are unknown where some jobs had not started when "
                              "the runs ended and nothing limits how long these wait.",
                              results.front().label, kOneRunEach));
  }
  return out + every_figure(results, block);
}

}  // namespace gigasim::report::html
