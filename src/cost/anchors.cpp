#include "anchors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "gigasim/catalogue/cost.hpp"
#include "gigasim/units/portable_math.hpp"

namespace gigasim::cost {
namespace {

constexpr std::size_t kNearest = 3;

Anchor shown(const catalogue::ContractAnchor& row) {
  Anchor anchor{row.id, row.name, row.country, row.kind, row.covers, row.confidence, row.year, {}, {}, {}};
  anchor.eur_per_accelerator = row.eur_per_accelerator;
  anchor.eur_per_h100_equivalent = row.eur_per_h100_equivalent;
  anchor.eur_per_accelerator_hour = row.eur_per_accelerator_hour;
  return anchor;
}

bool comparable(const catalogue::ContractAnchor& row, bool gigafactory) {
  if (!row.eur_per_accelerator || !row.count) return false;
  return row.kind == "public_contract" || row.kind == "public_project" || (gigafactory && row.kind == "bid");
}

/// The accelerator that most of the site's H100 equivalents are.
std::string main_accelerator(const SiteFacts& site) {
  const auto h100_equivalents = [](const PartitionFacts& p) {
    return static_cast<double>(p.count) * p.h100_equivalent;
  };
  const auto largest =
      std::max_element(site.partitions.begin(), site.partitions.end(),
                       [&](const auto& a, const auto& b) { return h100_equivalents(a) < h100_equivalents(b); });
  return largest == site.partitions.end() ? std::string{} : largest->accelerator;
}

}  // namespace

std::vector<Anchor> nearest_anchors(const SiteFacts& site) {
  double count = 0.0;
  for (const PartitionFacts& partition : site.partitions) count += static_cast<double>(partition.count);
  const std::string accelerator = main_accelerator(site);
  using Ranked = std::tuple<bool, double, const catalogue::ContractAnchor*>;
  std::vector<Ranked> ranked;
  for (const catalogue::ContractAnchor& row : catalogue::contract_anchors()) {
    if (!comparable(row, site.kind == "gigafactory")) continue;
    ranked.emplace_back(row.accelerator != accelerator, std::abs(units::portable_log(*row.count / count)), &row);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  std::vector<Anchor> nearest;
  for (std::size_t i = 0; i < std::min(kNearest, ranked.size()); ++i) nearest.push_back(shown(*std::get<2>(ranked[i])));
  return nearest;
}

std::vector<Anchor> rents_of_h100() {
  std::vector<const catalogue::ContractAnchor*> rents;
  for (const catalogue::ContractAnchor& row : catalogue::contract_anchors()) {
    if (row.kind == "market_price" && row.accelerator == "H100-SXM-80") rents.push_back(&row);
  }
  std::stable_sort(rents.begin(), rents.end(), [](const auto* a, const auto* b) { return a->year > b->year; });
  std::vector<Anchor> newest;
  for (const auto* row : rents) {
    if (row->year >= rents.front()->year - 1) newest.push_back(shown(*row));
  }
  return newest;
}

}  // namespace gigasim::cost
