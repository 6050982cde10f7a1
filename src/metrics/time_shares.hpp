#pragma once

#include "figures.hpp"

namespace gigasim::metrics {

/// Returns what each holder's jobs had of the hours delivered to a group, and what its shares of the group's machines
/// are: those of the site, or of all sites that have shares, weighed by the accelerator-hours available there.
[[nodiscard]] DeliveredShares delivered_shares(const Books& books, const Group& group, const GroupSums& sums);

}  // namespace gigasim::metrics
