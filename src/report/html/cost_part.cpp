#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bars.hpp"
#include "cost_sections.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

std::string euros(const std::optional<double>& value) {
  return value ? fmt::format("{:.2f}", *value) : "–";
}

std::string answer_paragraphs(const cost::Assessment& assessment) {
  std::string out;
  for (const std::string& sentence : cost_answer(assessment)) {
    out += fmt::format("{}{}", out.empty() ? "" : " ", escaped(sentence));
  }
  return fmt::format("<p class=\"answer\">{}</p>\n", out);
}

/// The price of an hour as a bar from 0 to its best value, pale up to the upper end of its range.
Bar price_bar(const cost::SiteCost& site, std::string name, std::size_t series) {
  Bar bar{std::move(name), series, {}, "nothing delivered", 0.0, 0.0, false};
  if (!site.eur_per_delivered_hour) return bar;
  bar.inner = *site.eur_per_delivered_hour;
  bar.outer = site.range.high;
  bar.text = fmt::format("{:.2f} EUR", bar.inner);
  bar.detail = fmt::format("{:.2f} to {:.2f}", site.range.low, site.range.high);
  return bar;
}

std::string price_chart(std::string_view title, const std::vector<Bar>& bars) {
  std::vector<BarGroup> groups;
  std::string description = fmt::format("{}.", title);
  for (const Bar& bar : bars) {
    groups.push_back({"", {bar}});
    description += fmt::format(" {}: {}{}.", bar.name, bar.text, bar.detail.empty() ? "" : ", range " + bar.detail);
  }
  return bar_chart({"price", std::string{title}, description}, groups, "EUR", "", "");
}

std::string section_html(const Section& section) {
  std::string out;
  if (!section.table.rows.empty()) out += table(section.table, section.title);
  for (const Cell& line : section.lines) out += paragraph(line.text);
  return out;
}

/// Parts that a reader should not have to ask for.
bool stands_open(const Section& section) {
  constexpr std::array<std::string_view, 5> kOpen{"Cost of a year", "How well the cost is known", "Who pays", "Delay",
                                                  "Funding rules that are not kept"};
  return std::find(kOpen.begin(), kOpen.end(), section.title) != kOpen.end();
}

/// `brief`: without what explains the prices, which is the same for all variants of a scenario.
std::string all_sections(const cost::Assessment& assessment, bool brief) {
  std::string open;
  std::string rest;
  for (const Section& section : cost_sections(assessment)) {
    const std::string body = section_html(section);
    if (body.empty()) continue;
    if (stands_open(section)) {
      open += section.table.rows.empty() ? fmt::format("<h3>{}</h3>\n{}", escaped(section.title), body) : body;
    } else if (!brief) {
      rest += folded(section.title, body);
    }
  }
  return open + rest;
}

std::string alone(const cost::Assessment& assessment) {
  std::vector<Bar> bars;
  for (const cost::SiteCost& site : assessment.sites) bars.push_back(price_bar(site, site.name, 0));
  return answer_paragraphs(assessment) +
         price_chart("EUR per delivered H100-equivalent hour, by site (pale: up to the upper end of the range)", bars) +
         all_sections(assessment, false);
}

TextTable cost_comparison(const Results& results) {
  TextTable rows{{{"", false, 0}}, {}};
  using Text = std::string (*)(const cost::SiteCost&);
  struct Row {
    std::string_view name;
    Text text;
  };
  constexpr std::array kRows{
      Row{"Capital, once", [](const cost::SiteCost& c) { return money(c.capex_total); }},
      Row{"A year: capital", [](const cost::SiteCost& c) { return money(c.capital_total); }},
      Row{"A year: operation", [](const cost::SiteCost& c) { return money(c.operation_total); }},
      Row{"A year: total", [](const cost::SiteCost& c) { return money(c.total); }},
      Row{"EUR per available H100-equivalent hour",
          [](const cost::SiteCost& c) { return euros(c.eur_per_available_hour); }},
      Row{"EUR per delivered H100-equivalent hour",
          [](const cost::SiteCost& c) { return euros(c.eur_per_delivered_hour); }},
      Row{"its range",
          [](const cost::SiteCost& c) { return fmt::format("{:.2f} to {:.2f}", c.range.low, c.range.high); }},
      Row{"cost of delay, whole period",
          [](const cost::SiteCost& c) { return c.cost_of_delay ? money(*c.cost_of_delay) : std::string{"–"}; }},
      Row{"paid by the EU", [](const cost::SiteCost& c) { return humane::percent(c.eu_share_of_cost); }}};
  for (const Result& result : results) rows.columns.push_back({result.label, true, 0});
  for (const Row& row : kRows) {
    std::vector<Cell>& cells = rows.rows.emplace_back();
    cells.push_back({std::string{row.name}});
    for (const Result& result : results) cells.push_back({result.cost ? row.text(result.cost->network) : "–"});
  }
  return rows;
}

std::string side_by_side(const Results& results) {
  std::vector<Bar> bars;
  std::string each;
  for (std::size_t r = 0; r < results.size(); ++r) {
    if (!results[r].cost) continue;
    bars.push_back(price_bar(results[r].cost->network, results[r].label, r));
    each += folded(fmt::format("Costs of {}", results[r].label),
                   answer_paragraphs(*results[r].cost) + all_sections(*results[r].cost, r > 0));
  }
  return table(cost_comparison(results), "Costs of the whole network") +
         price_chart("EUR per delivered H100-equivalent hour (pale: up to the upper end of the range)", bars) + each;
}

}  // namespace

std::string cost_part(const Results& results) {
  std::string out;
  for (const Result& result : results) {
    if (!result.no_cost.empty()) {
      out += paragraph(fmt::format("{}: costs cannot be computed: {}", result.label, result.no_cost));
    }
  }
  const auto priced = [](const Result& result) { return result.cost && !result.cost->sites.empty(); };
  if (std::none_of(results.begin(), results.end(), priced)) return out;
  out += paragraph(
      "Computed after the run, from catalogue prices and the energy and hours that were simulated; a year has 8,760 "
      "hours "
      "of the kind that the results period had. Ranges take each uncertain price or rate on its own.");
  return out + (results.size() == 1 ? alone(*results.front().cost) : side_by_side(results));
}

}  // namespace gigasim::report::html
