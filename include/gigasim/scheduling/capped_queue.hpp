#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"

namespace gigasim::scheduling {

/// A queue with hard caps: the jobs of group g (QueuedJob::group, 0 to n - 1) together never hold more than
///
///     cap_g = floor(share_g x capacity)
///
/// of the partition's accelerators, at any instant. The shares sum to at most 1, so the caps sum to no more than the
/// capacity: what a group may hold is always free for it, no group ever waits for another, and nobody may use what
/// another group leaves. Hence each group has a queue of its own, under a policy of its own made by `make_policy`, on
/// cap_g accelerators, and all that holds for that policy holds inside each group: order, backfilling, reservations,
/// freedom from starvation. (One queue behind gates that let jobs in while they fit their cap would be first come,
/// first served whatever its policy: all that is let in fits at once.)
///
/// A job larger than its group's cap must not be enqueued: it would never start. Each call costs what it costs the
/// policy of one group, and O(n) beside; remove() also O(1) for finding the group.
[[nodiscard]] std::unique_ptr<QueuePolicy> make_capped_queue(
    const std::vector<double>& shares, const std::function<std::unique_ptr<QueuePolicy>()>& make_policy);

}  // namespace gigasim::scheduling
