#pragma once

#include <vector>

#include "gigasim/cost/assess.hpp"

namespace gigasim::cost {

/// The contracts nearest to a site: for the same accelerator first, then of a like number of accelerators. Bids stand
/// beside gigafactories only.
[[nodiscard]] std::vector<Anchor> nearest_anchors(const SiteFacts& site);

/// Rents of an H100 of the newest two years, newest first.
[[nodiscard]] std::vector<Anchor> rents_of_h100();

}  // namespace gigasim::cost
