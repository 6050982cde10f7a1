#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "gigasim/cost/assess.hpp"
#include "gigasim/report/cost.hpp"
#include "gigasim/report/html.hpp"
#include "gigasim/report/report.hpp"
#include "sample_results.hpp"
#include "scratch.hpp"

using namespace gigasim;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

/// A result as JSON: the sample's figures, with what a test adds.
class WrittenResult {
 public:
  explicit WrittenResult(const json& added) {
    json results = json::parse(report::to_json(sample::results()));
    results.erase("regional");
    results.erase("provenance");
    results.erase("platform");
    results.update(added);
    std::ofstream{path()} << results;
  }
  [[nodiscard]] std::filesystem::path path() const { return scratch_ / "results.json"; }
  [[nodiscard]] std::string page() const {
    report::HtmlReport html;
    html.add(path());
    return html.page();
  }

 private:
  sample::Scratch scratch_;
};

json country(const char* code, double per_million, bool host) {
  return {{"name", code},
          {"host", host},
          {"cohesion", !host},
          {"h100_equivalent_hours", per_million * 5.0},
          {"h100_equivalent_hours_per_million_inhabitants", per_million},
          {"asked", {{"at_home_share", host ? 0.75 : 0.0}, {"not_served_share", 0.125}}}};
}

/// A gigafactory of 1,000 accelerators of 2.5 H100 equivalents, with a fifth of a year of use.
json giga() {
  return json::parse(R"json({
    "period": {"start": "2026-12-31T00:00:00Z", "results_begin": "2027-01-01T00:00:00Z",
               "results_end": "2027-03-15T00:00:00Z", "results_begin_s": 86400, "results_end_s": 6393600},
    "platform": {"sites": [
      {"name": "giga", "title": "Giga", "kind": "gigafactory", "country": "FI", "pue": 1.1, "latitude_deg": 60.2,
       "longitude_deg": 24.9, "connection_mw": null, "labels": {}, "shares": null, "cost": [],
       "partitions": [{"name": "p", "accelerator": "GB300-NVL72", "count": 1000, "h100_equivalent": 2.5,
         "full_power_w": 1880, "online": null, "offline": null, "steps": [{"from": null, "accelerators": 1000}]}]}]},
    "cost": [],
    "sites": [
      {"name": "giga", "energy_it_mwh": 3000, "energy_mwh": 3300, "h100_equivalent_hours_available": 4380000,
       "h100_equivalent_hours": 3000000, "accelerator_hours": 1200000, "lower_bounds": []}]})json");
}

}  // namespace

TEST_CASE("countries of the users are drawn by hours per inhabitant, most first", "[report][html]") {
  const json regional = {{"countries", {country("PT", 1000.0, false), country("FI", 4000.0, true)}},
                         {"groups", json::array()},
                         {"equality", {{"gini", 0.25}}}};
  const std::string page = WrittenResult{{{"regional", regional}}}.page();
  CHECK_THAT(page, Contains("<section id=\"balance\""));
  const std::size_t finland = page.find(">Finland</text>");
  REQUIRE(finland != std::string::npos);
  CHECK(finland < page.find(">Portugal</text>"));
  CHECK_THAT(page, Contains("width=\"100.00%\""));  // 4,000 is the end of its axis
  CHECK_THAT(page, Contains("width=\"25.00%\""));
  CHECK_THAT(page, Contains("75.0 %"));  // served at home
  CHECK_THAT(page, Contains("<td>host</td>"));
  CHECK_THAT(page, Contains("0.250"));  // Gini
  CHECK_THAT(WrittenResult(json::object()).page(), !Contains("<section id=\"balance\""));
}

TEST_CASE("what the capacity rests on is told where the results know it", "[report][html]") {
  const json provenance = {
      {"capacity", {{{"basis", "published"}, {"share", 0.75}}, {{"basis", "own"}, {"share", 0.25}}}}};
  const std::string page = WrittenResult{{{"provenance", provenance}}}.page();
  CHECK_THAT(page, Contains("<th scope=\"row\">published</th><td class=\"n\">75.0 %</td>"));
}

