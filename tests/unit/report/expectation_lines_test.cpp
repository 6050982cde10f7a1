#include "expectation_lines.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "gigasim/report/report.hpp"
#include "sample_results.hpp"

using namespace gigasim;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

scenario::Expectation expecting(std::string text, std::string metric, std::string unit, scenario::Comparison comparison,
                                std::optional<double> low, std::optional<double> high) {
  scenario::Expectation made;
  made.text = std::move(text);
  made.metric = std::move(metric);
  made.unit = std::move(unit);
  made.comparison = comparison;
  made.low = low;
  made.high = high;
  made.in_percent = made.text.ends_with('%');
  made.at = "eu.yaml:9:5";
  return made;
}

/// The network of the sample: median wait 60 s, p95 at least 7,200 s, utilisation 2/3, 1,200 MWh, 1 job killed.
metrics::Results expecting_results() {
  using scenario::Comparison;
  metrics::Results results = sample::results();
  results.scenario.expectations = {
      expecting("queue_time_median < 2 min", "queue_time_median", "s", Comparison::kLess, {}, 120.0),
      expecting("queue_time_p95 < 1 h", "queue_time_p95", "s", Comparison::kLess, {}, 3600.0),
      expecting("queue_time_p95 < 2 d", "queue_time_p95", "s", Comparison::kLess, {}, 172800.0),
      expecting("queue_time_p95 > 1 h", "queue_time_p95", "s", Comparison::kMore, 3600.0, {}),
      expecting("utilisation in 60..95 %", "utilisation", "", Comparison::kWithin, 0.6, 0.95),
      expecting("utilisation > 0.8", "utilisation", "", Comparison::kMore, 0.8, {}),
      expecting("energy < 1 GWh", "energy", "MWh", Comparison::kLess, {}, 1000.0),
      expecting("energy < 1.2 GWh", "energy", "MWh", Comparison::kLess, {}, 1200.0),
      expecting("jobs_killed == 0", "jobs_killed", "jobs", Comparison::kEqual, 0.0, 0.0),
      expecting("jobs_killed == 1", "jobs_killed", "jobs", Comparison::kEqual, 1.0, 1.0),
      expecting("queue_time_p95{site=Jülich} < 2 d", "queue_time_p95", "s", Comparison::kLess, {}, 172800.0),
      expecting("queue_time_p95{origin=MT} < 2 d", "queue_time_p95", "s", Comparison::kLess, {}, 172800.0)};
  auto& of_site = results.scenario.expectations[10];
  of_site.key = "site";
  of_site.value = "Jülich";
  auto& of_origin = results.scenario.expectations[11];
  of_origin.key = "origin";
  of_origin.value = "MT";
  return results;
}

}  // namespace

TEST_CASE("each expectation is one line with the measured value and the margin", "[report][expect]") {
  const report::Section section = report::expectation_section(expecting_results());
  CHECK(section.title == "Expectations: 4 of 12 met");
  const std::vector<std::string> expected{
      "✓ queue_time_median < 2 min: 60 s, margin 60 s (50.0 % of the limit)",
      "✗ queue_time_p95 < 1 h: ≥ 2.0 h, exceeded by at least 60.0 min (100.0 % of the limit)",
      "? queue_time_p95 < 2 d: ≥ 2.0 h, undecided: jobs that still wait count with their age so far",
      "✓ queue_time_p95 > 1 h: ≥ 2.0 h, margin at least 60.0 min (100.0 % of the limit)",
      "✓ utilisation in 60..95 %: 66.7 %, margin 6.67 points (11.1 % of the limit)",
      "✗ utilisation > 0.8: 0.667, missed by 0.133 (16.7 % of the limit)",
      "✗ energy < 1 GWh: 1.20 GWh, exceeded by 200 MWh (20.0 % of the limit)",
      "✗ energy < 1.2 GWh: 1.20 GWh, just at the limit, which is not within",
      "✗ jobs_killed == 0: 1 job, exceeded by 1 job",
      "✓ jobs_killed == 1: 1 job, as expected",
      "? queue_time_p95{site=Jülich} < 2 d: undecided: there is no job to measure",
      "? queue_time_p95{origin=MT} < 2 d: undecided: no such group in the results"};
  REQUIRE(section.lines.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(section.lines[i].text == expected[i]);
}

TEST_CASE("ticks are green, crosses red, and what is undecided is a warning", "[report][expect]") {
  const report::Section section = report::expectation_section(expecting_results());
  CHECK(section.lines[0].mood == report::Mood::kGood);
  CHECK(section.lines[1].mood == report::Mood::kBad);
  CHECK(section.lines[2].mood == report::Mood::kWarning);
}

TEST_CASE("both reports for people end with the expectations", "[report][expect]") {
  CHECK_THAT(report::to_table(expecting_results(), {}), Contains("Expectations: 4 of 12 met\n✓ queue_time_median"));
  CHECK_THAT(report::to_markdown(expecting_results()), Contains("### Expectations: 4 of 12 met\n\n- ✓ queue"));
  CHECK_THAT(report::to_table(sample::results(), {}), !Contains("Expectations"));
}

TEST_CASE("an incomplete run says that its expectations are not checked", "[report][expect]") {
  metrics::Results results = expecting_results();
  results.complete = false;
  CHECK_THAT(report::to_table(results, {}), Contains("not checked: the run was stopped early"));
  CHECK(json::parse(report::to_json(results))["expectations"] == json::array());
}

TEST_CASE("results.json holds every expectation with its verdict, figure, limits and margin", "[report][expect]") {
  CHECK(json::parse(report::to_json(sample::results()))["expectations"] == json::array());
  const json all = json::parse(report::to_json(expecting_results()))["expectations"];
  REQUIRE(all.size() == 12);
  CHECK(all[0] == json{{"text", "queue_time_median < 2 min"},
                       {"verdict", "met"},
                       {"metric", "queue_time_median"},
                       {"label", nullptr},
                       {"unit", "s"},
                       {"low", nullptr},
                       {"high", 120.0},
                       {"value", 60.0},
                       {"lower_bound", false},
                       {"at_most", nullptr},
                       {"margin", 60.0}});
  CHECK(all[1]["verdict"] == "breached");
  CHECK(all[1]["margin"] == -3600.0);
  CHECK(all[2]["verdict"] == "undecided");
  CHECK(all[2]["lower_bound"] == true);
  CHECK(all[2]["margin"].is_null());
  CHECK(all[10]["label"] == "site=Jülich");
  CHECK(all[10]["value"].is_null());
}

TEST_CASE("a quantile between two values is shown as such", "[report][expect]") {
  metrics::Results results = expecting_results();
  results.network.queue_time_s.p95.at_most = 10800.0;
  const report::Section section = report::expectation_section(results);
  CHECK(section.lines[2].text ==
        "✓ queue_time_p95 < 2 d: 2.0 h to 3.0 h, margin at least 45.0 h (93.8 % of the limit)");
}
