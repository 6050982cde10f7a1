#include "gigasim/report/tournament.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "csv_text.hpp"
#include "gigasim/metrics/registry.hpp"
#include "gigasim/report/humane.hpp"
#include "results_json.hpp"
#include "text_table.hpp"

namespace gigasim::report {
namespace {

/// A metric and what its column is called for people.
struct Shown {
  std::string_view metric, header;
};
constexpr std::array kShown{Shown{"queue_time_mean", "mean wait"}, Shown{"queue_time_p95", "p95 wait"},
                            Shown{"queue_time_max", "max wait"},   Shown{"bounded_slowdown_mean", "mean slowdown"},
                            Shown{"utilisation", "utilised"},      Shown{"users_slowdown_jain", "fairness over users"}};
constexpr auto kNames = [] {
  std::array<std::string_view, kShown.size()> names{};
  for (std::size_t i = 0; i < kShown.size(); ++i) names[i] = kShown[i].metric;
  return names;
}();

const metrics::Metric& metric_of(std::size_t column) {
  return *metrics::find_metric(kShown.at(column).metric);
}

/// The unit in which the largest value of a column reads well.
humane::Scale scale_of(const std::vector<Contestant>& contestants, std::size_t column) {
  double largest = 0.0;
  for (const Contestant& one : contestants) {
    if (const auto& figure = one.figures.at(column)) largest = std::max(largest, std::fabs(figure->value));
  }
  return humane::scale_for(largest, metric_of(column).unit);
}

Cell cell_of(const std::optional<metrics::Distribution::Figure>& figure, const humane::Scale& scale) {
  if (!figure) return {"-"};
  const std::string number = humane::number(figure->value / scale.size);
  return figure->lower_bound ? Cell{"≥ " + number, Mood::kWarning} : Cell{number};
}

TextTable table_of(const std::vector<Contestant>& contestants) {
  TextTable table{{{"policy", false, 0}}, {}};
  for (const Contestant& one : contestants) table.rows.push_back({{one.policy}});
  for (std::size_t c = 0; c < kShown.size(); ++c) {
    const humane::Scale scale = scale_of(contestants, c);
    const std::string header{kShown.at(c).header};
    table.columns.push_back({scale.unit.empty() ? header : fmt::format("{} [{}]", header, scale.unit), true, 0});
    for (std::size_t r = 0; r < contestants.size(); ++r) {
      table.rows[r].push_back(cell_of(contestants[r].figures.at(c), scale));
    }
  }
  return table;
}

std::string json_of(const std::vector<Contestant>& contestants) {
  Json policies = Json::array();
  for (const Contestant& one : contestants) {
    Json row = {{"policy", one.policy}};
    for (std::size_t c = 0; c < kShown.size(); ++c) {
      const auto& figure = one.figures.at(c);
      row[std::string{metric_of(c).column}] = figure ? json_number(figure->value) : Json(nullptr);
    }
    policies.push_back(std::move(row));
  }
  return json_text({{"policies", std::move(policies)}});
}

std::string csv_of(const std::vector<Contestant>& contestants) {
  std::string out = "policy";
  for (std::size_t c = 0; c < kShown.size(); ++c) out.append(",").append(metric_of(c).column);
  out += '\n';
  for (const Contestant& one : contestants) {
    csv::append_text(out, one.policy);
    for (const auto& figure : one.figures) {
      out += ',';
      if (figure) csv::append_number(out, figure->value);
    }
    out += '\n';
  }
  return out;
}

}  // namespace

std::span<const std::string_view> tournament_metrics() {
  return kNames;
}

std::string tournament(const std::vector<Contestant>& contestants, Format format, const TableStyle& style) {
  switch (format) {
    case Format::kJson:
      return json_of(contestants);
    case Format::kCsv:
      return csv_of(contestants);
    case Format::kMarkdown:
      return markdown_table(table_of(contestants));
    case Format::kTable:
      break;
  }
  return terminal_table(table_of(contestants), style);
}

}  // namespace gigasim::report
