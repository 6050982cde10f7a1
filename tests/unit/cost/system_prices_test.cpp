#include "system_prices.hpp"

#include <catch2/catch.hpp>

#include "example_site.hpp"
#include "gigasim/catalogue/catalogue.hpp"

using namespace gigasim;
using namespace gigasim::cost;

namespace {

SystemPrice price_of(const char* accelerator, double h100_equivalent, const Overrides& overrides = {}) {
  SiteFacts site = example_site("FI");
  site.partitions[0].accelerator = accelerator;
  site.partitions[0].h100_equivalent = h100_equivalent;
  site.overrides = overrides;
  return assess_sites({site}).sites[0].system_prices[0];
}

/// (1 + network 15 % + storage 4 %) (1 + integration 4 %) on top of the systems.
constexpr double kOnTop = 1.19 * 1.04;

PartitionFacts of_type(const char* accelerator, double h100_equivalent) {
  PartitionFacts partition;
  partition.accelerator = accelerator;
  partition.count = 1000;
  partition.h100_equivalent = h100_equivalent;
  return partition;
}

}  // namespace

TEST_CASE("an accelerator costs what its system does", "[cost][prices]") {
  // GB200: 3.1 MUSD / 72 / 1.16 = 37,117 EUR; H100 HGX: 230,000 USD / 8 / 1.16 = 24,784 EUR.
  const SystemPrice gb200 = price_of("GB200-NVL4", 2.528);
  CHECK(gb200.basis == "system price");
  CHECK(gb200.confidence == "medium");
  CHECK(gb200.per_accelerator.in_base_units() == Approx(3.1e6 / 72.0 / 1.16 * kOnTop).epsilon(1e-12));
  CHECK(price_of("H100-SXM-80", 1.0).per_accelerator.in_base_units() ==
        Approx(230000.0 / 8.0 / 1.16 * kOnTop).epsilon(1e-12));
}

TEST_CASE("without a system's price, the median of public contracts is the price of the whole IT", "[cost][prices]") {
  // GH200: JUPITER's contract 11,494 and DAEDALUS 19,524 EUR: the median of two is their mean, 15,509.
  const SystemPrice gh200 = price_of("GH200-96", 1.0);
  CHECK(gh200.basis == "contracts");
  CHECK(gh200.source == "contract-anchors jupiter-contract, daedalus");
  CHECK(gh200.per_accelerator.in_base_units() == Approx(15509.0).epsilon(1e-12));
  CHECK(price_basis(of_type("GH200-96", 1.0), "FI").contracts == Value{15509.0, 11494.0, 19524.0});
}

TEST_CASE("a country with a contract of its own pays what it paid", "[cost][prices]") {
  CHECK(price_basis(of_type("GH200-96", 1.0), "DE").contracts == Value{11494.0, 11494.0, 19524.0});
  CHECK(price_basis(of_type("GH200-96", 1.0), "GR").contracts == Value{19524.0, 11494.0, 19524.0});
}

TEST_CASE("a single contract is as uncertain as the price of a server", "[cost][prices]") {
  // LUMI: 12,131 EUR per MI250X; H100 server 190,000 to 350,000 around 230,000 USD.
  const PriceBasis basis = price_basis(of_type("MI250X", 0.387), "FR");
  CHECK(basis.contracts.best == 12131.0);
  CHECK(basis.contracts.low == Approx(12131.0 * 190.0 / 230.0).epsilon(1e-12));
  CHECK(basis.contracts.high == Approx(12131.0 * 350.0 / 230.0).epsilon(1e-12));
  CHECK(basis.confidence == "low");
}

TEST_CASE("without either, an H100 equivalent costs as in the system nearest in rate", "[cost][prices]") {
  // MI430X has the rate of GB300, 2.528; H200 that of H100; A100 (0.315) has none lower than H100.
  const SystemPrice mi430x = price_of("MI430X", 2.528);
  CHECK(mi430x.basis == "H100 equivalent");
  CHECK(mi430x.confidence == "low");
  CHECK(mi430x.source.starts_with("per H100 equivalent as GB300-NVL72: "));
  CHECK(mi430x.per_accelerator.in_base_units() == Approx(3.5e6 / 72.0 / 1.16 * kOnTop).epsilon(1e-12));
  CHECK(price_of("H200-SXM-141", 1.0).per_accelerator.in_base_units() ==
        Approx(230000.0 / 8.0 / 1.16 * kOnTop).epsilon(1e-12));
  CHECK(price_of("A100-SXM-40", 0.315).per_accelerator.in_base_units() ==
        Approx(0.315 * 230000.0 / 8.0 / 1.16 * kOnTop).epsilon(1e-12));
}

TEST_CASE("a stated price of an accelerator comes before all", "[cost][prices]") {
  const SystemPrice stated = price_of("GH200-96", 1.0, {{"system_price", {30000.0, 30000.0, 30000.0}}});
  CHECK(stated.basis == "scenario");
  CHECK(stated.per_accelerator.in_base_units() == Approx(30000.0 * kOnTop).epsilon(1e-12));
}

TEST_CASE("a contract signed for a site prices that site and no other", "[cost][prices]") {
  // Barcelona: 129 MEUR for 2,000 GB300 is 64,500 EUR each; a rack's price stands for GB300 elsewhere.
  const PriceBasis own = price_basis(of_type("GB300-NVL72", 2.528), "ES", "bsc-aif");
  CHECK(own.contracts.best == 64500.0);
  CHECK(own.source == "contract-anchors bsc-ai");
  CHECK(price_basis(of_type("GB300-NVL72", 2.528), "ES", "giga-es").kind == PriceBasis::Kind::kSystem);
}

TEST_CASE("a stated capex is split as the computed one", "[cost][prices]") {
  SiteFacts site = example_site("FI");
  const SiteCost before = assess_sites({site}).sites[0];
  site.overrides = {{"capex", {6e9, 6e9, 6e9}}};
  const SiteCost after = assess_sites({site}).sites[0];
  CHECK(after.capex_total.in_base_units() == Approx(6e9).epsilon(1e-12));
  for (std::size_t i = 0; i < before.capex.size(); ++i) {
    CHECK(after.capex[i].amount / after.capex_total ==
          Approx(before.capex[i].amount / before.capex_total).epsilon(1e-12));
  }
  // Maintenance follows the capital, electricity does not.
  CHECK(euros(after.operation, "maintenance of IT") > 2.0 * euros(before.operation, "maintenance of IT"));
  CHECK(euros(after.operation, "electricity") == euros(before.operation, "electricity"));
}

TEST_CASE("every accelerator that the simulator knows has a price", "[cost][prices]") {
  for (const catalogue::Accelerator& accelerator : catalogue::accelerators()) {
    INFO(accelerator.id);
    CHECK(price_of(accelerator.id.c_str(), accelerator.h100_equivalent).per_accelerator.in_base_units() > 1000.0);
  }
}