TEST_CASE("time to access is drawn for groups that have projects", "[report][html]") {
  // Decision 2 d and onboarding 18 d: the strong bar ends at 20 d of 40 d, half of the axis; the queue makes 30 d of
  // it.
  json applied = json::parse(report::to_json(sample::results()))["access_classes"][0];
  applied["projects"] = 12;
  applied["projects_waiting"] = 3;
  applied["decision_time_s"] = {{"mean", 2.0 * 86400.0}};
  applied["onboarding_time_s"] = {{"mean", 18.0 * 86400.0}, {"p95", 20.0 * 86400.0}};
  applied["time_to_access_s"] = {{"mean", 30.0 * 86400.0}, {"median", 30.0 * 86400.0}, {"p95", 40.0 * 86400.0}};
  const std::string page = WrittenResult{{{"access_classes", {applied}}}}.page();
  CHECK_THAT(page, Contains("<section id=\"access\""));
  CHECK_THAT(page, Contains("decision 48.0 h") || Contains("decision 2.0 d"));
  CHECK_THAT(page, Contains("in all 30.0 d"));
  CHECK_THAT(page, Contains("width=\"66.67%\""));  // 20 d of 30 d, the end of the axis
  CHECK_THAT(WrittenResult(json::object()).page(), !Contains("<section id=\"access\""));
}

TEST_CASE("costs are those of the cost model", "[report][html]") {
  const WrittenResult result{giga()};
  const report::CostInput input = report::read_cost_input(result.path());
  const cost::Assessment assessment = cost::assess(input.facts, input.assumptions);
  REQUIRE(assessment.network.eur_per_delivered_hour);
  const std::string page = result.page();
  CHECK_THAT(page, Contains("<section id=\"cost\""));
  CHECK_THAT(page, Contains(fmt::format(">{:.2f} EUR</text>", *assessment.network.eur_per_delivered_hour)) ||
                       Contains(fmt::format("</tspan>{:.2f} EUR</text>", *assessment.network.eur_per_delivered_hour)));
  CHECK_THAT(page, Contains("Who pays"));
}

// 1,000 H100-equivalent hours were lost to delays: they cost what 1,000 of the available ones do.
TEST_CASE("what delays cost is said where results are compared", "[report][html]") {
  json late = giga();
  late["sites"][0]["h100_equivalent_hours_lost_to_delay"] = 1000;
  late["network"] = json::parse(report::to_json(sample::results()))["network"];
  late["network"]["h100_equivalent_hours_lost_to_delay"] = 1000;
  const WrittenResult result{late};
  const auto in_time = result.path().parent_path() / "in-time.json";
  json other = json::parse(std::ifstream{result.path()});
  other["scenario"]["variant"] = "in-time";
  other["sites"][0]["h100_equivalent_hours_lost_to_delay"] = 0;
  other["network"]["h100_equivalent_hours_lost_to_delay"] = 0;
  std::ofstream{in_time} << other;
  const report::CostInput input = report::read_cost_input(result.path());
  const auto of_an_hour = cost::assess(input.facts, input.assumptions).network.eur_per_available_hour;
  REQUIRE(of_an_hour);
  const double euros = 1000.0 * *of_an_hour;
  REQUIRE(euros >= 1e3);
  REQUIRE(euros < 1e4);
  report::HtmlReport html;
  html.add(result.path());
  html.add(in_time);
  const std::string page = html.page();
  const std::string sentence = "cost of an available hour these delays cost ";
  const std::size_t said = page.find(sentence);
  REQUIRE(said != std::string::npos);
  const std::string cost = page.substr(said + sentence.size(), 40);
  CHECK(std::stod(cost) == Approx(euros / 1e3).epsilon(0.01));
  CHECK_THAT(cost, Contains("kEUR in "));
  CHECK_THAT(cost, !Contains("in-time"));  // which lost nothing
}

TEST_CASE("costs that cannot be reckoned say why, and a result without a platform has none", "[report][html]") {
  json broken = giga();
  broken["platform"]["sites"][0]["partitions"][0]["count"] = "many";
  CHECK_THAT(WrittenResult{broken}.page(), Contains("costs cannot be computed: ") && Contains("count of"));
  CHECK_THAT(WrittenResult(json::object()).page(), !Contains("<section id=\"cost\""));
}

TEST_CASE("machines that follow each other at a site are not counted twice", "[report][html]") {
  json grown = giga();  // results end on 15 March 2027
  json& partition = grown["platform"]["sites"][0]["partitions"];
  partition[0]["steps"] = {{{"from", nullptr}, {"accelerators", 500}},
                           {{"from", "2027-02-01T00:00:00Z"}, {"accelerators", 1000}},
                           {{"from", "2027-04-01T00:00:00Z"}, {"accelerators", 4000}}};
  json old = partition[0];
  old["steps"] = {{{"from", nullptr}, {"accelerators", 300}}, {{"from", "2027-02-01T00:00:00Z"}, {"accelerators", 0}}};
  partition.push_back(old);
  const std::string page = WrittenResult{grown}.page();
  CHECK_THAT(page, Contains("giga with 2,500"));  // 1,000 accelerators of 2.5 H100 equivalents
}
