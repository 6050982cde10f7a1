#include <catch2/catch.hpp>
#include <string>

#include "example_site.hpp"

using namespace gigasim::cost;

namespace {

SiteCost funded(const char* kind, std::optional<Shares> shares) {
  SiteFacts site = example_site("FI");
  site.kind = kind;
  site.shares = shares;
  return assess_sites({site}).sites[0];
}

}  // namespace

TEST_CASE("the example's gigafactories are paid 17, 18 and 65 % by default", "[cost][funding]") {
  const Assessment both = assess_sites({example_site("FI"), example_site("DE")});
  // MEUR of capex, from the note on the worked example.
  const double fi[] = {498.69, 528.03, 1906.76};
  const double de[] = {511.53, 541.62, 1955.85};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(both.sites[0].payments[i].capex.in_base_units() / 1e6 == Approx(fi[i]).margin(0.005));
    CHECK(both.sites[1].payments[i].capex.in_base_units() / 1e6 == Approx(de[i]).margin(0.005));
  }
  CHECK(*both.sites[0].public_eur_per_public_hour == Approx(0.6159).margin(0.00005));
  CHECK(*both.sites[1].public_eur_per_public_hour == Approx(0.6221).margin(0.00005));
  CHECK(both.sites[0].warnings.empty());
}

TEST_CASE("each kind of site is paid by the rules of its programme", "[cost][funding]") {
  const SiteCost factory = funded("factory", std::nullopt);
  CHECK(factory.programme == "ai_factory");
  CHECK(factory.payments[0].share == 0.5);
  CHECK(factory.payments[1].share == 0.5);
  CHECK(factory.payments[2].share == 0.0);
  // The Union pays half of operation too: half of all.
  CHECK(factory.eu_share_of_cost == Approx(0.5).epsilon(1e-12));
  const SiteCost machine = funded("supercomputer", std::nullopt);
  CHECK(machine.programme == "eurohpc_high_end");
  CHECK(machine.payments[1].share == 0.5);
  // A gigafactory's operation is not co-financed: 17 % of 529.126 of 673.103 MEUR a year, which is 13.36 %.
  CHECK(funded("gigafactory", std::nullopt).eu_share_of_cost == Approx(0.17 * 529.126 / 673.103).epsilon(1e-5));
}

TEST_CASE("payments sum to what the site costs, once and in a year", "[cost][funding]") {
  for (const char* kind : {"factory", "gigafactory", "supercomputer"}) {
    for (const auto& shares : {std::optional<Shares>{}, std::optional{Shares{0.1, 0.3, 0.6}}}) {
      const SiteCost site = funded(kind, shares);
      double capex = 0.0;
      double yearly = 0.0;
      for (const Payment& payment : site.payments) {
        capex += payment.capex.in_base_units();
        yearly += payment.yearly().in_base_units();
      }
      CHECK(capex == Approx(site.capex_total.in_base_units()).epsilon(1e-12));
      CHECK(yearly == Approx(site.total.in_base_units()).epsilon(1e-12));
    }
  }
}

TEST_CASE("a share above its cap is a warning with numbers", "[cost][funding]") {
  // Capex 2,933.478 MEUR: 30 % are 880.04, 17 % are 498.69; 48 % public are 1,408.07 against 35 % or 1,026.72;
  // 52 % private are 1,525.41 against 65 % or 1,906.76.
  const SiteCost site = funded("gigafactory", Shares{0.30, 0.18, 0.52});
  REQUIRE(site.warnings.size() == 4);
  CHECK(
      site.warnings[0] ==
      "the EU's share of 30 % is above the 17 % of rule giga-eu (ai_gigafactory, confidence medium): 880 MEUR against "
      "498.7 MEUR");
  CHECK(site.warnings[1] ==
        "public money of 48 % is above the 35 % of rule giga-public-cap (ai_gigafactory, confidence medium): 1408 MEUR "
        "against 1027 MEUR");
  CHECK(
      site.warnings[2] ==
      "the private share of 52 % is below the 65 % of rule giga-private (ai_gigafactory, confidence medium): 1525 MEUR "
      "against 1907 MEUR");
  CHECK(
      site.warnings[3] ==
      "the national share of 18 % is below the EU's 30 %: added Union money must at least be matched (Regulation (EU) "
      "2026/150, recital 12)");
  CHECK(funded("factory", Shares{0.5, 0.5, 0.0}).warnings.empty());
}

