#pragma once

#include <span>
#include <vector>

#include "formulas.hpp"

namespace gigasim::cost {

/// A site with all that its formulas need.
struct Prepared {
  const SiteFacts* facts = nullptr;
  ParameterSet parameters;
  std::vector<PriceBasis> prices;
  Costs best;
};

/// Total cost of some sites over what they deliver, EUR per H100-equivalent-hour. Nothing when they deliver nothing.
[[nodiscard]] std::optional<double> eur_per_delivered_hour(std::span<const Prepared> sites);

/// What each parameter alone does to it, largest span first: it moves in all sites together. Those without effect are
/// left out.
[[nodiscard]] std::vector<Driver> drivers_of(std::span<const Prepared> sites);

/// Returns the range that the drivers make.
[[nodiscard]] Range range_of(std::span<const Prepared> sites, std::span<const Driver> drivers);

}  // namespace gigasim::cost
