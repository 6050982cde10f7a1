#include "regional_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::report {
namespace {

std::string group_title(const std::string& name) {
  static const std::map<std::string, std::string, std::less<>> titles{{"hosts", "countries with accelerators"},
                                                                      {"non_hosts", "countries without"},
                                                                      {"cohesion", "EU, Cohesion Fund"},
                                                                      {"other_eu", "EU, others"},
                                                                      {"non_eu", "outside the EU"},
                                                                      {"antennas", "antenna countries"},
                                                                      {"unknown", "origin not known"}};
  const auto found = titles.find(name);
  return found == titles.end() ? name : found->second;
}

std::string number_or_dash(const std::optional<double>& value) {
  return value ? humane::number(*value) : "-";
}

std::string share_of(double part, double whole) {
  return whole > 0.0 ? humane::percent(part / whole) : "-";
}

std::vector<Cell> regional_cells(const metrics::RegionalRow& row) {
  const metrics::AskedHours& asked = row.asked;
  const bool known = row.countries > 0;
  const auto placed = [&](double part) { return known ? share_of(part, asked.asked) : "-"; };
  return {{group_title(row.name)},
          {known ? units::grouped(row.countries) : "-"},
          {humane::number(row.h100_equivalent_hours)},
          {number_or_dash(row.per_million)},
          {number_or_dash(row.per_beur)},
          {placed(asked.at_home)},
          {placed(asked.in_eu)},
          {placed(asked.outside_eu)},
          {share_of(asked.under_way, asked.asked)},
          {share_of(asked.not_served, asked.asked)}};
}

/// "LU (1,234), FI (567)": the first countries of an order, with their hours per million inhabitants.
std::string named(const std::vector<metrics::RegionalRow>& rows) {
  constexpr std::size_t kNamed = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(kNamed, rows.size()); ++i) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", rows[i].name, humane::number(*rows[i].per_million));
  }
  return text;
}

std::string extremes(const std::vector<metrics::RegionalRow>& countries) {
  std::vector<metrics::RegionalRow> order;
  std::copy_if(countries.begin(), countries.end(), std::back_inserter(order),
               [](const metrics::RegionalRow& row) { return row.per_million.has_value(); });
  if (order.size() < 2) return {};
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.per_million > b.per_million; });
  const std::string most = named(order);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.per_million < b.per_million; });
  return fmt::format("H100-equivalent hours per million inhabitants: most {}; least {}.", most, named(order));
}

std::string indices(const metrics::RegionalFigures& figures) {
  return fmt::format(
      "Equality per inhabitant: Gini {} (0 is equal), Jain {} (1 is equal). Concentration of capacity: Herfindahl {} "
      "by "
      "country, {} by vendor (1 is all in one).",
      number_or_dash(figures.delivered_gini), number_or_dash(figures.delivered_jain),
      number_or_dash(figures.capacity_hhi_country), number_or_dash(figures.capacity_hhi_vendor));
}

}  // namespace

Section regional_section(const metrics::Results& results) {
  const metrics::Regional& regional = results.regional;
  Section section{"Regional balance: H100-equivalent hours, and what became of those asked for", {}, {}};
  if (regional.countries.size() < 2) return section;
  section.table.columns = {{"users in", false, 0},       {"countries", true, 4},  {"delivered", true, 0},
                           {"per million", true, 0},     {"per EUR bn", true, 3}, {"at home", true, 1},
                           {"elsewhere in EU", true, 2}, {"outside EU", true, 5}, {"under way", true, 4},
                           {"not served", true, 0}};
  for (const metrics::RegionalRow& group : regional.groups) {
    if (group.countries > 0) section.table.rows.push_back(regional_cells(group));
  }
  if (regional.unknown) section.table.rows.push_back(regional_cells(*regional.unknown));
  if (std::string text = extremes(regional.countries); !text.empty()) section.lines.push_back({std::move(text)});
  section.lines.push_back({indices(results.network.regional)});
  return section;
}

Section provenance_section(const metrics::Results& results) {
  Section section{"How well the capacity is known", {}, {}};
  const auto& shares = results.capacity_by_basis;
  const auto own = [](const metrics::CapacityShare& share) { return share.name == "own"; };
  if (std::all_of(shares.begin(), shares.end(), own)) return section;
  std::string text;
  for (const metrics::CapacityShare& share : shares) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", humane::percent(share.share), share.name);
  }
  section.lines.push_back({fmt::format("Accelerator counts, weighted by H100-equivalent hours available: {}.", text)});
  return section;
}

}  // namespace gigasim::report
