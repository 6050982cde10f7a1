#include "compare.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "display_width.hpp"
#include "sample_results.hpp"

using namespace gigasim;
using namespace gigasim::report;
using Catch::Matchers::Contains;
using metrics::Better;

namespace {

/// The sample, and the same with a quarter less energy, twice the mean wait and one more site.
std::vector<Summary> two_results() {
  metrics::Results other = sample::results();
  other.network.energy_mwh = 900.0;
  other.network.queue_time_s.median.value = 120.0;
  metrics::Block extra;
  extra.name = "lisbon";
  other.sites.push_back(extra);
  return {summarise(sample::results(), "results/base"), summarise(other, "results/other")};
}

nlohmann::json metric_named(const nlohmann::json& metrics, const std::string& name) {
  for (const auto& metric : metrics) {
    if (metric["metric"] == name) return metric;
  }
  return nullptr;
}

std::string line_with(const std::string& text, const std::string& what) {
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    if (line.find(what) != std::string::npos) return line;
  }
  return {};
}

}  // namespace

TEST_CASE("a difference has its sign, its percent of the first and a verdict", "[report][compare]") {
  const Change less = change_between({1200.0, false}, {900.0, false}, Better::kLower);
  CHECK(less.difference == Interval{-300.0, -300.0});
  CHECK(less.percent == Interval{-25.0, -25.0});
  CHECK(less.verdict == Verdict::kBetter);
  CHECK(change_between({1200.0, false}, {900.0, false}, Better::kHigher).verdict == Verdict::kWorse);
  CHECK(change_between({1200.0, false}, {900.0, false}, Better::kNeither).verdict == Verdict::kNone);
  CHECK(change_between({60.0, false}, {120.0, false}, Better::kLower).verdict == Verdict::kWorse);
  CHECK(change_between({60.0, false}, {60.0, false}, Better::kLower).verdict == Verdict::kSame);
}

TEST_CASE("bounds that are known decide a change, with its range", "[report][compare]") {
  // From [100, 110] to [220, 330]: 220 - 110 = 110 to 330 - 100 = 230 more; 220 / 110 = 2 to 330 / 100 = 3.3 times.
  const Change change = change_between({100.0, true, 110.0}, {220.0, true, 330.0}, Better::kLower);
  CHECK(change.difference == Interval{110.0, 230.0});
  CHECK(change.percent->least == Approx(100.0));
  CHECK(change.percent->most == Approx(230.0));
  CHECK(change.known() == Known::kBetween);
  CHECK(change.verdict == Verdict::kWorse);
  // Intervals that overlap do not decide: 105 may be before or after.
  CHECK(change_between({100.0, true, 110.0}, {105.0, true, 200.0}, Better::kLower).verdict == Verdict::kUnclear);
}

TEST_CASE("a change below 5 % is neither better nor worse, and one that may be is unclear", "[report][compare]") {
  CHECK(change_between({100.0, false}, {104.9, false}, Better::kLower).verdict == Verdict::kTooSmall);
  CHECK(change_between({100.0, false}, {105.0, false}, Better::kLower).verdict == Verdict::kWorse);
  CHECK(change_between({100.0, false}, {95.1, false}, Better::kLower).verdict == Verdict::kTooSmall);
  CHECK(change_between({100.0, false}, {95.0, false}, Better::kLower).verdict == Verdict::kBetter);
  // Between 1 and 10 % more.
  CHECK(change_between({100.0, false}, {101.0, true, 110.0}, Better::kLower).verdict == Verdict::kUnclear);
}

