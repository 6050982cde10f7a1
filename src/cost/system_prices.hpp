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
  Value contracts;  ///< of kContracts: EUR per accelerator, for the whole IT
  std::string confidence, source;
};

/// Finds the best basis there is for an accelerator: a system's price in the catalogue, else public contracts for this
/// very type, else the price of an H100 server per H100 equivalent.
[[nodiscard]] PriceBasis price_basis(std::string_view accelerator);

/// Returns what one accelerator costs without scale-out network, storage and integration, in EUR.
[[nodiscard]] double system_eur(const PriceBasis& basis, const PartitionFacts& partition, const Parameters& p);

/// Tells a price for people; `p` are the best values.
[[nodiscard]] SystemPrice describe(const PriceBasis& basis, const PartitionFacts& partition, const Parameters& p);

/// IT capital over the price of the systems: (1 + network + storage) (1 + integration).
[[nodiscard]] double it_over_systems(const Parameters& p);

}  // namespace gigasim::cost
