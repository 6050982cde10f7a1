#pragma once

#include <vector>

#include "access.hpp"
#include "books.hpp"
#include "figures.hpp"
#include "group_distributions.hpp"

namespace gigasim::metrics {

/// Makes the block of one group from the closed books.
[[nodiscard]] Block make_block(const Books& books, const Group& group, const GroupSums& sums,
                               const GroupDistributions& distributions, const GroupAccess& access);

}  // namespace gigasim::metrics
