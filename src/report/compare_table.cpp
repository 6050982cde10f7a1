#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compare.hpp"
#include "compare_cells.hpp"
#include "comparison_words.hpp"
#include "display_width.hpp"
#include "gigasim/report/humane.hpp"
#include "key_metrics.hpp"
#include "privilege_effects.hpp"
#include "sections.hpp"
#include "text_table.hpp"

namespace gigasim::report {
namespace {

std::string row_name(const ComparedMetric& row) {
  const std::string_view unit = row_scale(row).unit;
  return unit.empty() ? std::string{row.metric->name} : fmt::format("{} [{}]", row.metric->name, unit);
}

/// The rows of the main table: those that say most, or all that some result has.
std::vector<const ComparedMetric*> rows_of(const ComparedBlock& block, bool all) {
  std::vector<const ComparedMetric*> rows;
  if (all) {
    for (const ComparedMetric& row : block.metrics) {
      if (is_measured(row)) rows.push_back(&row);
    }
  } else {
    for (const KeyRow& row : key_rows(block)) rows.push_back(row.row);
  }
  return rows;
}

/// What the table leaves out.
std::string left_out(const ComparedBlock& block, bool all) {
  const auto measured =
      static_cast<std::size_t>(std::count_if(block.metrics.begin(), block.metrics.end(), is_measured));
  const std::size_t shown = rows_of(block, all).size();
  if (all) {
    const std::size_t none = block.metrics.size() - measured;
    return none == 0 ? "" : fmt::format("{} more metrics have no figure in any of these results.", none);
  }
  return shown == measured ? "" : fmt::format("{} of {} metrics; --all shows the others.", shown, measured);
}

/// The table of the first result and `count` others from `begin` on.
TextTable side_by_side(const std::vector<Summary>& results, const std::vector<const ComparedMetric*>& rows,
                       std::size_t begin, std::size_t count) {
  const std::vector<std::string> names = short_names(results);
  TextTable table{{{"metric", false, 0}, {names.front(), true, 0}}, {}};
  for (std::size_t r = begin; r < begin + count; ++r) {
    table.columns.insert(table.columns.end(), {{names[r], true, 0}, {"change", true, 0}, {"", false, 0}});
  }
  for (const ComparedMetric* row : rows) {
    const humane::Scale scale = row_scale(*row);
    std::vector<Cell>& cells = table.rows.emplace_back();
    cells = {{row_name(*row)}, value_cell(row->figures.front(), scale)};
    for (std::size_t r = begin; r < begin + count; ++r) {
      cells.push_back(value_cell(row->figures[r], scale));
      cells.push_back(percent_cell(row->changes[r]));
      cells.push_back(verdict_cell(row->changes[r]));
    }
  }
  return table;
}

std::string result_line(const Summary& result) {
  std::string line = result.name + ": " + result.scenario;
  if (!result.variant.empty()) line += " (variant " + result.variant + ")";
  if (result.seed) line += fmt::format(", seed {}", *result.seed);
  if (!result.period.empty()) line += ", " + result.period;
  if (!result.complete) line += ", INCOMPLETE: the run was stopped early, and nothing is called better or worse";
  return line;
}

/// How many others stand beside the first in one table of the given width; at least one.
std::size_t others_per_table(const std::vector<Summary>& results, const std::vector<const ComparedMetric*>& rows,
                             int width) {
  std::size_t count = results.size() - 1;
  while (count > 1 && natural_width(side_by_side(results, rows, 1, count)) > width) --count;
  return count;
}

/// What moved, and what stands in the way of reading it.
std::vector<std::string> sentences_of(const std::vector<Summary>& results) {
  if (results.size() < 2) return {};
  const ResultNames names = short_names(results);
  std::vector<std::string> sentences{compared_jobs_sentence(results, names), compared_waits_sentence(results, names),
                                     compared_hours_sentence(results, names), compared_energy_sentence(results, names)};
  for (const auto& more : {verdict_sentences(results, names), comparison_caveats(results, names)}) {
    sentences.insert(sentences.end(), more.begin(), more.end());
  }
  std::erase(sentences, "");
  return sentences;
}

}  // namespace

std::string comparison_table(const std::vector<Summary>& results, const TableStyle& style, bool all) {
  std::string out;
  for (const Summary& result : results) {
    append_paragraph(out, result_line(result), result.complete ? Mood::kPlain : Mood::kBad, style, 2);
  }
  const std::vector<std::string> sentences = sentences_of(results);
  if (!sentences.empty()) out += '\n';
  for (const std::string& sentence : sentences) append_paragraph(out, sentence, Mood::kPlain, style);
  const ComparedBlock network = compare_network(results);
  const std::vector<const ComparedMetric*> rows = rows_of(network, all);
  const std::size_t per_table = others_per_table(results, rows, style.width);
  std::size_t begin = 1;
  do {
    const std::size_t count = std::min(per_table, results.size() - begin);
    out += '\n' + terminal_table(side_by_side(results, rows, begin, count), style);
    begin += std::max<std::size_t>(per_table, 1);
  } while (begin < results.size());
  if (const std::string rest = left_out(network, all); !rest.empty()) {
    append_paragraph(out, rest, Mood::kPlain, style);
  }
  if (const TextTable rights = privileges_table(results, short_names(results)); !rights.rows.empty()) {
    out += "\nRights before others\n" + terminal_table(rights, style);
  }
  return out;
}

std::string comparison_markdown(const std::vector<Summary>& results, bool all) {
  std::string out;
  for (const Summary& result : results) out += "- " + markdown_text(result_line(result)) + '\n';
  for (const std::string& sentence : sentences_of(results)) out += '\n' + markdown_text(sentence) + '\n';
  const ComparedBlock network = compare_network(results);
  out += '\n' + markdown_table(side_by_side(results, rows_of(network, all), 1, results.size() - 1));
  if (const std::string rest = left_out(network, all); !rest.empty()) out += '\n' + rest + '\n';
  const TextTable rights = privileges_table(results, short_names(results));
  return rights.rows.empty() ? out : out + "\n### Rights before others\n\n" + markdown_table(rights);
}

}  // namespace gigasim::report
