#pragma once

#include <vector>

#include "books.hpp"

namespace gigasim::metrics {

struct GroupDistributions {
  Distribution queue_time_s, queue_time_weighted_s, bounded_slowdown;
};

/// Describes the queue times of each group. All jobs are sorted once, and each passes by all of its groups in that
/// order.
[[nodiscard]] std::vector<GroupDistributions> describe_groups(const Books& books);

}  // namespace gigasim::metrics
