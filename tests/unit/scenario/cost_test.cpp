#include <algorithm>
#include <catch2/catch.hpp>

#include "gigasim/scenario/cost_settings.hpp"
#include "scenario_files.hpp"

using namespace gigasim::scenario;
using Messages = std::vector<std::string>;

namespace {

const CostValue& cost_of(const std::vector<CostValue>& values, const std::string& parameter) {
  const auto found =
      std::find_if(values.begin(), values.end(), [&](const CostValue& value) { return value.parameter == parameter; });
  REQUIRE(found != values.end());
  return *found;
}

Scenario set_to(const std::string& path, const std::string& value) {
  return load_text(simple(), {"", {{path, value}}}).scenario;
}

Messages settings_complaints(const std::string& path, const std::string& value) {
  try {
    static_cast<void>(read_cost_settings({"athens", "sparta"}, {{path, value}}));
  } catch (const ScenarioError& error) {
    return error.messages();
  }
  return {};
}

}  // namespace

TEST_CASE("figures of the cost model are read in the unit of their parameter", "[scenario][cost]") {
  const auto scenario =
      set_to("cost",
             "{ discount_rate: 4 %, life_it: 4 a, electricity_price: 7 ct/kWh, building_price: 9500 kEUR/MW, "
             "staff_cost: 0.1 MEUR/a, it_overhead_factor: 1.1, usd_per_eur: 1.2 USD/EUR, land_area: 0.3 ha/MW, "
             "system_price_gb300_nvl72: 4 MUSD }");
  CHECK(cost_of(scenario.cost, "discount_rate").best == 0.04);
  CHECK(cost_of(scenario.cost, "life_it").best == 4.0);
  CHECK(cost_of(scenario.cost, "electricity_price").best == Approx(70.0).epsilon(1e-12));  // EUR/MWh
  CHECK(cost_of(scenario.cost, "building_price").best == Approx(9.5).epsilon(1e-12));      // MEUR/MW
  CHECK(cost_of(scenario.cost, "staff_cost").best == 100000.0);
  CHECK(cost_of(scenario.cost, "it_overhead_factor").best == 1.1);
  CHECK(cost_of(scenario.cost, "usd_per_eur").best == 1.2);
  CHECK(cost_of(scenario.cost, "land_area").best == 0.3);
  CHECK(cost_of(scenario.cost, "system_price_gb300_nvl72").best == 4e6);
  CHECK(std::is_sorted(scenario.cost.begin(), scenario.cost.end(),
                       [](const CostValue& a, const CostValue& b) { return a.parameter < b.parameter; }));
}

TEST_CASE("a figure without a range has itself as both bounds, one with a range has those", "[scenario][cost]") {
  const auto scenario = set_to("cost", "{ life_it: { best: 5 a, low: 4 a, high: 7 a }, life_grid: 30 a }");
  CHECK(cost_of(scenario.cost, "life_it") == CostValue{"life_it", "a", 5.0, 4.0, 7.0});
  CHECK(cost_of(scenario.cost, "life_grid") == CostValue{"life_grid", "a", 30.0, 30.0, 30.0});
}

TEST_CASE("a site may state its capital and the price of its accelerators", "[scenario][cost]") {
  const auto site = set_to("sites[athens].cost", "{ capex: 6 GEUR, system_price: 42 kEUR }").sites[0];
  CHECK(cost_of(site.cost, "capex").best == 6e9);
  CHECK(cost_of(site.cost, "system_price").best == 42e3);
}

TEST_CASE("what the stated shares leave is private", "[scenario][cost]") {
  CHECK(set_to("sites[athens].shares", "{ eu: 17 %, national: 18 %, private: 65 % }").sites[0].shares ==
        FundingShares{0.17, 0.18, 0.65});
  const auto rest = set_to("sites[athens].shares", "{ eu: 25 %, national: 25 % }").sites[0].shares;
  CHECK(rest == FundingShares{0.25, 0.25, 0.5});
  CHECK(set_to("sites[athens].shares", "{ national: 100 % }").sites[0].shares == FundingShares{0.0, 1.0, 0.0});
  CHECK_FALSE(load_text(simple()).scenario.sites[0].shares);
}

TEST_CASE("a variant replaces single figures of the cost model", "[scenario][cost]") {
  const std::string text =
      simple() + "cost: { life_it: 4 a, discount_rate: 3 % }\nvariants: { dear: { cost: { discount_rate: 8 % } } }\n";
  const auto scenario = load_text(text, {"dear", {}}).scenario;
  CHECK(cost_of(scenario.cost, "discount_rate").best == 0.08);
  CHECK(cost_of(scenario.cost, "life_it").best == 4.0);
}

TEST_CASE("a scenario with cost keys prints and loads as the same", "[scenario][cost]") {
  const auto loaded =
      load_text(simple(), {"",
                           {{"cost", "{ life_it: { best: 5 a, low: 4 a, high: 7 a }, discount_rate: 4.5 % }"},
                            {"sites[athens].shares", "{ eu: 17.3 %, national: 18 % }"},
                            {"sites[athens].cost", "{ capex: 1.25 GEUR, electricity_price: 71.3 EUR/MWh }"}}});
  CHECK(load_text(to_yaml(loaded)).scenario == loaded.scenario);
}

TEST_CASE("settings after a run are read as in a scenario", "[scenario][cost]") {
  const auto settings =
      read_cost_settings({"athens", "sparta"}, {{"cost.discount_rate", "5 %"},
                                                {"sites[sparta].cost.capex", "1 GEUR"},
                                                {"sites[athens].shares", "{ eu: 40 %, national: 60 % }"}});
  CHECK(settings.cost == std::vector<CostValue>{{"discount_rate", "1/a", 0.05, 0.05, 0.05}});
  REQUIRE(settings.sites.size() == 2);
  CHECK(settings.sites[0].shares == FundingShares{0.4, 0.6, 0.0});
  CHECK(settings.sites[1].cost == std::vector<CostValue>{{"capex", "EUR", 1e9, 1e9, 1e9}});
  CHECK(read_cost_settings({}, {}).cost.empty());
}

TEST_CASE("mistakes in settings after a run have the setting as their place", "[scenario][cost]") {
  CHECK(
      settings_complaints("cost.discont_rate", "5 %") ==
      Messages{"--set cost.discont_rate=5 %: cost.discont_rate: unknown parameter (did you mean \"discount_rate\"?)"});
  CHECK(
      settings_complaints("cost.discount_rate", "5") ==
      Messages{"--set cost.discount_rate=5: cost.discount_rate: needs the sign %, got 5 (write for example \"80 %\")"});
  CHECK(settings_complaints("cost.utilisation", "60 %") ==
        Messages{"--set cost.utilisation=60 %: cost.utilisation: follows from the run, so that there is nothing to "
                 "state"});
  CHECK(settings_complaints("sites[athen].cost.capex", "1 GEUR") ==
        Messages{"--set sites[athen].cost.capex=1 GEUR: sites: there is no item \"athen\" (did you mean \"athens\"?)"});
  CHECK(
      settings_complaints("sites[athens].shares", "{ eu: 60 %, national: 50 % }") ==
      Messages{"--set sites[athens].shares={ eu: 60 %, national: 50 % }: sites[athens].shares: the payers' shares sum "
               "to 110 %, which is more than 100 %"});
  CHECK(settings_complaints("life_it", "4 a") ==
        Messages{"--set life_it=4 a: life_it: unknown key (did you mean \"cost.life_it\"?)"});
  CHECK(settings_complaints("period.length", "1 d") ==
        Messages{"--set period.length=1 d: period: unknown key (known: cost, sites)"});
}