TEST_CASE("amounts are judged only where the same was asked for, and nothing of a run that was stopped early",
          "[report][compare]") {
  const auto verdict = [](const std::vector<Summary>& results) {
    const ComparedBlock block = compare_network(results);
    for (const ComparedMetric& row : block.metrics) {
      if (row.metric->name == "jobs_killed") return row.changes[1]->verdict;
    }
    return Verdict::kNone;
  };
  metrics::Results few = sample::results();
  few.network.jobs.killed = 100;
  metrics::Results many = few;
  many.network.jobs.killed = 120;  // twice the root of 100 + 120 is 29.7
  CHECK(verdict({summarise(few, "few"), summarise(many, "many")}) == Verdict::kTooSmall);
  many.network.jobs.killed = 200;  // and of 300, 34.6
  CHECK(verdict({summarise(few, "few"), summarise(many, "many")}) == Verdict::kWorse);
  many.network.jobs.submitted *= 2;
  CHECK(verdict({summarise(few, "few"), summarise(many, "many")}) == Verdict::kNone);
  many.network.jobs.submitted = few.network.jobs.submitted;
  many.complete = false;
  CHECK(verdict({summarise(few, "few"), summarise(many, "many")}) == Verdict::kNone);
}

TEST_CASE("a comparison says that seeds and periods differ", "[report][compare]") {
  std::vector<Summary> results = two_results();
  CHECK_THAT(compare(results, Format::kTable, {false, 200}),
             Contains("One run each: a difference may be chance") && !Contains("seeds differ"));
  results[1].seed = *results[0].seed + 1;
  results[1].period = "2030-01-01 to 2030-02-01";
  const std::string text = compare(results, Format::kTable, {false, 200});
  CHECK_THAT(text, Contains("The seeds differ") && Contains("The results are of different periods"));
}

TEST_CASE("there is no percent of nothing", "[report][compare]") {
  CHECK_FALSE(change_between({0.0, false}, {5.0, false}, Better::kLower).percent.has_value());
  CHECK(change_between({0.0, false}, {0.0, false}, Better::kLower).percent == Interval{0.0, 0.0});
}

TEST_CASE("a verdict on lower bounds is given only where it holds for all values above them", "[report][compare]") {
  const Figure low{60.0, false}, high{120.0, false}, at_least_low{60.0, true}, at_least_high{120.0, true};
  // From 60 to 120 or more: more for sure. From 120 to 60 or more: nobody knows.
  CHECK(change_between(low, at_least_high, Better::kLower).verdict == Verdict::kWorse);
  CHECK(change_between(low, at_least_high, Better::kLower).known() == Known::kAtLeast);
  CHECK(change_between(high, at_least_low, Better::kLower).verdict == Verdict::kUnclear);
  // From 120 or more to 60: less for sure. From 60 or more to 120: nobody knows.
  CHECK(change_between(at_least_high, low, Better::kLower).verdict == Verdict::kBetter);
  CHECK(change_between(at_least_high, low, Better::kLower).known() == Known::kAtMost);
  CHECK(change_between(at_least_low, high, Better::kLower).verdict == Verdict::kUnclear);
  CHECK(change_between(at_least_low, at_least_high, Better::kLower).verdict == Verdict::kUnclear);
  CHECK(change_between(at_least_low, at_least_low, Better::kLower).verdict == Verdict::kUnclear);
}

TEST_CASE("the table sets the network's metrics side by side, in one unit a row", "[report][compare]") {
  const std::string text = compare(two_results(), Format::kTable, {false, 120});
  CHECK_THAT(text, Contains("results/base: two-sites (variant small)"));
  const std::string energy = line_with(text, "energy [GWh]");
  CHECK_THAT(energy, Contains("1.20") && Contains("0.900") && Contains("-25.0 %"));
  CHECK_THAT(energy, !Contains("better"));                              // less energy may be since less was delivered
  const std::string wait = line_with(text, "queue_time_median [min]");  // 60 s and 120 s
  CHECK_THAT(wait, Contains("+100 %") && Contains("worse"));
  CHECK_THAT(line_with(text, "queue_time_p95 [h]"), Contains("≥ 2") && Contains("unknown"));
  CHECK_THAT(text, !Contains("\033"));
  CHECK_THAT(compare(two_results(), Format::kTable, {true, 120}), Contains("\033[31mworse\033[0m"));
}

