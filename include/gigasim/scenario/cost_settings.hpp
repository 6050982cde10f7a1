#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/scenario/scenario.hpp"

namespace gigasim::scenario {

/// What is stated about costs after a run.
struct CostSettings {
  struct OfSite {
    std::string name;
    std::vector<CostValue> cost;
    std::optional<FundingShares> shares;
  };
  std::vector<CostValue> cost;  ///< for all sites
  std::vector<OfSite> sites;    ///< one per name that was asked for, in that order
};

/// Reads settings such as `cost.discount_rate` = "5 %" and `sites[jaif].shares` = "{ eu: 40 % }": the cost keys of the
/// scenario format, each with the same checks. Throws ScenarioError with every mistake that was found.
[[nodiscard]] CostSettings read_cost_settings(const std::vector<std::string>& site_names,
                                              const std::vector<std::pair<std::string, std::string>>& set);

}  // namespace gigasim::scenario