TEST_CASE("shares by payer and by use agree where each class uses what its payer bought", "[cost][funding]") {
  // One gigafactory, 17 % Union, 18 % states, 65 % private: 35 of 100 hours of its public class, 65 of its private one.
  const Assessment one =
      assess(Facts{{example_site("FI")}, {{"gigafactory_public", 35.0}, {"gigafactory_private", 65.0}}});
  CHECK(*one.public_share_of_delivered == Approx(0.35).epsilon(1e-12));
  CHECK(*one.public_share_by_payers == Approx(0.35).epsilon(1e-12));
  CHECK(*one.eu_share_of_delivered == Approx(0.17).epsilon(1e-12));
  CHECK(one.network.eu_share_of_use == Approx(0.17).epsilon(1e-12));
}

TEST_CASE("every access class of the catalogue counts for who holds its time", "[cost][funding]") {
  // Quantum time of the Union's pilot is the Union's, French and Finnish quantum time national.
  const Assessment one =
      assess(Facts{{example_site("FI")},
                   {{"quantum_pilot", 10.0}, {"quantum_edari", 20.0}, {"quantum_fiqci", 30.0}, {"commercial", 40.0}}});
  CHECK(*one.eu_share_of_delivered == Approx(0.1).epsilon(1e-12));
  CHECK(*one.public_share_of_delivered == Approx(0.6).epsilon(1e-12));
}

TEST_CASE("a stated grid connection is what is paid for", "[cost][funding]") {
  SiteFacts site = example_site("FI");
  const SiteCost by_load = assess(Facts{{site}, {}}).sites[0];
  site.connection_mw = 2.0 * by_load.connection_mw;
  const SiteCost stated = assess(Facts{{site}, {}}).sites[0];
  // Twice the connection costs twice as much, and nothing else of the capital moves.
  const double grid = by_load.capex[5].amount.in_base_units();
  CHECK(stated.capex[5].amount.in_base_units() == Approx(2.0 * grid).epsilon(1e-12));
  CHECK(stated.capex_total.in_base_units() == Approx(by_load.capex_total.in_base_units() + grid).epsilon(1e-12));
}

TEST_CASE("public use is measured by access class where there are classes", "[cost][funding]") {
  SiteFacts site = example_site("FI");
  Facts facts{{site},
              {{"regular", 20.0}, {"national_share", 30.0}, {"gigafactory_public", 10.0}, {"commercial", 40.0}}};
  const Assessment one = assess(facts);
  // 60 of 100 hours are public; of the 10 public hours of gigafactories the Union has 17 in 35.
  CHECK(*one.public_share_of_delivered == Approx(0.6).epsilon(1e-12));
  CHECK(*one.eu_share_of_delivered == Approx(0.2 + 0.1 * 0.17 / 0.35).epsilon(1e-12));
  // Public users had 60 %, but public capital bought 35 % of the hours: the other 25 % are hours of private money.
  CHECK(*one.public_share_by_payers == Approx(0.35).epsilon(1e-12));
  // 35 % of 529.126 MEUR over 35 % of 687.337 M hours.
  CHECK(*one.public_eur_per_public_delivered_hour == Approx(0.35 * 529.126388 / (0.35 * 687.336704)).epsilon(1e-6));
  facts.access_classes.clear();
  CHECK_FALSE(assess(facts).public_share_of_delivered);
}