TEST_CASE("many results are told in several tables that fit the terminal", "[report][compare]") {
  std::vector<Summary> results = two_results();
  for (int i = 0; i < 6; ++i) {
    results.push_back(results[1]);
    results.back().name = "results/more-" + std::to_string(i);
  }
  std::istringstream lines{compare(results, Format::kTable, {false, 80})};
  int tables = 0;
  for (std::string line; std::getline(lines, line);) {
    CHECK(display_width(line) <= 80);
    if (line.starts_with("metric")) ++tables;
  }
  CHECK(tables > 1);
}

TEST_CASE("an incomplete result is marked in a comparison", "[report][compare]") {
  auto results = two_results();
  results[1].complete = false;
  CHECK_THAT(compare(results, Format::kTable, {}), Contains("INCOMPLETE"));
  CHECK_THAT(compare(results, Format::kMarkdown, {}), Contains("INCOMPLETE"));
}

TEST_CASE("JSON compares every group, and a site that only one result has", "[report][compare]") {
  const auto compared = nlohmann::json::parse(compare(two_results(), Format::kJson, {}));
  const auto energy = metric_named(compared["network"], "energy");
  CHECK(energy["unit"] == "MWh");
  CHECK(energy["values"][0]["value"] == 1200.0);
  CHECK(energy["values"][1]["change"]["difference"]["least"] == -300.0);
  CHECK(energy["values"][1]["change"]["percent"]["most"] == -25.0);
  CHECK(energy["values"][1]["change"]["verdict"].is_null());
  CHECK(metric_named(compared["network"], "queue_time_median")["values"][1]["change"]["verdict"] == "worse");
  CHECK(metric_named(compared["network"], "queue_time_p95")["values"][1]["lower_bound"] == true);
  REQUIRE(compared["sites"].size() == 3);
  CHECK(compared["sites"][2]["name"] == "lisbon");
  const auto lisbon = metric_named(compared["sites"][2]["metrics"], "jobs_submitted");
  CHECK(lisbon["values"][0]["value"].is_null());
  CHECK(lisbon["values"][1]["value"] == 0);
  CHECK(lisbon["values"][1]["change"].is_null());
  CHECK(compared.contains("access_classes"));
  CHECK(compared.contains("labels"));
}

TEST_CASE("CSV has one row per metric with full values", "[report][compare]") {
  const std::string text = compare(two_results(), Format::kCsv, {});
  CHECK(text.starts_with(
      "metric,unit,results/base,results/base lower_bound,results/base at_most,results/other,results/other lower_bound,"
      "results/other at_most,results/other difference least,results/other difference most,results/other percent least,"
      "results/other percent most,results/other verdict\n"));
  CHECK(line_with(text, "energy,MWh") == "energy,MWh,1200,false,,900,false,,-300,-300,-25,-25,");
}

TEST_CASE("a group takes the place of the network, and one that is not there is told with the nearest",
          "[report][compare]") {
  Summary summary = two_results().back();
  const auto figures = summary.groups.front().back().figures;  // of the site lisbon
  show_group(summary, "site=lisbon");
  CHECK(summary.network.figures == figures);
  CHECK_THAT(summary.scenario, Catch::EndsWith(", site=lisbon"));
  CHECK_THROWS_WITH(show_group(summary, "site=lisbo"),
                    "results/other: there is no group \"site=lisbo\" (did you mean \"site=lisbon\"?)");
}

TEST_CASE("one result alone is shown without differences", "[report][compare]") {
  const auto one = std::vector<Summary>{two_results().front()};
  CHECK_THAT(compare(one, Format::kTable, {}), Contains("utilisation") && !Contains("change"));
  CHECK_THAT(compare(one, Format::kMarkdown, {}), Contains("| utilisation |"));
}
