#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "compare.hpp"
#include "csv_text.hpp"
#include "privilege_effects.hpp"
#include "results_json.hpp"

namespace gigasim::report {
namespace {

/// The ends are null where nothing limits them.
Json interval_json(const Interval& interval) {
  return {{"least", json_number(interval.least)}, {"most", json_number(interval.most)}};
}

Json change_json(const std::optional<Change>& change) {
  if (!change) return nullptr;
  static constexpr std::array kKnown{"exactly", "at_least", "at_most", "between", "not"};
  const bool judged = change->verdict != Verdict::kNone;
  return {{"difference", interval_json(change->difference)},
          {"percent", change->percent ? interval_json(*change->percent) : Json(nullptr)},
          {"known", kKnown.at(static_cast<std::size_t>(change->known()))},
          {"verdict", judged ? Json(verdict_word(change->verdict)) : Json(nullptr)}};
}

Json value_json(const std::optional<Figure>& figure) {
  Json value = {{"value", figure ? json_number(figure->value) : Json(nullptr)}};
  value["lower_bound"] = figure && figure->lower_bound;
  value["at_most"] = figure ? number_or_null(figure->at_most) : Json(nullptr);
  return value;
}

Json value_json(const std::optional<Figure>& figure, const std::optional<Change>& change) {
  Json value = value_json(figure);
  value["change"] = change_json(change);
  return value;
}

Json metric_json(const ComparedMetric& row) {
  Json json = {{"metric", row.metric->name}, {"unit", row.metric->unit}};
  Json& values = json["values"] = Json::array();
  for (std::size_t r = 0; r < row.figures.size(); ++r) {
    values.push_back(r == 0 ? value_json(row.figures[r]) : value_json(row.figures[r], row.changes[r]));
  }
  return json;
}

Json group_json(const PrivilegeGroup& group) {
  return {{"privilege", group.name.empty() ? Json(nullptr) : Json(group.name)},
          {"jobs", json_number(group.jobs, true)},
          {"job_share", number_or_null(group.job_share)},
          {"h100_equivalent_hour_share", number_or_null(group.hour_share)},
          {"queue_time_mean_s", value_json(group.wait_s, group.wait_change)},
          {"started_within_target", value_json(group.in_time, group.in_time_change)},
          {"h100_equivalent_hours_change", number_or_null(group.hours_change)}};
}

Json privileges_json(const std::vector<Summary>& results) {
  Json array = Json::array();
  for (const PrivilegeEffect& effect : privilege_effects(results)) {
    Json groups = Json::array();
    for (const PrivilegeGroup& group : effect.groups) groups.push_back(group_json(group));
    array.push_back({{"result", results[effect.result].name},
                     {"twin", effect.twin ? Json(results[*effect.twin].name) : Json(nullptr)},
                     {"groups", std::move(groups)}});
  }
  return array;
}

Json metrics_json(const ComparedBlock& block) {
  Json array = Json::array();
  for (const ComparedMetric& row : block.metrics) array.push_back(metric_json(row));
  return array;
}

Json group_json(const std::vector<ComparedBlock>& blocks) {
  Json array = Json::array();
  for (const ComparedBlock& block : blocks) array.push_back({{"name", block.name}, {"metrics", metrics_json(block)}});
  return array;
}

void append_csv_header(std::string& out, const std::string& name, bool compared) {
  std::vector<std::string> columns{name, name + " lower_bound", name + " at_most"};
  if (compared) {
    columns.insert(columns.end(), {name + " difference least", name + " difference most", name + " percent least",
                                   name + " percent most", name + " verdict"});
  }
  for (const std::string& column : columns) {
    out += ',';
    csv::append_text(out, column);
  }
}

/// A number, or nothing where there is none.
void append_csv_number(std::string& out, double value) {
  out += ',';
  if (std::isfinite(value)) csv::append_number(out, value);
}

void append_csv_change(std::string& out, const std::optional<Change>& change) {
  constexpr Interval kOpen{-Interval::kNoLimit, Interval::kNoLimit};
  const Interval difference = change ? change->difference : kOpen;
  const Interval percent = change ? change->percent.value_or(kOpen) : kOpen;
  for (const double end : {difference.least, difference.most, percent.least, percent.most}) append_csv_number(out, end);
  out += ',';
  if (change) out += verdict_word(change->verdict);
}

}  // namespace

std::string comparison_csv(const std::vector<Summary>& results) {
  std::string out = "metric,unit";
  for (std::size_t r = 0; r < results.size(); ++r) append_csv_header(out, results[r].name, r > 0);
  out += '\n';
  for (const ComparedMetric& row : compare_network(results).metrics) {
    out.append(row.metric->name).append(",").append(row.metric->unit);
    for (std::size_t r = 0; r < results.size(); ++r) {
      out += ',';
      if (row.figures[r]) csv::append_number(out, row.figures[r]->value);
      out += row.figures[r] && row.figures[r]->lower_bound ? ",true" : ",false";
      append_csv_number(out,
                        row.figures[r] ? row.figures[r]->at_most.value_or(Interval::kNoLimit) : Interval::kNoLimit);
      if (r > 0) append_csv_change(out, row.changes[r]);
    }
    out += '\n';
  }
  return out;
}

std::string comparison_json(const std::vector<Summary>& results) {
  Json json;
  json["schema_version"] = metrics::kResultsSchemaVersion;
  json["results"] = Json::array();
  for (const Summary& result : results) {
    json["results"].push_back({{"name", result.name},
                               {"scenario", result.scenario},
                               {"variant", result.variant},
                               {"seed", result.seed ? Json(*result.seed) : Json(nullptr)},
                               {"period", result.period},
                               {"complete", result.complete}});
  }
  json["network"] = metrics_json(compare_network(results));
  const auto groupings = array_groupings();
  for (std::size_t g = 0; g < groupings.size(); ++g) {
    json[std::string{groupings[g].json_array}] = group_json(compare_group(results, g));
  }
  json["privileges"] = privileges_json(results);
  return json_text(json);
}

}  // namespace gigasim::report
