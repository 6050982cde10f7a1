#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "plot.hpp"
#include "result_file.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

/// Blocks of one span of time each: quarters, or years where a result has no quarters.
struct Spans {
  std::string_view json_array, word;
  std::vector<std::string> names;
};

Spans spans_of(const Results& results) {
  Spans spans{"quarters", "quarter", block_names(results, "quarters")};
  if (spans.names.empty()) spans = {"years", "year", block_names(results, "years")};
  std::sort(spans.names.begin(), spans.names.end());  // "2027-Q1" sorts as text; results may cover other periods
  return spans;
}

std::vector<std::optional<double>> values(const Result& result, const Spans& spans, std::string_view path) {
  std::vector<std::optional<double>> all;
  for (const std::string& name : spans.names) {
    const Json* block = block_named(result, spans.json_array, name);
    all.push_back(block == nullptr ? std::nullopt : number_at(*block, path));
  }
  return all;
}

bool any(const std::vector<Columns>& series) {
  return std::any_of(series.begin(), series.end(), [](const Columns& columns) {
    return std::any_of(columns.values.begin(), columns.values.end(),
                       [](const auto& value) { return value.has_value(); });
  });
}

std::string from_to(const Results& results, const std::vector<Columns>& series, const Spans& spans) {
  std::string text;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto& list = series[i].values;
    text += fmt::format(" {}: {} in {}, {} in {}.", results[i].label, humane::number(list.front().value_or(0.0)),
                        spans.names.front(), humane::number(list.back().value_or(0.0)), spans.names.back());
  }
  return text;
}

/// What stands under the columns: of many quarters only the years, where they begin.
std::vector<std::string> column_names(const Spans& spans) {
  constexpr std::size_t kFew = 8;
  if (spans.names.size() <= kFew) return spans.names;
  std::vector<std::string> names;
  for (const std::string& name : spans.names) {
    const std::size_t first = name.find("-Q1");
    const bool is_year = name.find("-Q") == std::string::npos;
    names.push_back(is_year ? name : first == std::string::npos ? "" : name.substr(0, first));
  }
  return names;
}

std::string capacity_chart(const Results& results, const Spans& spans) {
  std::vector<Columns> series;
  for (const Result& result : results) {
    series.push_back({result.label, values(result, spans, "h100_equivalents_online_mean"), {}});
  }
  if (!any(series)) return {};
  const std::string title = fmt::format("Capacity online by {}, in H100 equivalents", spans.word);
  return column_chart({"capacity", title, title + "." + from_to(results, series, spans)}, column_names(spans), series,
                      "", legend(labels(results)), "");
}

std::string delivered_chart(const Results& results, const Spans& spans) {
  std::vector<Columns> series;
  for (const Result& result : results) {
    series.push_back({result.label, values(result, spans, "h100_equivalent_hours"),
                      values(result, spans, "h100_equivalent_hours_available")});
  }
  if (!any(series)) return {};
  const std::string title =
      fmt::format("H100-equivalent hours by {}: delivered (strong) of available (pale)", spans.word);
  return column_chart({"delivered", title, title + "." + from_to(results, series, spans)}, column_names(spans), series,
                      "", legend(labels(results)), "");
}

struct Measure {
  std::string_view header, path, unit;
};
constexpr std::array kMeasures{Measure{"accelerators online", "accelerators_online_mean", ""},
                               Measure{"H100 equivalents online", "h100_equivalents_online_mean", ""},
                               Measure{"IT power online", "it_power_online_mean_mw", "MW"},
                               Measure{"H100-equivalent hours delivered", "h100_equivalent_hours", ""},
                               Measure{"lost to delays", "h100_equivalent_hours_lost_to_delay", ""},
                               Measure{"wait, median", "queue_time_s.median", "s"},
                               Measure{"wait, 95 %", "queue_time_s.p95", "s"}};

std::string span_table(const Results& results, const Spans& spans) {
  TextTable all{{{std::string{spans.word}, false, 0}}, {}};
  if (results.size() > 1) all.columns.push_back({"result", false, 0});
  for (const Measure& measure : kMeasures) all.columns.push_back({std::string{measure.header}, true, 0});
  all.columns.push_back({"utilisation", true, 0});
  for (const std::string& name : spans.names) {
    for (const Result& result : results) {
      const Json* block = block_named(result, spans.json_array, name);
      if (block == nullptr) continue;
      std::vector<Cell>& row = all.rows.emplace_back();
      row.push_back({name});
      if (results.size() > 1) row.push_back({result.label});
      for (const Measure& measure : kMeasures)
        row.push_back({humane::figure(figure_at(*block, measure.path), measure.unit)});
      const auto utilisation = number_at(*block, "utilisation");
      row.push_back({utilisation ? humane::percent(*utilisation) : "-"});
    }
  }
  return table(all, fmt::format("Each {} in numbers", spans.word));
}

}  // namespace

std::string quarters_part(const Results& results) {
  const Spans spans = spans_of(results);
  if (spans.names.empty()) return {};
  return capacity_chart(results, spans) + delivered_chart(results, spans) +
         folded(fmt::format("Each {} as a table", spans.word), span_table(results, spans));
}

}  // namespace gigasim::report::html
