#include "gigasim/catalogue/cost.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "gigasim/catalogue/catalogue.hpp"

using namespace gigasim::catalogue;

TEST_CASE("a cost parameter is looked up in the country, then the EU, then the world", "[catalogue][cost]") {
  CHECK(find_cost_parameter("electricity_price", "FI")->best == 50.0);
  CHECK(find_cost_parameter("land_price", "PT")->region == "EU");
  CHECK(find_cost_parameter("residual_it", "PT")->region == "world");
  CHECK(find_cost_parameter("electricity", "FI") == nullptr);
}

TEST_CASE("every cost parameter has a value in every country, within its bounds", "[catalogue][cost]") {
  for (const CostParameter& row : cost_parameters()) {
    INFO(row.row->id());
    CHECK(row.row->id() == row.parameter + "/" + row.region);
    CHECK(row.low <= row.best);
    CHECK(row.best <= row.high);
    CHECK((row.region == "EU" || row.region == "world" || find_country(row.region) != nullptr));
  }
  for (const CostParameter& row : cost_parameters()) {
    if (row.role == CostParameter::Role::kFact) continue;
    for (const Country& country : countries()) {
      INFO(row.parameter << " in " << country.code);
      CHECK(find_cost_parameter(row.parameter, country.code) != nullptr);
    }
  }
}

TEST_CASE("the rows of a cost parameter have one unit", "[catalogue][cost]") {
  std::map<std::string, std::string> units;
  for (const CostParameter& row : cost_parameters()) {
    CHECK(units.try_emplace(row.parameter, row.unit).first->second == row.unit);
  }
}

TEST_CASE("systems are of accelerators that exist", "[catalogue][cost]") {
  for (const CostParameter& row : cost_parameters()) {
    CHECK(row.accelerators.empty() == (row.per_system == 0.0));
    for (const std::string& id : row.accelerators) CHECK(find_accelerator(id)->id == id);
  }
}

TEST_CASE("contracts name accelerators and countries that exist, and divide what they divide", "[catalogue][cost]") {
  for (const ContractAnchor& anchor : contract_anchors()) {
    INFO(anchor.id);
    if (!anchor.accelerator.empty()) CHECK(find_accelerator(anchor.accelerator)->id == anchor.accelerator);
    const bool known = find_country(anchor.country) != nullptr;
    CHECK((known || anchor.country == "EU" || anchor.country == "US" || anchor.country == "world"));
    if (anchor.eur_per_accelerator) {
      CHECK(*anchor.eur_per_accelerator == Approx(*anchor.amount_meur * 1e6 / *anchor.count).epsilon(1e-4));
    }
  }
}

TEST_CASE("shares of a programme lie in their bounds", "[catalogue][cost]") {
  for (const FundingRule& rule : funding_rules()) {
    INFO(rule.id);
    if (rule.of_site_cost) {
      CHECK(rule.share_default);
      CHECK(*rule.share_default >= rule.share_min.value_or(0.0));
      CHECK(*rule.share_default <= rule.share_max.value_or(1.0));
    }
  }
}
