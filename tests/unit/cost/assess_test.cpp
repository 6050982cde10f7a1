#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <random>
#include <stdexcept>
#include <string>

#include "example_site.hpp"

using namespace gigasim::cost;

namespace {

double sum(const std::vector<Amount>& amounts) {
  double total = 0.0;
  for (const Amount& amount : amounts) total += amount.amount.in_base_units();
  return total;
}

/// Any sites: 1 to 6 of them with 1 to 4 partitions each, in countries with and without rows of their own.
std::vector<SiteFacts> any_sites(std::uint32_t seed) {
  std::mt19937 random{seed};
  const auto below = [&](std::uint32_t n) { return random() % n; };
  const auto fraction = [&] { return static_cast<double>(random()) / 4294967296.0; };
  const char* const countries[] = {"FI", "DE", "HR", "PT", "CH", "MT"};
  const char* const accelerators[] = {"GB300-NVL72", "GH200-96", "MI430X", "A100-SXM-40", "MI300X-192"};
  const char* const kinds[] = {"factory", "gigafactory", "supercomputer"};
  std::vector<SiteFacts> sites(1 + below(6));
  for (SiteFacts& site : sites) {
    site.name = "site-" + std::to_string(below(1000));
    site.country = countries[below(6)];
    site.kind = kinds[below(3)];
    site.partitions.resize(1 + below(4));
    for (PartitionFacts& partition : site.partitions) {
      partition.accelerator = accelerators[below(5)];
      partition.count = 1 + below(100000);
      partition.h100_equivalent = 0.3 + fraction();
      partition.full_power = gigasim::units::Watts{500.0 + 1500.0 * fraction()};
      partition.online = {{0.5 * fraction(), partition.count / 2 + 1},
                          {0.5 + 0.5 * fraction(), static_cast<std::int64_t>(below(2)) * 100}};
    }
    if (below(2) == 0) site.shares = Shares{0.2, 0.3, 0.5};
  }
  return sites;
}

void check_sums(const SiteCost& cost) {
  CHECK(cost.capex_total.in_base_units() == Approx(sum(cost.capex)).epsilon(1e-12));
  CHECK(cost.capital_total.in_base_units() == Approx(sum(cost.capital)).epsilon(1e-12));
  CHECK(cost.operation_total.in_base_units() == Approx(sum(cost.operation)).epsilon(1e-12));
  CHECK(cost.total.in_base_units() == Approx(sum(cost.capital) + sum(cost.operation)).epsilon(1e-12));
  double paid = 0.0;
  double shares = 0.0;
  for (const Payment& payment : cost.payments) {
    paid += payment.yearly().in_base_units();
    shares += payment.share;
  }
  CHECK(paid == Approx(cost.total.in_base_units()).epsilon(1e-12));
  CHECK(shares == Approx(1.0).epsilon(1e-12));
}

double sum_of(const Assessment& all, const std::function<double(const SiteCost&)>& figure) {
  double total = 0.0;
  for (const SiteCost& site : all.sites) total += figure(site);
  return total;
}

}  // namespace

TEST_CASE("components sum to totals, payers pay all, and the network is the sum of its sites", "[cost][identities]") {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    INFO("seed " << seed);
    const Assessment all = assess_sites(any_sites(seed));
    for (const SiteCost& site : all.sites) check_sums(site);
    check_sums(all.network);
    const auto total = [](const SiteCost& c) { return c.total.in_base_units(); };
    CHECK(all.network.total.in_base_units() == Approx(sum_of(all, total)).epsilon(1e-12));
    const auto delivered = [](const SiteCost& c) { return c.delivered_hours; };
    CHECK(all.network.delivered_hours == Approx(sum_of(all, delivered)).epsilon(1e-12));
    CHECK(*all.network.eur_per_delivered_hour == Approx(sum_of(all, total) / sum_of(all, delivered)).epsilon(1e-12));
    CHECK(all.network.range.low <= *all.network.eur_per_delivered_hour);
    CHECK(all.network.range.high >= *all.network.eur_per_delivered_hour);
  }
}

