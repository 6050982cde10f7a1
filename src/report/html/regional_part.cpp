#include <fmt/format.h>

#include <algorithm>
#include <array>
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
struct CountryMeasure {
  std::string_view header, path;
  bool share = false;
};
constexpr std::array kCountryMeasures{CountryMeasure{"delivered H100-equivalent hours", "h100_equivalent_hours"},
                                      CountryMeasure{"per million inhabitants", kPerMillion},
                                      CountryMeasure{"per EUR bn of GDP", "h100_equivalent_hours_per_gdp_beur"},
                                      CountryMeasure{"served at home", "asked.at_home_share", true},
                                      CountryMeasure{"elsewhere in the EU", "asked.in_eu_share", true},
                                      CountryMeasure{"outside the EU", "asked.outside_eu_share", true},
                                      CountryMeasure{"under way", "asked.under_way_share", true},
                                      CountryMeasure{"not served", "asked.not_served_share", true}};

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
  const Json* value = value_at(row, key);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::string role(const Json& country) {
  std::string words = flag(country, "host") ? "host" : flag(country, "antenna") ? "antenna" : "";
  if (flag(country, "cohesion")) words += words.empty() ? "cohesion" : ", cohesion";
  return words.empty() ? "–" : words;
}

std::string cell_text(const Json& row, const CountryMeasure& measure) {
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
  for (const CountryMeasure& measure : kCountryMeasures) rows.columns.push_back({std::string{measure.header}, true, 0});
  for (const std::string& name : block_names(results, array)) {
    for (const Result& result : results) {
      const Json* entry = block_named(result, array, name);
      if (entry == nullptr) continue;
      std::vector<Cell>& row = rows.rows.emplace_back();
      row.push_back({words(name)});
      if (results.size() > 1) row.push_back({result.label});
      if (with_role) row.push_back({role(*entry)});
      for (const CountryMeasure& measure : kCountryMeasures) row.push_back({cell_text(*entry, measure)});
    }
  }
  return rows;
}

/// Names by hours per inhabitant of the first result, most first.
std::vector<std::string> in_order(const Results& results, std::string_view array) {
  std::vector<std::string> names = block_names(results, array);
  const auto hours = [&](const std::string& name) {
    const Json* entry = block_named(results.front(), array, name);
    return entry == nullptr ? 0.0 : number_at(*entry, kPerMillion).value_or(0.0);
  };
  std::stable_sort(names.begin(), names.end(),
                   [&](const std::string& a, const std::string& b) { return hours(a) > hours(b); });
  return names;
}

Bar hours_bar(const Json* entry, std::string name, std::size_t series) {
  Bar bar{std::move(name), series, {}, "–", 0.0, 0.0, false};
  const auto hours = entry == nullptr ? std::nullopt : number_at(*entry, kPerMillion);
  if (!hours) return bar;
  bar.inner = *hours;
  bar.outer = *hours;
  bar.text = humane::number(*hours);
  return bar;
}

/// All countries of one result; of several results the groups of countries, which are few enough to compare.
std::string hours_chart(const Results& results) {
  constexpr std::string_view kTitle =
      "Delivered H100-equivalent hours per million inhabitants, by country of the users";
  const bool alone = results.size() == 1;
  const std::string_view array = alone ? "regional.countries" : "regional.groups";
  std::vector<BarGroup> groups;
  std::string description = fmt::format("{}.", kTitle);
  for (const std::string& name : in_order(results, array)) {
    const std::string words = alone ? country_name(name) : group_words(name);
    BarGroup& group = groups.emplace_back();
    if (!alone) group.title = words;
    for (std::size_t r = 0; r < results.size(); ++r) {
      const Json* entry = block_named(results[r], array, name);
      const Bar& bar = group.bars.emplace_back(hours_bar(entry, alone ? words : results[r].label, r));
      description += fmt::format(" {}{}: {}.", alone ? "" : words + ", ", bar.name, bar.text);
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
constexpr std::array kIndices{
    Index{"Inequality of delivered hours per inhabitant (Gini; 0 is equal)", "regional.equality.gini"},
    Index{"Equality of delivered hours per inhabitant (Jain; 1 is equal)", "regional.equality.jain"},
    Index{"Concentration of capacity by country (Herfindahl; 1 is all in one)", "regional.concentration.hhi_country"},
    Index{"Concentration of capacity by vendor (Herfindahl; 1 is all from one)", "regional.concentration.hhi_vendor"},
    Index{"Hours asked for that are served at home", "regional.served_at_home_share", true}};

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
             "Where the jobs come from, and what became of the hours that they asked for. The table shows differences "
             "and not their causes; with few jobs they may be chance.") +
         table(groups, "Groups of countries") + index_table(results) + hours_chart(results);
}

}  // namespace gigasim::report::html
