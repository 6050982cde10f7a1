#include "gigasim/report/cost.hpp"

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

using namespace gigasim;
namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// Results of 73 d, a fifth of a year: a gigafactory that grows in the middle, an antenna, a site that is never built.
Json results() {
  Json root = Json::parse(R"json({
    "schema_version": 1, "complete": true, "network": {},
    "scenario": {"name": "two", "variant": "v"},
    "period": {"results_begin": "2027-01-01T00:00:00Z", "results_begin_s": 86400, "results_end_s": 6393600},
    "platform": {"sites": [
      {"name": "giga", "title": "Giga", "kind": "gigafactory", "country": "FI", "pue": 1.1,
       "shares": {"eu": 0.3, "national": 0.2, "private": 0.5},
       "cost": [{"parameter": "electricity_price", "unit": "EUR/MWh", "best": 40, "low": 40, "high": 40}],
       "partitions": [{"name": "p", "accelerator": "GB300-NVL72", "count": 1000, "h100_equivalent": 2.528,
         "full_power_w": 1880, "steps": [{"from": "2026-06-01T00:00:00Z", "accelerators": 500},
                                         {"from": "2027-02-06T12:00:00Z", "accelerators": 1000}]}]},
      {"name": "hut", "title": "Hut", "kind": "antenna", "country": "MT", "pue": 1.2, "shares": null, "cost": [],
       "partitions": []},
      {"name": "dream", "title": "", "kind": "factory", "country": "DE", "pue": 1.2, "shares": null, "cost": [],
       "partitions": [{"name": "p", "accelerator": "GH200-96", "count": 10, "h100_equivalent": 1,
         "full_power_w": 740, "steps": []}]}]},
    "cost": [{"parameter": "life_it", "unit": "a", "best": 4, "low": 3, "high": 5}],
    "sites": [
      {"name": "giga", "energy_it_mwh": 1000, "energy_mwh": 1100, "h100_equivalent_hours_available": 3000000,
       "h100_equivalent_hours": 2000000, "accelerator_hours": 800000, "h100_equivalent_hours_lost_to_delay": 50000},
      {"name": "dream", "energy_it_mwh": 0, "energy_mwh": 0, "h100_equivalent_hours_available": 0,
       "h100_equivalent_hours": 0, "accelerator_hours": 0}],
    "access_classes": [{"name": "gigafactory_public", "h100_equivalent_hours": 1500000},
                       {"name": "gigafactory_private", "h100_equivalent_hours": 500000}]})json");
  return root;
}

/// Results in a file that goes away with the test.
class ResultFile {
 public:
  explicit ResultFile(const Json& root)
      : path_(fs::temp_directory_path() / ("gigasim-cost-test-" + std::to_string(::getpid()) + ".root")) {
    std::ofstream{path_, std::ios::binary} << root.dump();
  }
  ~ResultFile() { fs::remove(path_); }
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

report::CostInput input_of(const Json& root) {
  return report::read_cost_input(ResultFile{root}.path());
}

void check_refused_costs(const Json& root, const std::string& problem) {
  const ResultFile file{root};
  CHECK_THROWS_WITH(report::read_cost_input(file.path()), file.path().string() + ": " + problem);
}

std::string text_of(const Json& root, report::Format format) {
  const report::CostInput input = input_of(root);
  return report::to_text(input, cost::assess(input.facts, input.assumptions), format, {});
}

}  // namespace

TEST_CASE("results are read as the facts of the cost model", "[report][cost]") {
  const report::CostInput input = input_of(results());
  CHECK(input.scenario == "two");
  CHECK(input.period_days == 73.0);
  CHECK(report::site_names(input) == std::vector<std::string>{"giga", "hut", "dream"});
  const cost::SiteFacts& giga = input.facts.sites[0];
  CHECK(giga.use->period_hours == 1752.0);
  CHECK(giga.use->energy_mwh == 1100.0);
  CHECK(giga.use->h100_equivalent_hours_lost == 50000.0);
  CHECK(giga.shares == cost::Shares{0.3, 0.2, 0.5});
  CHECK(giga.overrides.at("electricity_price") == cost::Value{40.0, 40.0, 40.0});
  CHECK(input.assumptions.overrides.at("life_it") == cost::Value{4.0, 3.0, 5.0});
  // 36.5 of 73 d after the beginning; what came before it holds from the beginning on.
  REQUIRE(giga.partitions[0].online.size() == 2);
  CHECK(giga.partitions[0].online[0].moment == 0.0);
  CHECK(giga.partitions[0].online[1].moment == Approx(0.5).epsilon(1e-12));
  CHECK(input.facts.access_classes.size() == 2);
}

TEST_CASE("the costs of a result are those of its facts, by the year", "[report][cost]") {
  const report::CostInput input = input_of(results());
  const cost::Assessment all = cost::assess(input.facts, input.assumptions);
  REQUIRE(all.sites.size() == 1);  // the antenna and what is never built cost nothing
  const cost::SiteCost& giga = all.sites[0];
  // 73 d are a fifth of 8,760 h: 2,000,000 h x 5, 1,100 MWh x 1.08 x 5 x (40 + 21.9) EUR/MWh.
  CHECK(giga.delivered_hours == Approx(1e7).epsilon(1e-12));
  CHECK(giga.operation[0].amount.in_base_units() == Approx(1100.0 * 1.08 * 5.0 * 61.9).epsilon(1e-12));
  // 750 of 1,000 accelerators in the mean: 3/4 of the yearly cost of IT over 4 years at 5 %, 5 % left.
  const double it = 1000.0 * 3.5e6 / 72.0 / 1.16 * 1.19 * 1.04;
  const double factor = 0.05 * 1.21550625 / 0.21550625;  // 1.05^4 = 1.21550625
  CHECK(giga.capital[0].amount.in_base_units() == Approx(0.75 * it * (1.0 - 0.05 / 1.21550625) * factor).epsilon(1e-9));
  CHECK(*giga.hours_lost == 50000.0);
  CHECK(all.public_share_of_delivered == 0.75);
}

