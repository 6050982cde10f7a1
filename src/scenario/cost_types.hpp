#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spec.hpp"
#include "type.hpp"

/// How figures of the cost model are written.
namespace gigasim::scenario {

/// Which keys a `cost:` map may have: a site may state its capital and the price of its accelerators too.
enum class CostScope { kScenario, kSite };

/// `{ discount_rate: 5 %, life_it: 4 a, ... }`: names of catalogue cost-parameters, each with its unit, sorted by name.
[[nodiscard]] Type<std::vector<CostValue>> cost_values(CostScope scope);

/// Tells whether a `cost:` map of a site may have the key.
[[nodiscard]] bool is_cost_key(std::string_view name);

/// Checks that the shares sum to 100 % and gives what is left to the private payer.
[[nodiscard]] std::optional<FundingShares> resolve_shares(std::optional<SharesSpec>& spec, Context& context);

}  // namespace gigasim::scenario