TEST_CASE("a site's own statement comes before that of all sites", "[cost][overrides]") {
  SiteFacts site = example_site("FI");
  site.overrides = {{"electricity_price", {30.0, 30.0, 30.0}}};
  const Assessment one = assess({{site, example_site("FI")}, {}}, {{{"electricity_price", {80.0, 80.0, 80.0}}}});
  // 539,491.66 MWh x (30 + 21.9) and x (80 + 21.9) EUR/MWh
  CHECK(euros(one.sites[0].operation, "electricity") == Approx(539491.660140 * 51.9).epsilon(1e-9));
  CHECK(euros(one.sites[1].operation, "electricity") == Approx(539491.660140 * 101.9).epsilon(1e-9));
}

TEST_CASE("a country without a row has that of the EU", "[cost][overrides]") {
  // Land in Croatia: 82.08 MW x 0.2 ha x 10,000 m2 x 80 EUR/m2
  CHECK(euros(assess_sites({example_site("HR")}).sites[0].capex, "land") ==
        Approx(82.08 * 0.2 * 1e4 * 80.0).epsilon(1e-12));
}

TEST_CASE("a parameter that does not exist cannot be stated", "[cost][overrides]") {
  const Facts facts{{example_site("FI")}, {}};
  CHECK_THROWS_AS(assess(facts, {{{"discont_rate", {0.05, 0.05, 0.05}}}}), std::invalid_argument);
  CHECK_THROWS_AS(assess(facts, {{{"contract_prices", {0.0, 0.0, 0.0}}}}), std::invalid_argument);
}

TEST_CASE("parameters tell where they come from", "[cost][overrides]") {
  const Assessment one = assess({{example_site("FI")}, {}}, {{{"life_it", {4.0, 4.0, 4.0}}}});
  std::map<std::string, std::string> regions;
  for (const UsedParameter& used : one.parameters) regions[used.parameter] = used.region;
  CHECK(regions.at("life_it") == "scenario");
  CHECK(regions.at("electricity_price") == "FI");
  CHECK(regions.at("discount_rate") == "EU");
  CHECK(regions.at("network_share") == "world");
}

TEST_CASE("anchors for the same accelerator stand first", "[cost][anchors]") {
  SiteFacts site = example_site("LU");
  site.kind = "factory";
  site.partitions[0].accelerator = "GB200-NVL4";
  site.partitions[0].count = 1000;
  const SiteCost cost = assess_sites({site}).sites[0];
  REQUIRE(cost.anchors.size() == 3);
  // Contracts for GB200 NVL4 by count: MeluXina-AI 1,008, HammerHAI 750, AI:AT 675, IT4LIA 8,200.
  CHECK(cost.anchors[0].id == "meluxina-ai");
  CHECK(cost.anchors[1].id == "hammerhai");
  CHECK(cost.anchors[2].id == "ai-at");
}

TEST_CASE("the hour of the network stands beside rents of an H100", "[cost][anchors]") {
  const auto anchors = assess_sites({example_site("FI")}).network.anchors;
  REQUIRE_FALSE(anchors.empty());
  for (const Anchor& anchor : anchors) {
    CHECK(anchor.eur_per_accelerator_hour);
    CHECK(anchor.year >= 2025);
  }
}

TEST_CASE("every parameter of the model moves what a site costs", "[cost][overrides]") {
  SiteFacts site = example_site("FI");
  for (const char* other : {"GB200-NVL72", "H100-SXM-80", "B300-SXM-288", "MI300X-192"}) {
    site.partitions.push_back(site.partitions[0]);
    site.partitions.back().accelerator = other;
  }
  const Assessment before = assess_sites({site});
  REQUIRE(before.parameters.size() > 30);
  for (const UsedParameter& used : before.parameters) {
    INFO(used.parameter);
    const double more = used.value.best * 1.01 + 0.001;
    const Assessment after = assess({{site}, {}}, {{{used.parameter, {more, more, more}}}});
    CHECK(*after.network.eur_per_delivered_hour != *before.network.eur_per_delivered_hour);
  }
}