TEST_CASE("tokens served are priced by the hours of the replicas", "[report][cost]") {
  Json root = results();
  root["sites"][0]["inference_h100_equivalent_hours"] = 400000;
  root["sites"][0]["requests"] = {{"input_tokens", 3e9}, {"output_tokens", 1e9}};
  const ResultFile file(root);
  const report::CostInput input = report::read_cost_input(file.path());
  const cost::Assessment assessment = cost::assess(input.facts, input.assumptions);
  const cost::SiteCost& giga = assessment.sites[0];
  // 400,000 h at the price of an hour, over 1,000 million tokens of answers, or 4,000 million in all.
  CHECK(*giga.eur_per_million_output_tokens == Approx(400.0 * *giga.eur_per_delivered_hour));
  CHECK(*giga.eur_per_million_tokens_served == Approx(100.0 * *giga.eur_per_delivered_hour));
  const Json told = Json::parse(text_of(root, report::Format::kJson));
  CHECK(told["network"]["output_tokens_served_per_year"].get<double>() == Approx(5e9));  // 73 d are a fifth of a year
}

TEST_CASE("settings come over what the scenario states", "[report][cost]") {
  report::CostInput input = input_of(results());
  report::apply(scenario::read_cost_settings(report::site_names(input), {{"cost.life_it", "6 a"},
                                                                         {"sites[giga].cost.capex", "1 GEUR"},
                                                                         {"sites[giga].shares", "{ eu: 10 % }"}}),
                input);
  CHECK(input.assumptions.overrides.at("life_it").best == 6.0);
  CHECK(input.facts.sites[0].overrides.at("capex").best == 1e9);
  CHECK(input.facts.sites[0].shares == cost::Shares{0.1, 0.0, 0.9});
  CHECK(input.facts.sites[0].overrides.at("electricity_price").best == 40.0);
}

TEST_CASE("a result that cannot be reckoned with is refused in one line", "[report][cost]") {
  Json root = results();
  root.erase("platform");
  check_refused_costs(root, "has no platform.sites: an earlier gigasim wrote it, run the scenario again");
  root = results();
  root["period"]["results_end_s"] = 86400;
  check_refused_costs(root, "the results period is empty: it cannot be scaled to a year");
  root = results();
  root["platform"]["sites"][0]["partitions"][0]["count"] = "many";
  check_refused_costs(root, "count of \"p\" is not a number");
  root = results();
  root["sites"].erase(0);
  check_refused_costs(root, "sites has no results of \"giga\"");
}

TEST_CASE("costs as JSON hold the totals and the sum of their components", "[report][cost]") {
  const Json root = Json::parse(text_of(results(), report::Format::kJson));
  const Json& giga = root["sites"][0];
  double capex = 0.0;
  for (const auto& [name, amount] : giga["capex_eur"].items()) {
    if (name != "total") capex += amount.get<double>();
  }
  CHECK(capex == Approx(giga["capex_eur"]["total"].get<double>()).epsilon(1e-12));
  CHECK(giga["payers"]["eu"]["share_of_capital"] == 0.3);
  CHECK(giga["eur_per_delivered_h100_equivalent_hour"].get<double>() ==
        Approx(giga["total_eur_per_year"].get<double>() / 1e7).epsilon(1e-12));
  CHECK(giga["warnings"].size() == 4);  // 30 % EU, 50 % public, 50 % private, 20 % national below 30 %
  CHECK(root["network"]["warnings"][0].get<std::string>().starts_with("giga: the EU's share of 30 %"));
}

TEST_CASE("costs as CSV have one row for the network and one per site", "[report][cost]") {
  const std::string csv = text_of(results(), report::Format::kCsv);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 3);
  CHECK(csv.starts_with("group,name,country,kind,accelerators,"));
  CHECK(csv.find("\nsite,giga,FI,gigafactory,1000,2528,") != std::string::npos);
}

TEST_CASE("costs for people say what an hour costs and which rules are not kept", "[report][cost]") {
  const std::string table = text_of(results(), report::Format::kTable);
  CHECK(table.starts_with("Costs of two, variant v, from 73 d of results\n1 site with 2,528 H100 equivalents"));
  CHECK(table.find("A delivered H100-equivalent-hour costs") != std::string::npos);
  CHECK(table.find("Funding rules that are not kept") != std::string::npos);
  CHECK(
      text_of(results(), report::Format::kMarkdown).starts_with("## Costs of two, variant v, from 73 d of results\n"));
}

TEST_CASE("a result without machines costs nothing, and says so", "[report][cost]") {
  Json root = results();
  root["platform"]["sites"].erase(0);
  CHECK(text_of(root, report::Format::kTable).find("nothing costs anything") != std::string::npos);
  CHECK(Json::parse(text_of(root, report::Format::kJson))["sites"].empty());
}
