#include "results_json.hpp"

#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ai_section.hpp"
#include "brokering_json.hpp"
#include "cost_json.hpp"
#include "figures.hpp"
#include "gigasim/report/report.hpp"
#include "hours_section.hpp"
#include "platform_json.hpp"
#include "privileges.hpp"
#include "regional_json.hpp"
#include "reliability_section.hpp"
#include "services_report.hpp"

namespace gigasim::report {
namespace {

/// The node at a path like "queue_time_s.p95", made where it does not exist.
Json& node_at(Json& root, std::string_view path) {
  Json* node = &root;
  while (true) {
    const std::size_t dot = path.find('.');
    node = &(*node)[std::string{path.substr(0, dot)}];
    if (dot == std::string_view::npos) return *node;
    path.remove_prefix(dot + 1);
  }
}

bool is_count(const metrics::Metric& metric) {
  return metric.json_path.starts_with("jobs.") || metric.json_path == "reliability.interruptions";
}

void add_figures(Json& json, const metrics::Block& block) {
  const auto metrics = metrics::registry();
  const auto figures = figures_of(block);
  Json lower_bounds = Json::array();
  Json upper_bounds = Json::object();
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const auto& figure = figures[i];
    node_at(json, metrics[i].json_path) = figure ? json_number(figure->value, is_count(metrics[i])) : Json(nullptr);
    if (!figure || !figure->lower_bound) continue;
    lower_bounds.push_back(metrics[i].json_path);
    if (figure->at_most) upper_bounds[std::string{metrics[i].json_path}] = json_number(*figure->at_most);
  }
  if (block.reliability) json["reliability"]["by_cause"] = causes_json(*block.reliability);
  json["lower_bounds"] = std::move(lower_bounds);
  json["upper_bounds"] = std::move(upper_bounds);
}

Json network_json(const metrics::Block& block, const scenario::Scenario& scenario) {
  Json json = Json::object();
  add_figures(json, block);
  add_hour_split(json, block, scenario);
  return json;
}

Json blocks_json(const std::vector<metrics::Block>& blocks, const scenario::Scenario& scenario, bool of_sites) {
  Json array = Json::array();
  for (const metrics::Block& block : blocks) {
    Json json = {{"name", block.name}};
    add_figures(json, block);
    if (of_sites) add_hour_split(json, block, scenario);
    array.push_back(std::move(json));
  }
  return array;
}

Json scenario_json(const scenario::Scenario& scenario) {
  return {{"name", scenario.name},
          {"variant", scenario.variant},
          {"description", scenario.description},
          {"seed", scenario.seed}};
}

Json period_json(const metrics::Results& results) {
  const units::UtcTime start = results.scenario.period.start;
  return {{"start", units::format_utc_long(start)},
          {"results_begin", units::format_utc_long(start + results.results_begin)},
          {"results_end", units::format_utc_long(start + results.results_end)},
          {"results_begin_s", json_number(results.results_begin.in_base_units())},
          {"results_end_s", json_number(results.results_end.in_base_units())}};
}

Json demand_json(const std::vector<metrics::StreamDemand>& demand) {
  Json array = Json::array();
  using Loads = metrics::StreamDemand::Loads;
  for (const metrics::StreamDemand& stream : demand) {
    const auto load = [&](double Loads::*which) { return stream.loads ? json_number((*stream.loads).*which) : Json{}; };
    array.push_back({{"stream", stream.stream},
                     {"planned_share", json_number(stream.planned_share)},
                     {"realised_share", json_number(stream.realised_share)},
                     {"realised_accelerator_hours", json_number(stream.realised_accelerator_hours)},
                     {"load_asked", load(&Loads::asked)},
                     {"load_in_period", load(&Loads::in_period)},
                     {"load_at_mean_speed", load(&Loads::at_mean_speed)},
                     {"load_realised", load(&Loads::realised)},
                     {"bundle", stream.bundle}});
  }
  return array;
}

Json counts_json(const std::map<std::string, std::int64_t>& counts) {
  Json json = Json::object();
  for (const auto& [reason, count] : counts) json[reason] = count;
  return json;
}

Json imports_json(const std::vector<workload::ImportReport>& imports) {
  Json array = Json::array();
  for (const workload::ImportReport& report : imports) array.push_back(import_json(report));
  return array;
}

Json expectations_json(const metrics::Results& results) {
  Json array = Json::array();
  for (const metrics::ExpectationOutcome& outcome : metrics::check_expectations(results)) {
    const scenario::Expectation& expectation = outcome.expectation;
    const auto& figure = outcome.measured;
    Json json = {{"text", expectation.text},
                 {"verdict", metrics::verdict_word(outcome.verdict)},
                 {"metric", expectation.metric}};
    json["label"] = expectation.key.empty() ? Json(nullptr) : Json(expectation.key + "=" + expectation.value);
    json["unit"] = expectation.unit;
    json["low"] = number_or_null(expectation.low);
    json["high"] = number_or_null(expectation.high);
    json["value"] = figure ? json_number(figure->value) : Json(nullptr);
    json["lower_bound"] = figure && figure->lower_bound;
    json["at_most"] = figure ? number_or_null(figure->at_most) : Json(nullptr);
    json["margin"] = number_or_null(outcome.margin);
    array.push_back(std::move(json));
  }
  return array;
}

}  // namespace

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Json import_json(const workload::ImportReport& report) {
  Json json = {{"file", report.file}, {"format", report.format}, {"lines", report.lines}, {"kept", report.kept}};
  json["merged"] = report.merged;
  json["added"] = report.added;
  json["unreadable"] = report.unreadable;
  json["dropped"] = counts_json(report.dropped);
  json["dropped_lines"] = report.dropped_lines;
  json["repaired"] = counts_json(report.repaired);
  json["warnings"] = report.warnings;
  json["max_procs"] = report.max_procs ? Json(*report.max_procs) : Json(nullptr);
  json["unix_start_time"] = report.unix_start_time ? Json(*report.unix_start_time) : Json(nullptr);
  json["sha256"] = report.digest;
  json["as_logged"] = nullptr;
  if (const auto& waits = report.as_logged) {
    json["as_logged"] = {{"jobs", waits->jobs},
                         {"queue_time_mean_s", json_number(waits->mean_wait_s)},
                         {"queue_time_p95_s", json_number(waits->p95_wait_s)},
                         {"queue_time_max_s", json_number(waits->max_wait_s)},
                         {"bounded_slowdown_mean", json_number(waits->mean_bounded_slowdown)}};
  }
  return json;
}

