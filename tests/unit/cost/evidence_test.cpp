#include "evidence.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "example_site.hpp"

using namespace gigasim::cost;

namespace {

double share_of(const SiteCost& site, const std::string& word) {
  const auto found =
      std::find_if(site.evidence.begin(), site.evidence.end(), [&](const Evidence& one) { return one.word == word; });
  return found == site.evidence.end() ? 0.0 : found->share;
}

/// The share of one figure: the scenario states what the catalogue says of it already.
double share_of_figure(const std::string& parameter) {
  const Assessment as_is = assess_sites({example_site("FI")});
  SiteFacts site = example_site("FI");
  for (const UsedParameter& used : as_is.parameters) {
    if (used.parameter == parameter) site.overrides[parameter] = used.value;
  }
  return share_of(assess_sites({site}).sites[0], "stated");
}

}  // namespace

TEST_CASE("shares of what the cost rests on sum to one, largest first", "[cost][evidence]") {
  const Assessment both = assess_sites({example_site("FI"), example_site("DE")});
  for (const SiteCost* cost : {&both.sites[0], &both.sites[1], &both.network}) {
    double sum = 0.0;
    for (const Evidence& one : cost->evidence) sum += one.share;
    CHECK(sum == Approx(1.0).epsilon(1e-12));
    CHECK(std::is_sorted(cost->evidence.begin(), cost->evidence.end(),
                         [](const Evidence& a, const Evidence& b) { return a.share > b.share; }));
  }
  CHECK(share_of(both.sites[0], "stated") == 0.0);
}

TEST_CASE("a figure weighs what the cost owes to it", "[cost][evidence]") {
  // Staff costs people x salary and water energy x use x price: one percent more of either price is one percent more of
  // that component, so that the two shares are to each other as the components.
  const SiteCost site = assess_sites({example_site("FI")}).sites[0];
  const double staff = share_of_figure("staff_cost");
  const double water = share_of_figure("water_price");
  REQUIRE(water > 0.0);
  CHECK(staff / water == Approx(euros(site.operation, "staff") / euros(site.operation, "water")).epsilon(1e-6));
}

TEST_CASE("the price of the accelerators weighs as one figure with the confidence of its basis", "[cost][evidence]") {
  // GB300 racks have no list price: confidence low, not recalled. IT is bought in proportion to that price, and much
  // hangs on it: capital, maintenance, software and insurance of IT.
  SiteFacts site = example_site("FI");
  site.overrides["system_price"] = {40'000, 40'000, 40'000};
  const SiteCost stated = assess_sites({site}).sites[0];
  CHECK(share_of(stated, "stated") > 10.0 * share_of_figure("staff_cost"));
  const double before = share_of(assess_sites({example_site("FI")}).sites[0], "estimated");
  CHECK(share_of(stated, "estimated") < before - 0.1);
}

TEST_CASE("confidence and source say in one word what a figure is", "[cost][evidence]") {
  CHECK(evidence_word("high", "data sheet") == "published");
  CHECK(evidence_word("medium", "press, USD of 2024") == "converted");
  CHECK(evidence_word("low", "estimate of this project") == "estimated");
  CHECK(evidence_word("low", "recalled street prices") == "recalled");
  CHECK(evidence_word("stated", "scenario") == "stated");
}
