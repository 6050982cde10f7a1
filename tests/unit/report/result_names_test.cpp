#include "gigasim/metrics/result_names.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "decisions_csv.hpp"
#include "gigasim/metrics/hour_split.hpp"
#include "gigasim/report/report.hpp"
#include "jobs_csv.hpp"
#include "regional_csv.hpp"
#include "sample_results.hpp"
#include "services_report.hpp"
#include "table_files.hpp"

using namespace gigasim;

namespace {

bool is_explained(const std::string& name) {
  return metrics::find_metric_anywhere(name) != nullptr || metrics::find_result_name(name) != nullptr;
}

void add_leaves(const nlohmann::json& json, const std::string& path, std::set<std::string>& paths) {
  if (!json.is_object()) {
    paths.insert(path);
    return;
  }
  for (const auto& [key, value] : json.items()) add_leaves(value, path.empty() ? key : path + "." + key, paths);
}

/// A run that has everything: services, work, failures.
metrics::Results everything() {
  auto results = sample::results();
  results.network.reliability.emplace();
  results.network.has_machines = true;
  results.scenario.failures.emplace();
  results.scenario.workload.services.emplace_back();
  return results;
}

}  // namespace

TEST_CASE("every path of a block of results.json can be explained", "[report][metrics]") {
  std::set<std::string> paths;
  add_leaves(nlohmann::json::parse(report::to_json(everything()))["network"], "", paths);
  REQUIRE(paths.contains("accelerator_hours_split.work"));
  REQUIRE(paths.contains("reliability.by_cause.network.interruptions"));
  for (const std::string& path : paths) {
    INFO(path);
    CHECK(is_explained(path));
  }
}

TEST_CASE("every column of the tables can be explained", "[report][metrics]") {
  const auto results = everything();
  for (const std::string& table :
       {report::sites_csv(results), report::jobs_csv(results), report::stopped_runs_csv(results),
        report::decisions_csv(results), report::regional_csv(results), report::services_csv(results),
        report::timeseries_csv(results)}) {
    std::istringstream header{table.substr(0, table.find('\n'))};
    for (std::string column; std::getline(header, column, ',');) {
      INFO(column);
      CHECK(is_explained(column));
    }
  }
}

TEST_CASE("each part of the accelerator-hours has a definition, and no name stands twice", "[report][metrics]") {
  for (const auto& part : metrics::kHourParts) {
    const std::string name = "accelerator_hours_split." + std::string{part.name};
    INFO(name);
    REQUIRE(metrics::find_result_name(name) != nullptr);
    CHECK(metrics::find_result_name(name)->name == name);
  }
  std::set<std::string_view> names;
  for (const auto& one : metrics::result_names()) {
    INFO(one.name);
    CHECK(names.insert(one.name).second);
    CHECK(metrics::find_metric_anywhere(one.name) == nullptr);
  }
}

TEST_CASE("a metric is found by its name, its path and its column", "[report][metrics]") {
  const auto* metric = metrics::find_metric("queue_time_p95");
  REQUIRE(metric != nullptr);
  CHECK(metrics::find_metric_anywhere("queue_time_s.p95") == metric);
  CHECK(metrics::find_metric_anywhere("queue_time_p95_s") == metric);
  CHECK(metrics::find_metric_anywhere("queue_time_p9") == nullptr);
}
