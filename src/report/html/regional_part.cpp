#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "bars.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"
#include "site.hpp"

namespace gigasim::report::html {
namespace {

constexpr std::string_view kPerMillion = "h100_equivalent_hours_per_million_inhabitants";

/// A column of numbers about countries.
struct Measure {
  std::string_view header, path;
  bool share = false;
};
constexpr Measure kMeasures[] = {{"delivered H100-equivalent hours", "h100_equivalent_hours"},
                                 {"per million inhabitants", kPerMillion},
                                 {"per EUR bn of GDP", "h100_equivalent_hours_per_gdp_beur"},
                                 {"served at home", "asked.at_home_share", true},
                                 {"elsewhere in the EU", "asked.in_eu_share", true},
                                 {"outside the EU", "asked.outside_eu_share", true},
                                 {"under way", "asked.under_way_share", true},
                                 {"not served", "asked.not_served_share", true}};

std::string group_words(std::string_view name) {
  if (name == "hosts") return "Countries with machines";
  if (name == "non_hosts") return "Countries without";
  if (name == "cohesion") return "EU, Cohesion Fund";
  if (name == "other_eu") return "EU, others";
  if (name == "non_eu") return "Outside the EU";
  if (name == "antennas") return "Countries with an antenna";
  return std::string{name};
}

bool flag(const Json& row, std::string_view key) {
  const Json* value = json_at(row, key);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::string role(const Json& country) {
  std::string words = flag(country, "host") ? "host" : flag(country, "antenna") ? "antenna" : "";
  if (flag(country, "cohesion")) words += words.empty() ? "cohesion" : ", cohesion";
  return words.empty() ? "–" : words;
}

std::string cell_text(const Json& row, const Measure& measure) {
  const auto value = number_at(row, measure.path);
  if (!value) return "–";
  return measure.share ? humane::percent(*value) : humane::number(*value);
}

/// One row per entry of an array of `regional` and per result.
TextTable rows_of(const Results& results, std::string_view array, std::string_view first,
                  std::string (*words)(std::string_view), bool with_role) {
  TextTable rows{{{std::string{first}, false, 0}}, {}};
  if (results.size() > 1) rows.columns.push_back({"result", false, 0});
  if (with_role) rows.columns.push_back({"role", false, 0});
  for (const Measure& measure : kMeasures) rows.columns.push_back({std::string{measure.header}, true, 0});
  for (const std::string& name : block_names(results, array)) {
    for (const Result& result : results) {
      const Json* entry = block_named(result, array, name);
      if (entry == nullptr) continue;
      std::vector<Cell>& row = rows.rows.emplace_back();
      row.push_back({words(name)});
      if (results.size() > 1) row.push_back({result.label});
      if (with_role) row.push_back({role(*entry)});
      for (const Measure& measure : kMeasures) row.push_back({cell_text(*entry, measure)});
    }
  }
  return rows;
}

/// Countries by hours per inhabitant of the first result, most first.
std::vector<std::string> countries_in_order(const Results& results) {
  std::vector<std::string> names = block_names(results, "regional.countries");
  const auto hours = [&](const std::string& name) {
    const Json* country = block_named(results.front(), "regional.countries", name);
    return country == nullptr ? 0.0 : number_at(*country, kPerMillion).value_or(0.0);
  };
  std::stable_sort(names.begin(), names.end(),
                   [&](const std::string& a, const std::string& b) { return hours(a) > hours(b); });
  return names;
}

Bar country_bar(const Json* country, std::string name, std::size_t series) {
  Bar bar{std::move(name), series, {}, "–", 0.0, 0.0, false};
  const auto hours = country == nullptr ? std::nullopt : number_at(*country, kPerMillion);
  if (!hours) return bar;
  bar.inner = *hours;
  bar.outer = *hours;
  bar.text = humane::number(*hours);
  return bar;
}

std::string country_chart(const Results& results) {
  constexpr std::string_view kTitle =
      "Delivered H100-equivalent hours per million inhabitants, by country of the users";
  std::vector<BarGroup> groups;
  std::string description = fmt::format("{}.", kTitle);
  for (const std::string& name : countries_in_order(results)) {
    const std::string words = country_name(name);
    BarGroup& group = groups.emplace_back();
    if (results.size() > 1) group.title = words;
    for (std::size_t r = 0; r < results.size(); ++r) {
      const Json* country = block_named(results[r], "regional.countries", name);
      const Bar& bar = group.bars.emplace_back(country_bar(country, results.size() > 1 ? results[r].label : words, r));
      description += fmt::format(" {}{}: {}.", group.title.empty() ? "" : group.title + ", ", bar.name, bar.text);
    }
  }
  const TextTable countries = rows_of(results, "regional.countries", "users in", country_name, true);
  return bar_chart({"countries", std::string{kTitle}, description}, groups, "", legend(labels(results)),
                   folded("All countries as a table", table(countries, "Countries of the users")));
}

struct Index {
  std::string_view words, path;
  bool share = false;
};
constexpr Index kIndices[] = {
    {"Inequality of delivered hours per inhabitant (Gini; 0 is equal)", "regional.equality.gini"},
    {"Equality of delivered hours per inhabitant (Jain; 1 is equal)", "regional.equality.jain"},
    {"Concentration of capacity by country (Herfindahl; 1 is all in one)", "regional.concentration.hhi_country"},
    {"Concentration of capacity by vendor (Herfindahl; 1 is all from one)", "regional.concentration.hhi_vendor"},
    {"Hours asked for that are served at home", "regional.served_at_home_share", true}};

std::string index_table(const Results& results) {
  TextTable indices{{{"index", false, 0}}, {}};
  for (const Result& result : results) {
    indices.columns.push_back({results.size() == 1 ? "value" : result.label, true, 0});
  }
  for (const Index& index : kIndices) {
    std::vector<Cell>& row = indices.rows.emplace_back();
    row.push_back({std::string{index.words}});
    for (const Result& result : results) {
      const auto value = number_at(result.results, index.path);
      row.push_back({!value ? "–" : index.share ? humane::percent(*value) : humane::number(*value)});
    }
  }
  return table(indices, "Equality and concentration");
}

}  // namespace

std::string regional_part(const Results& results) {
  if (block_names(results, "regional.countries").size() < 2) return {};
  const TextTable groups = rows_of(results, "regional.groups", "users in", group_words, false);
  return paragraph(
             "Where the jobs come from, and what became of the hours that they asked for. Where demand follows "
             "population "
             "and any site serves anybody, delivered hours are equal by construction: differences come from access, "
             "distance and capacity.") +
         table(groups, "Groups of countries") + index_table(results) + country_chart(results);
}

}  // namespace gigasim::report::html