Json json_number(double value, bool integer) {
  if (!std::isfinite(value)) return nullptr;
  if (integer && value == std::trunc(value)) return static_cast<std::int64_t>(value);
  return value;
}

std::string to_json(const metrics::Results& results) {
  Json json;
  json["schema_version"] = metrics::kResultsSchemaVersion;
  json["gigasim_version"] = GIGASIM_VERSION;
  json["complete"] = results.complete;
  json["scenario"] = scenario_json(results.scenario);
  json["period"] = period_json(results);
  json["platform"] = platform_json(results.scenario);
  json["brokering"] = brokering_json(results.scenario);
  json["privileges"] = privileges_json(results.scenario);
  json["ai_work"] = ai_work_json(results.scenario);
  json["network"] = network_json(results.network, results.scenario);
  for (const metrics::Grouping& grouping : array_groupings()) {
    json[std::string{grouping.json_array}] =
        blocks_json(blocks_of(results, grouping.json_array), results.scenario, grouping.json_array == "sites");
  }
  json["services"] = services_json(results);
  json["cost"] = cost_values_json(results.scenario.cost);
  json["regional"] = regional_json(results);
  json["provenance"] = provenance_json(results);
  json["expectations"] = expectations_json(results);
  json["demand"] = demand_json(results.demand);
  json["imports"] = imports_json(results.imports);
  json["refused"] = counts_json(results.refused);
  json["warnings"] = results.warnings;
  return json_text(json);
}

}  // namespace gigasim::report
