#include <catch2/catch.hpp>

#include "example_site.hpp"

using namespace gigasim::cost;

namespace {

/// A run of 30 days in which the example's site did what its formulas say of a year's 30 / 365.
SiteFacts thirty_days_of(const char* country, double pue) {
  SiteFacts site = example_site(country);
  const double fraction = 720.0 / 8760.0;
  UseFacts use;
  use.period_hours = 720.0;
  use.energy_it_mwh = 505615.426560 / 1.08 * fraction;  // the run knows nothing of storage and fabric
  use.energy_mwh = use.energy_it_mwh * pue;
  use.h100_equivalent_hours_available = 859170879.676441 * fraction;
  use.h100_equivalent_hours = 687336703.741153 * fraction;
  site.pue = pue;
  site.use = use;
  return site;
}

}  // namespace

TEST_CASE("a month that is like the year of the formulas costs as much per hour", "[cost][period]") {
  const SiteCost site = assess_sites({thirty_days_of("FI", 1.067)}).sites[0];
  CHECK(site.total.in_base_units() == Approx(673102661.324667).epsilon(1e-9));
  CHECK(*site.eur_per_available_hour == Approx(0.783433).margin(0.5e-6));
  CHECK(*site.eur_per_delivered_hour == Approx(0.979291).margin(0.5e-6));
}

TEST_CASE("what the run measured is no driver", "[cost][period]") {
  const Assessment assessment = assess_sites({thirty_days_of("FI", 1.067)});
  for (const Driver& driver : assessment.sites[0].drivers) {
    CHECK(driver.parameter != "utilisation");
    CHECK(driver.parameter != "availability");
    CHECK(driver.parameter != "power_busy_fraction");
    CHECK(driver.parameter != "pue");
  }
}

TEST_CASE("a site that delivers nothing has a total and no price per delivered hour", "[cost][period]") {
  SiteFacts site = thirty_days_of("FI", 1.067);
  site.use->h100_equivalent_hours = 0.0;
  const SiteCost cost = assess_sites({site}).sites[0];
  CHECK(cost.eur_per_available_hour);
  CHECK_FALSE(cost.eur_per_delivered_hour);
  CHECK(cost.drivers.empty());
}

TEST_CASE("a site online for half of the period has half the yearly cost and all of the capex", "[cost][period]") {
  const SiteCost whole = assess_sites({example_site("FI")}).sites[0];
  SiteFacts late = example_site("FI");
  late.partitions[0].online = {{0.5, 40000}};
  const SiteCost half = assess_sites({late}).sites[0];
  CHECK(half.capex_total.in_base_units() == whole.capex_total.in_base_units());
  CHECK(half.total.in_base_units() == Approx(whole.total.in_base_units() / 2.0).epsilon(1e-12));
  CHECK(*half.eur_per_delivered_hour == Approx(*whole.eur_per_delivered_hour).epsilon(1e-12));
}

TEST_CASE("a machine that replaces another stands in the same building", "[cost][period]") {
  SiteFacts site = example_site("FI");
  site.partitions.push_back(site.partitions[0]);
  site.partitions[0].online = {{0.0, 40000}, {0.25, 0}};
  site.partitions[1].online = {{0.25, 40000}};
  const SiteCost replaced = assess_sites({site}).sites[0];
  const SiteCost one = assess_sites({example_site("FI")}).sites[0];
  CHECK(euros(replaced.capex, "systems") == Approx(2.0 * euros(one.capex, "systems")).epsilon(1e-12));
  CHECK(euros(replaced.capex, "building") == Approx(euros(one.capex, "building")).epsilon(1e-12));
  CHECK(replaced.total.in_base_units() == Approx(one.total.in_base_units()).epsilon(1e-12));
}

TEST_CASE("a partition that grows costs by its mean, and once by its largest size", "[cost][period]") {
  // 10,000 for half of the period, then 40,000: 25,000 in the mean.
  SiteFacts site = example_site("FI");
  site.partitions[0].online = {{0.0, 10000}, {0.5, 40000}};
  const SiteCost grows = assess_sites({site}).sites[0];
  const SiteCost whole = assess_sites({example_site("FI")}).sites[0];
  CHECK(grows.capex_total.in_base_units() == Approx(whole.capex_total.in_base_units()).epsilon(1e-12));
  CHECK(grows.capital_total.in_base_units() == Approx(whole.capital_total.in_base_units() * 0.625).epsilon(1e-12));
  CHECK(grows.delivered_hours == Approx(whole.delivered_hours * 0.625).epsilon(1e-12));
  // 80 people for all of the time, 0.7 per MW for 25,000 of 40,000 accelerators: 80 + 57.456 x 0.625 = 115.91
  CHECK(euros(grows.operation, "staff") == Approx(115.91 * 84000.0).epsilon(1e-9));
}

