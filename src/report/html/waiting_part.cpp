#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bars.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"
#include "grouping.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

double weight(const Results& results, std::string_view json_array, const std::string& name) {
  double most = 0.0;
  for (const Result& result : results) {
    const Json* block = block_named(result, json_array, name);
    if (block != nullptr) most = std::max(most, number_at(*block, "accelerator_hours").value_or(0.0));
  }
  return most;
}

/// Groups in the order of the scenario where there are few; else those with the most delivered hours.
std::vector<std::string> shown_names(const Results& results, std::string_view json_array,
                                     const std::vector<std::string>& names) {
  const std::size_t most = groups_on_a_page(results.size());
  if (names.size() <= most) return names;
  std::vector<std::string> sorted = names;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const std::string& a, const std::string& b) {
    return weight(results, json_array, a) > weight(results, json_array, b);
  });
  sorted.resize(most);
  return sorted;
}

/// A wait beside a bar, where there is little room: "14.9–20.0 h".
std::string wait_text(const Figure& wait) {
  std::string text = humane::figure(wait, "s");
  constexpr std::string_view kTo = " to ";
  if (const std::size_t at = text.find(kTo); at != std::string::npos) text.replace(at, kTo.size(), "–");
  return text;
}

Bar wait_bar(const Json* block, std::string name, std::size_t series) {
  Bar bar{std::move(name), series, {}, "no job", 0.0, 0.0, false};
  if (block == nullptr) return bar;
  const auto median = figure_at(*block, "queue_time_s.median");
  const auto p95 = figure_at(*block, "queue_time_s.p95");
  if (!median || !p95) return bar;
  // At its other end there is no room for a range: the least that it can be says "≥".
  bar.detail = fmt::format("median {}", wait_text({median->value, median->lower_bound}));
  bar.text = fmt::format("95 % {}", wait_text(*p95));
  bar.inner = median->value;
  bar.outer = p95->value;
  bar.open_ended = p95->lower_bound;
  return bar;
}

std::vector<BarGroup> wait_bars(const Results& results, const Grouping& grouping,
                                const std::vector<std::string>& names) {
  std::vector<BarGroup> groups;
  for (const std::string& name : names) {
    const std::string words = grouping.words(name);
    BarGroup& group = groups.emplace_back();
    if (results.size() > 1) group.title = words;
    for (std::size_t r = 0; r < results.size(); ++r) {
      const Json* block = block_named(results[r], grouping.json_array, name);
      group.bars.push_back(wait_bar(block, results.size() > 1 ? results[r].label : words, r));
    }
  }
  return groups;
}

std::string wait(const Json& block, std::string_view path) {
  return humane::figure(figure_at(block, path), "s");
}

std::vector<Cell> wait_row(const Json& block) {
  return {{units::grouped(std::llround(number_at(block, "jobs.submitted").value_or(0.0)))},
          {humane::number(number_at(block, "h100_equivalent_hours").value_or(0.0))},
          {wait(block, "queue_time_s.median")},
          {wait(block, "queue_time_s.mean")},
          {wait(block, "queue_time_s.p95")},
          {wait(block, "queue_time_s.p99")}};
}

std::string wait_table(const Results& results, const Grouping& grouping, const std::vector<std::string>& names) {
  TextTable all{{{std::string{grouping.column}, false, 0}}, {}};
  if (results.size() > 1) all.columns.push_back({"result", false, 0});
  for (const char* header : {"jobs", "H100-equivalent hours", "median", "mean", "95 %", "99 %"}) {
    all.columns.push_back({header, true, 0});
  }
  for (const std::string& name : names) {
    for (const Result& result : results) {
      const Json* block = block_named(result, grouping.json_array, name);
      if (block == nullptr) continue;
      std::vector<Cell>& row = all.rows.emplace_back();
      row.push_back({grouping.words(name)});
      if (results.size() > 1) row.push_back({result.label});
      const std::vector<Cell> cells = wait_row(*block);
      row.insert(row.end(), cells.begin(), cells.end());
    }
  }
  return folded(fmt::format("{} as a table", grouping.title), table(all, grouping.title));
}

std::string group_chart(const Results& results, const Grouping& grouping) {
  const std::vector<std::string> names = block_names(results, grouping.json_array);
  if (names.empty()) return {};
  const std::vector<std::string> shown = shown_names(results, grouping.json_array, names);
  const std::vector<BarGroup> bars = wait_bars(results, grouping, shown);
  std::string after = wait_table(results, grouping, names);
  if (shown.size() < names.size()) {
    after = fmt::format("<p class=\"note\">The {} with the most delivered hours, of {}; the table has all.</p>\n",
                        shown.size(), names.size()) +
            after;
  }
  return bar_chart(
      {fmt::format("wait-{}", grouping.id), std::string{grouping.title}, bars_in_words(grouping.title, bars)}, bars,
      "s", legend(labels(results)), after);
}

/// With several results, the first question is how they differ as a whole.
std::string network_chart(const Results& results) {
  if (results.size() < 2) return {};
  BarGroup all;
  constexpr std::string_view kTitle = "Wait of all jobs";
  for (std::size_t r = 0; r < results.size(); ++r) {
    all.bars.push_back(wait_bar(value_at(results[r].results, "network"), results[r].label, r));
  }
  return bar_chart({"wait-all", std::string{kTitle}, bars_in_words(kTitle, {all})}, {all}, "s", "", "");
}

}  // namespace

std::string waiting_part(const Results& results) {
  std::string charts = network_chart(results);
  for (const Grouping& grouping : groupings()) charts += group_chart(results, grouping);
  if (charts.empty()) return {};
  return paragraph(
             "From submission to start. The strong bar ends at the median: half of the jobs wait no longer. The pale "
             "bar "
             "ends where 95 % of the jobs have started. A figure with ≥ and an arrow is only known to be at least so "
             "long: "
             "some of its jobs had not started when the run ended, and count with the wait they had by then.") +
         charts;
}

}  // namespace gigasim::report::html
