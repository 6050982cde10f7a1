#pragma once

#include <vector>

#include "gigasim/cost/facts.hpp"

/// What is online when, in fractions of the period.
namespace gigasim::cost {

[[nodiscard]] double online_at(const PartitionFacts& partition, double moment);
[[nodiscard]] double mean_online(const PartitionFacts& partition);
/// Those that are ever online in the period: all of them were bought.
[[nodiscard]] double most_online(const PartitionFacts& partition);

/// Moments at which anything of a site changes, from 0 up, below 1, each once.
[[nodiscard]] std::vector<double> breakpoints(const SiteFacts& site);

/// Part of the period in which anything of a site is online.
[[nodiscard]] double share_with_anything(const SiteFacts& site);

}  // namespace gigasim::cost