TEST_CASE("a partition that is not online in the period costs nothing", "[cost][period]") {
  SiteFacts site = example_site("FI");
  site.partitions.push_back(site.partitions[0]);
  site.partitions[1].online = {{1.0, 40000}};
  const Assessment one = assess_sites({site});
  CHECK(one.sites[0].capex_total.in_base_units() == Approx(2933477602.396935).epsilon(1e-9));
  CHECK(one.sites[0].accelerators == 40000.0);
  site.partitions.clear();
  CHECK(assess_sites({site}).sites.empty());
}

TEST_CASE("a delay costs the hours lost at the price of an available hour", "[cost][period]") {
  SiteFacts site = thirty_days_of("FI", 1.067);
  site.use->h100_equivalent_hours_lost = 1e6;
  const Assessment one = assess_sites({site});
  // 1,000,000 h x 0.783433 EUR/h
  CHECK(one.sites[0].cost_of_delay->in_base_units() == Approx(783433.0).margin(0.5));
  CHECK(*one.network.hours_lost == 1e6);
  CHECK(one.network.cost_of_delay->in_base_units() == one.sites[0].cost_of_delay->in_base_units());
}

TEST_CASE("a million tokens served cost the hours of the replicas, over answers or over requests too",
          "[cost][period]") {
  // 0.979291 EUR for an hour delivered; replicas held 200,000 H100-equivalent-hours of the month: 195,858 EUR. Over
  // 400,000 million tokens of answers 0.489646 EUR, over these and 1,600,000 million of requests 0.097929 EUR.
  SiteFacts site = thirty_days_of("FI", 1.067);
  site.use->output_tokens = 4e11;
  site.use->input_tokens = 1.6e12;
  site.use->inference_h100_equivalent_hours = 2e5;
  SiteFacts idle = thirty_days_of("FI", 1.067);
  const Assessment assessment = assess_sites({site, idle});
  CHECK(*assessment.sites[0].eur_per_million_output_tokens == Approx(0.489646).margin(0.5e-6));
  CHECK(*assessment.sites[0].eur_per_million_tokens_served == Approx(0.097929).margin(0.5e-6));
  CHECK_FALSE(assessment.sites[1].eur_per_million_output_tokens);
  CHECK(*assessment.network.eur_per_million_output_tokens ==
        Approx(*assessment.sites[0].eur_per_million_output_tokens));
  CHECK(assessment.network.output_tokens_served == Approx(4e11 * 8760.0 / 720.0));
  // Training and inference bear their parts of one yearly cost.
  site.use->tokens_trained = 1e12;
  site.use->training_h100_equivalent_hours = site.use->h100_equivalent_hours - 2e5;
  const SiteCost both = assess_sites({site}).sites[0];
  CHECK((both.training + both.inference).in_base_units() == Approx(both.total.in_base_units()).epsilon(1e-12));
}

TEST_CASE("a million trained tokens cost the hours that trained them, over all of the site's costs", "[cost][period]") {
  // 0.979291 EUR for an hour delivered; 3,000,000 H100-equivalent-hours of the month trained 2e12 tokens:
  // 2,937,873 EUR / 2,000,000 million tokens = 1.468937 EUR.
  SiteFacts site = thirty_days_of("FI", 1.067);
  site.use->tokens_trained = 2e12;
  site.use->training_h100_equivalent_hours = 3e6;
  SiteFacts idle = thirty_days_of("FI", 1.067);
  const Assessment assessment = assess_sites({site, idle});
  CHECK(*assessment.sites[0].eur_per_million_tokens_trained == Approx(1.468937).margin(0.5e-5));
  CHECK_FALSE(assessment.sites[1].eur_per_million_tokens_trained);
  // The other site trains nothing, and its costs are those of other work.
  CHECK(*assessment.network.eur_per_million_tokens_trained ==
        Approx(*assessment.sites[0].eur_per_million_tokens_trained));
  CHECK(assessment.network.tokens_trained == Approx(2e12 * 8760.0 / 720.0));
}
