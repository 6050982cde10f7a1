#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "../compare_cells.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

/// A metric under a name for people who do not know it.
struct KeyFigure {
  std::string_view metric, words;
  bool always = true;  ///< else only where it is not 0 or missing in all results
};

constexpr std::array kKeyFigures{
    KeyFigure{"jobs_submitted", "Jobs submitted"},
    KeyFigure{"jobs_finished", "Jobs finished"},
    KeyFigure{"jobs_unfinished", "Jobs waiting or running at the end"},
    KeyFigure{"jobs_left", "Jobs whose users gave up waiting", false},
    KeyFigure{"h100_equivalents_online_mean", "H100 equivalents online, mean", false},
    KeyFigure{"accelerator_hours", "Accelerator-hours delivered"},
    KeyFigure{"h100_equivalent_hours", "H100-equivalent hours delivered"},
    KeyFigure{"unserved_h100_equivalent_hours", "H100-equivalent hours not served", false},
    KeyFigure{"h100_equivalent_hours_lost_to_delay", "H100-equivalent hours lost to delays", false},
    KeyFigure{"reserved_unused_h100_equivalent_hours", "H100-equivalent hours reserved but not used", false},
    KeyFigure{"utilisation", "Utilisation of the machines"},
    KeyFigure{"offered_load", "Demand in relation to capacity"},
    KeyFigure{"queue_time_mean", "Wait in the queue, mean"},
    KeyFigure{"queue_time_median", "Wait in the queue, median"},
    KeyFigure{"queue_time_p95", "Wait that 95 % of the jobs do not exceed"},
    KeyFigure{"time_to_access_mean", "Time to access, mean", false},
    KeyFigure{"trusted_wait_premium", "Longer wait of sensitive jobs than of others, mean", false},
    KeyFigure{"started_within_target", "Jobs started within the target", false},
    KeyFigure{"distance_mean", "Distance from user to machine, mean", false},
    KeyFigure{"energy", "Electricity, cooling included"},
    KeyFigure{"mean_power", "Mean power"},
    KeyFigure{"peak_power", "Highest power"},
};

/// Metrics without a unit that are shares of a whole.
constexpr std::array<std::string_view, 3> kShares{"utilisation", "offered_load", "started_within_target"};

humane::Scale scale_of(const ComparedMetric& row) {
  const bool share = std::find(kShares.begin(), kShares.end(), row.metric->name) != kShares.end();
  return share ? humane::Scale{0.01, "%"} : row_scale(row);
}

bool says_something(const ComparedMetric& row) {
  return std::any_of(row.figures.begin(), row.figures.end(),
                     [](const auto& figure) { return figure && figure->value != 0.0; });
}

/// Some results have the figure at all.
bool is_measured(const ComparedMetric& row) {
  return std::any_of(row.figures.begin(), row.figures.end(), [](const auto& figure) { return figure.has_value(); });
}

/// The change in per cent of the first result and whether it is for the better, in colour and in words.
Cell change_cell(const std::optional<Change>& change) {
  Cell cell = percent_cell(change);
  if (const std::size_t sign = cell.text.find('-'); sign != std::string::npos && cell.text.size() > 1) {
    cell.text.replace(sign, 1, "−");
  }
  if (cell.text == "+0.0 %" || cell.text == "−0.0 %") return {"0.0 %"};
  const Cell verdict = verdict_cell(change);
  if (verdict.mood == Mood::kPlain) return cell;
  const bool number = change->percent.has_value() && change->known != Known::kNot;
  return {number ? fmt::format("{} {}", cell.text, verdict.text) : verdict.text, verdict.mood};
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

const ComparedMetric* find_row(const ComparedBlock& block, std::string_view metric) {
  const auto found = std::find_if(block.metrics.begin(), block.metrics.end(),
                                  [&](const ComparedMetric& row) { return row.metric->name == metric; });
  return found == block.metrics.end() ? nullptr : &*found;
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
        for (const KeyFigure& figure : kKeyFigures) {
          const ComparedMetric* row = find_row(block, figure.metric);
          if (row == nullptr || !(figure.always || says_something(*row))) continue;
          key.rows.push_back(row_cells(*row, figure.words, shown));
        }
      });
  if (results.size() > 1) {
    out +=
        paragraph(fmt::format("Changes are in relation to {}. A question mark stands where it cannot be told, because "
                              "some jobs had not started "
                              "when the runs ended.",
                              results.front().label));
  }
  return out + every_figure(results, block);
}

}  // namespace gigasim::report::html
