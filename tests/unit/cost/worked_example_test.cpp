#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "example_site.hpp"
#include "formulas.hpp"

using namespace gigasim::cost;

namespace {

struct Step {
  std::string quantity;
  double fi = 0.0, de = 0.0;
};

/// The steps of the example, worked outside this program: step, quantity, unit, FI, DE.
std::vector<Step> steps() {
  std::ifstream file{GIGASIM_SOURCE_DIR "/tests/unit/cost/worked_example.csv"};
  std::vector<Step> read;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells{line};
    std::string number, unit, fi, de;
    Step step;
    std::getline(cells, number, ',');
    std::getline(cells, step.quantity, ',');
    std::getline(cells, unit, ',');
    std::getline(cells, fi, ',');
    std::getline(cells, de, ',');
    step.fi = std::stod(fi);
    step.de = std::stod(de);
    read.push_back(step);
  }
  return read;
}

using Quantities = std::map<std::string, double>;

Quantities reckoned(const std::string& country) {
  const SiteFacts site = example_site(country);
  const auto set = parameters_for(country, {});
  const Parameters& p = set.best;
  const std::vector<PriceBasis> prices{price_basis(site.partitions[0], country)};
  const Costs c = costs_of(site, prices, p);
  Quantities q;
  q["h100e"] = c.h100_equivalents;
  q["it_mw"] = c.it_mw;
  q["system_eur_per_gpu"] = system_eur(prices[0], site.partitions[0], p);
  q["systems"] = c.systems;
  q["network"] = c.network;
  q["storage"] = c.storage;
  q["integration"] = c.integration;
  q["IT"] = c.it();
  q["it_eur_per_gpu"] = c.it() / 40000.0;
  q["building"] = c.building;
  q["connection_mw"] = c.connection_mw;
  q["grid"] = c.grid;
  q["land"] = c.land;
  q["capex"] = c.capex();
  q["capex_eur_per_h100e"] = c.capex() / c.h100_equivalents;
  q["capex_meur_per_mw"] = c.capex() / 1e6 / c.it_mw;
  q["crf_it"] = capital_recovery(p.discount_rate, p.life_it);
  q["crf_b"] = capital_recovery(p.discount_rate, p.life_building);
  q["crf_g"] = capital_recovery(p.discount_rate, p.life_grid);
  q["aIT"] = c.it_capital;
  q["aB"] = c.building_capital;
  q["aG"] = c.grid_capital;
  q["aL"] = c.land_capital;
  q["acap"] = c.capital();
  q["load_factor"] = c.energy_it_mwh / (c.it_mw * 8760.0);
  q["Eit"] = c.energy_it_mwh;
  q["Efac"] = c.energy_mwh;
  q["electricity"] = c.electricity;
  q["maint_it"] = c.maintenance_it;
  q["software"] = c.software;
  q["maint_b"] = c.maintenance_building;
  q["insurance"] = c.insurance;
  q["fte"] = c.staff_fte;
  q["staff"] = c.staff;
  q["water"] = c.water;
  q["nren"] = c.network_fee;
  q["opex"] = c.operation();
  q["total"] = c.total();
  q["avail_h"] = c.available_hours;
  q["deliv_h"] = c.delivered_hours;
  q["eur_avail"] = c.total() / c.available_hours;
  q["eur_deliv"] = c.total() / c.delivered_hours;
  return q;
}

}  // namespace

TEST_CASE("every step of the worked example comes out for Finland and for Germany", "[cost][example]") {
  const auto all = steps();
  const Quantities fi = reckoned("FI");
  const Quantities de = reckoned("DE");
  REQUIRE(all.size() == 42);
  for (const Step& step : all) {
    INFO(step.quantity);
    // The file has six decimals, which is coarser than 1e-6 for the smallest steps (0.070952): half of the last digit.
    CHECK(fi.at(step.quantity) == Approx(step.fi).epsilon(1e-6).margin(0.5e-6));
    CHECK(de.at(step.quantity) == Approx(step.de).epsilon(1e-6).margin(0.5e-6));
  }
}

TEST_CASE("the assessment of the example's sites has the same totals", "[cost][example]") {
  const Assessment both = assess_sites({example_site("FI"), example_site("DE")});
  CHECK(*both.sites[0].eur_per_delivered_hour == Approx(0.979291).margin(0.5e-6));
  CHECK(*both.sites[1].eur_per_delivered_hour == Approx(1.043814).margin(0.5e-6));
  CHECK(both.sites[0].capex_total.in_base_units() == Approx(2933477602.396935).epsilon(1e-9));
  CHECK(both.sites[1].operation_total.in_base_units() == Approx(183000593.964070).epsilon(1e-9));
}

TEST_CASE("capital is recovered in equal payments, also at a rate of nothing", "[cost][example]") {
  CHECK(capital_recovery(0.0, 5.0) == 0.2);
  // One year later all comes back with its interest.
  CHECK(capital_recovery(0.05, 1.0) == Approx(1.05).epsilon(1e-12));
  // What is left at the end, all of it, leaves the interest to pay.
  CHECK(annuity(100.0, 1.0, 0.05, 7.0) == Approx(5.0).epsilon(1e-12));
}

TEST_CASE("the rate moves the example as it was reckoned elsewhere", "[cost][example]") {
  // EUR per delivered hour at 0, 3 and 7 %, from the note on the worked example.
  const auto at = [](const char* country, double rate) {
    return *assess({{example_site(country)}, {}}, {{{"discount_rate", {rate, rate, rate}}}})
                .sites[0]
                .eur_per_delivered_hour;
  };
  CHECK(at("FI", 0.00) == Approx(0.845).margin(0.0005));
  CHECK(at("FI", 0.03) == Approx(0.924).margin(0.0005));
  CHECK(at("FI", 0.07) == Approx(1.037).margin(0.0005));
  CHECK(at("DE", 0.00) == Approx(0.906).margin(0.0005));
  CHECK(at("DE", 0.03) == Approx(0.987).margin(0.0005));
  CHECK(at("DE", 0.07) == Approx(1.103).margin(0.0005));
}
