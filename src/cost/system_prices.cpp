#include "system_prices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/cost.hpp"

namespace gigasim::cost {
namespace {

constexpr std::string_view kH100Server = "system_price_h100_hgx8";

const catalogue::CostParameter* system_row(std::string_view accelerator) {
  for (const catalogue::CostParameter& row : catalogue::cost_parameters()) {
    const auto& those = row.accelerators;
    if (std::find(those.begin(), those.end(), accelerator) != those.end()) return &row;
  }
  return nullptr;
}

/// Prices per accelerator of public contracts for systems of this type, rising: operation and buildings are not in
/// them.
std::vector<const catalogue::ContractAnchor*> contracts_for(std::string_view accelerator) {
  std::vector<const catalogue::ContractAnchor*> found;
  for (const catalogue::ContractAnchor& anchor : catalogue::contract_anchors()) {
    if (anchor.kind == "public_contract" && anchor.accelerator == accelerator && anchor.eur_per_accelerator) {
      found.push_back(&anchor);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const auto* a, const auto* b) { return *a->eur_per_accelerator < *b->eur_per_accelerator; });
  return found;
}

/// The contract signed for this very machine of a site; `site` of contract-anchors names it.
const catalogue::ContractAnchor* contract_of(std::string_view site, std::string_view accelerator) {
  for (const catalogue::ContractAnchor* anchor : contracts_for(accelerator)) {
    if (!anchor->site.empty() && anchor->site == site) return anchor;
  }
  return nullptr;
}

const Field& field_of(std::string_view name) {
  const auto all = fields();
  return *std::find_if(all.begin(), all.end(), [&](const Field& field) { return field.name == name; });
}

PriceBasis of_system(const catalogue::CostParameter& row) {
  PriceBasis basis;
  basis.kind = PriceBasis::Kind::kSystem;
  basis.system = field_of(row.parameter).member;
  basis.per_system = row.per_system;
  basis.confidence = (*row.row)["confidence"];
  basis.source = (*row.row)["source"];
  return basis;
}

double median_price(const std::vector<const catalogue::ContractAnchor*>& contracts) {
  const std::size_t n = contracts.size();
  return (*contracts[(n - 1) / 2]->eur_per_accelerator + *contracts[n / 2]->eur_per_accelerator) / 2.0;
}

/// The median, of the country's own where it has any, between the cheapest and the dearest of all; one contract alone
/// is as uncertain as the price of a server.
PriceBasis of_contracts(const std::vector<const catalogue::ContractAnchor*>& contracts, std::string_view country) {
  PriceBasis basis;
  basis.kind = PriceBasis::Kind::kContracts;
  const std::size_t n = contracts.size();
  auto own = contracts;
  std::erase_if(own, [&](const auto* contract) { return contract->country != country; });
  const double median = median_price(own.empty() ? contracts : own);
  basis.contracts = {median, *contracts.front()->eur_per_accelerator, *contracts.back()->eur_per_accelerator};
  if (n == 1) {
    const auto& server = *catalogue::find_cost_parameter(kH100Server, "world");
    basis.contracts.low = median * server.low / server.best;
    basis.contracts.high = median * server.high / server.best;
  }
  basis.confidence = n == 1 ? "low" : "medium";
  for (const auto* contract : contracts)
    basis.source += (basis.source.empty() ? "contract-anchors " : ", ") + contract->id;
  return basis;
}

PriceBasis of_nearest_system(double h100_equivalent) {
  const catalogue::CostParameter* nearest = nullptr;
  double of_nearest = 1.0;
  for (const catalogue::CostParameter& row : catalogue::cost_parameters()) {
    if (row.accelerators.empty()) continue;
    const double other = catalogue::find_accelerator(row.accelerators.front())->h100_equivalent;
    const auto distance = [&](double rate) { return std::max(rate / h100_equivalent, h100_equivalent / rate); };
    if (nearest != nullptr && distance(other) >= distance(of_nearest)) continue;
    nearest = &row;
    of_nearest = other;
  }
  PriceBasis basis = of_system(*nearest);
  basis.kind = PriceBasis::Kind::kH100Equivalent;
  basis.h100_equivalent = of_nearest;
  basis.confidence = "low";
  basis.source = fmt::format("per H100 equivalent as {}: {}", nearest->accelerators.front(), basis.source);
  return basis;
}

}  // namespace

PriceBasis price_basis(const PartitionFacts& partition, std::string_view country, std::string_view site) {
  if (const auto* signed_for = contract_of(site, partition.accelerator)) {
    return of_contracts({signed_for}, country);
  }
  if (const auto* row = system_row(partition.accelerator)) return of_system(*row);
  if (const auto contracts = contracts_for(partition.accelerator); !contracts.empty()) {
    return of_contracts(contracts, country);
  }
  return of_nearest_system(partition.h100_equivalent);
}

double it_over_systems(const Parameters& p) {
  return (1.0 + p.network_share + p.storage_share) * (1.0 + p.integration_share);
}

double system_eur(const PriceBasis& basis, const PartitionFacts& partition, const Parameters& p) {
  if (p.system_price > 0.0) return basis.factor * p.system_price;
  if (basis.kind == PriceBasis::Kind::kContracts) {
    const auto& [best, low, high] = basis.contracts;
    const double level = p.contract_prices;
    return basis.factor * (best + level * (level < 0.0 ? best - low : high - best)) / it_over_systems(p);
  }
  const double one = basis.factor * p.*basis.system / basis.per_system / p.usd_per_eur;
  return basis.kind == PriceBasis::Kind::kSystem ? one : one * partition.h100_equivalent / basis.h100_equivalent;
}

SystemPrice describe(const PriceBasis& basis, const PartitionFacts& partition, const Parameters& p) {
  SystemPrice price;
  price.partition = partition.name;
  price.accelerator = partition.accelerator;
  price.per_accelerator = units::Euros{system_eur(basis, partition, p) * it_over_systems(p)};
  price.confidence = p.system_price > 0.0 ? "stated" : basis.confidence;
  price.source = p.system_price > 0.0 ? "scenario" : basis.source;
  constexpr std::array kWords{"system price", "contracts", "H100 equivalent"};
  price.basis = p.system_price > 0.0 ? "scenario" : kWords.at(static_cast<std::size_t>(basis.kind));
  return price;
}

}  // namespace gigasim::cost
