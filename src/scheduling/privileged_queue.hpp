#pragma once

#include <memory>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"

namespace gigasim::scheduling {

/// First come, first served, with or without EASY backfilling, among jobs with privileges and others: the definition is
/// that of make_queue_policy(). With no privilege at all it decides as the plain policies do.
[[nodiscard]] std::unique_ptr<QueuePolicy> make_privileged_queue(bool backfill,
                                                                 const std::vector<Privilege>& privileges);

}  // namespace gigasim::scheduling
