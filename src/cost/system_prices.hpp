#pragma once

#include <vector>

#include "gigasim/cost/facts.hpp"
#include "parameters.hpp"

namespace gigasim::cost {

/// How a partition's accelerators are priced.
struct PriceBasis {
  enum class Kind { kSystem, kContracts, kH100Equivalent } kind = Kind::kH100Equivalent;
  double Parameters::*system = nullptr;  ///< of kSystem: USD per system
  double per_system = 1.0;
  double h100_equivalent = 1.0;  ///< of kH100Equivalent: of the accelerator in that system
  Value contracts;               ///< of kContracts: EUR per accelerator, for the whole IT
  double factor = 1.0;           ///< on the price, to see what the cost owes to it
  std::string confidence, source;
};

/// Finds the best basis there is for the accelerators of a partition: the contract signed for this site, else a
/// system's price in the catalogue, else public contracts for this very type (those of the country first), else the
/// price per H100 equivalent of the system whose accelerator is nearest in rate, which is most often of the same
/// generation.
[[nodiscard]] PriceBasis price_basis(const PartitionFacts& partition, std::string_view country,
                                     std::string_view site = {});

/// Returns what one accelerator costs without scale-out network, storage and integration, in EUR.
[[nodiscard]] double system_eur(const PriceBasis& basis, const PartitionFacts& partition, const Parameters& p);

/// Tells a price for people; `p` are the best values.
[[nodiscard]] SystemPrice describe(const PriceBasis& basis, const PartitionFacts& partition, const Parameters& p);

/// IT capital over the price of the systems: (1 + network + storage) (1 + integration).
[[nodiscard]] double it_over_systems(const Parameters& p);

}  // namespace gigasim::cost
