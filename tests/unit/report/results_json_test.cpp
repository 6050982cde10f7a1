#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "gigasim/metrics/registry.hpp"
#include "gigasim/report/report.hpp"
#include "sample_results.hpp"

using gigasim::report::to_json;
using nlohmann::json;

TEST_CASE("results.json has the paths that its users rely on", "[report][json]") {
  const json results = json::parse(to_json(sample::results()));
  const json& network = results["network"];
  CHECK(results["schema_version"] == 1);
  CHECK(results["complete"] == true);
  CHECK(network["jobs"]["submitted"] == 4);
  CHECK(network["jobs"]["finished"] == 1);
  CHECK(network["jobs"]["killed"] == 1);
  CHECK(network["jobs"]["unfinished"] == 1);  // queued 1 + running 0
  CHECK(network["queue_time_s"]["mean"] == 120.25);
  CHECK(network["queue_time_s"]["median"] == 60.0);
  CHECK(network["queue_time_s"]["p95"] == 7200.0);
  CHECK(network["queue_time_s"]["p99"] == 7200.0);
  CHECK(network["queue_time_s"]["max"] == 7200.0);
  CHECK(network["bounded_slowdown"]["mean"] == 1.5);
  CHECK(network["utilisation"] == 2.0 / 3.0);
  CHECK(network["accelerator_hours"] == 49152.0);
  CHECK(network["energy_mwh"] == 1200.0);
  CHECK(network["peak_power_mw"] == 61.5);
  CHECK(network["pods_per_job_mean"] == 1.5);
  CHECK(network["distance_mean_km"] == 500.25);
}

TEST_CASE("every block of results.json has every metric and its name", "[report][json]") {
  const json results = json::parse(to_json(sample::results()));
  for (const auto& grouping : gigasim::metrics::groupings()) {
    if (grouping.json_array == "network") continue;
    for (const json& block : results.at(std::string{grouping.json_array})) {
      CHECK(block.contains("name"));
      for (const auto& metric : gigasim::metrics::registry()) {
        std::string pointer{"/"};
        pointer += metric.json_path;
        for (char& c : pointer) c = c == '.' ? '/' : c;
        CHECK(block.contains(json::json_pointer(pointer)));
      }
    }
  }
  CHECK(results["sites"][1]["name"] == "Jülich");
  CHECK(results["labels"][0]["name"] == "sector=health");
}

TEST_CASE("counts are integers and a quantile of no jobs is null", "[report][json]") {
  const json results = json::parse(to_json(sample::results()));
  CHECK(results["network"]["jobs"]["submitted"].is_number_integer());
  CHECK(results["network"]["queue_time_s"]["median"].is_number_float());
  CHECK(results["sites"][1]["queue_time_s"]["p95"].is_null());
  CHECK(results["sites"][1]["queue_time_s"]["mean"].is_null());
  CHECK(results["sites"][1]["pods_per_job_mean"].is_null());
  CHECK(results["sites"][1]["distance_mean_km"].is_null());
  CHECK(results["sites"][1]["walltime_accuracy_mean"].is_null());
  CHECK(results["sites"][1]["jobs"]["submitted"] == 0);
}

TEST_CASE("figures that are lower bounds are listed by their path, and always as an array", "[report][json]") {
  const json results = json::parse(to_json(sample::results()));
  const json& bounds = results["network"]["lower_bounds"];
  CHECK(std::find(bounds.begin(), bounds.end(), "queue_time_s.p95") != bounds.end());
  CHECK(std::find(bounds.begin(), bounds.end(), "queue_time_s.median") == bounds.end());
  CHECK(results["sites"][0]["lower_bounds"] == json::array());
}

TEST_CASE("results.json says what was run, when, and what was read", "[report][json]") {
  const json results = json::parse(to_json(sample::results()));
  CHECK(results["scenario"] ==
        json{{"name", "two-sites"}, {"variant", "small"}, {"description", "For tests"}, {"seed", 7}});
  CHECK(results["period"]["start"] == "2028-01-01T00:00:00Z");
  CHECK(results["period"]["results_begin"] == "2028-01-01T01:00:00Z");  // after 3,600 s
  CHECK(results["period"]["results_end"] == "2028-01-02T00:00:00Z");    // after 86,400 s
  CHECK(results["demand"][0]["bundle"] == 20);
  CHECK(results["imports"][0]["dropped"] == json{{"without a runtime", 1}});
  CHECK(results["imports"][0]["max_procs"] == 100);
  CHECK(results["imports"][0]["unix_start_time"].is_null());
  CHECK(results["refused"] == json{{"larger than any partition", 1}});
  CHECK(results["warnings"].size() == 1);
}

TEST_CASE("results.json is strict JSON even where a figure is not a number or a name is not UTF-8", "[report][json]") {
  auto results = sample::results();
  results.network.utilisation = std::numeric_limits<double>::quiet_NaN();
  results.network.peak_power_mw = std::numeric_limits<double>::infinity();
  results.imports[0].file = "k\xFFth.swf";
  const std::string text = to_json(results);
  const json parsed = json::parse(text);
  CHECK(parsed["network"]["utilisation"].is_null());
  CHECK(parsed["network"]["peak_power_mw"].is_null());
}
