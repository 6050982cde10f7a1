#include "block_measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "result_file.hpp"

namespace gigasim::report::html {

namespace {

bool says_anything(const BlockMeasure& measure, const std::vector<MeasuredRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [&](const MeasuredRow& row) {
    const auto value = row.block == nullptr ? std::nullopt : number_at(*row.block, measure.path);
    return value && (!measure.rare || *value != 0.0);
  });
}

}  // namespace

TextTable measure_table(std::vector<Column> lead, const std::vector<MeasuredRow>& rows,
                        std::span<const BlockMeasure> measures, bool several_results) {
  TextTable all{std::move(lead), {}};
  if (several_results) all.columns.insert(all.columns.begin() + 1, {"result", false, 0});
  std::vector<BlockMeasure> shown;
  std::copy_if(measures.begin(), measures.end(), std::back_inserter(shown),
               [&](const BlockMeasure& measure) { return says_anything(measure, rows); });
  for (const BlockMeasure& measure : shown) all.columns.push_back({std::string{measure.header}, true, 0});
  for (const MeasuredRow& row : rows) {
    std::vector<Cell>& cells = all.rows.emplace_back(row.lead);
    if (several_results) cells.insert(cells.begin() + 1, {row.result->label});
    for (const BlockMeasure& measure : shown) {
      const auto value = row.block == nullptr ? std::nullopt : number_at(*row.block, measure.path);
      cells.push_back({value ? measure.text(*value) : "–"});
    }
  }
  return all;
}

std::vector<MeasuredRow> rows_of_array(const Results& results, std::string_view json_array) {
  std::vector<MeasuredRow> rows;
  for (const std::string& name : block_names(results, json_array)) {
    for (const Result& result : results) {
      if (const Json* block = block_named(result, json_array, name)) rows.push_back({{{name}}, &result, block});
    }
  }
  return rows;
}

std::vector<MeasuredRow> rows_of_network(const Results& results, std::string_view name) {
  std::vector<MeasuredRow> rows;
  for (const Result& result : results) {
    rows.push_back({{{std::string{name}}}, &result, value_at(result.results, "network")});
  }
  return rows;
}

std::string told(const Results& results, std::string (*sentences)(const Json& results)) {
  std::string out;
  for (const Result& result : results) {
    const std::string text = sentences(result.results);
    if (text.empty()) continue;
    const std::string label = results.size() > 1 ? result.label + ": " : "";
    out += fmt::format("<p class=\"answer\">{}{}</p>\n", escaped(label), escaped(text));
  }
  return out;
}

std::string large_number(double value) {
  constexpr double kBillion = 1e9;
  constexpr double kMillion = 1e6;
  constexpr double kRoundedUp = 0.9995;  // three digits: 999.9 million is written as 1 billion
  if (value >= kRoundedUp * kBillion) return fmt::format("{} billion", humane::number(value / kBillion));
  if (value >= kRoundedUp * kMillion) return fmt::format("{} million", humane::number(value / kMillion));
  return humane::number(std::round(value));
}

std::string plain_number(double value) {
  return humane::number(value);
}

std::string token_number(double value) {
  return humane::quantity(value, "tokens");
}

std::string flop_number(double value) {
  return humane::quantity(value, "FLOP");
}

}  // namespace gigasim::report::html
