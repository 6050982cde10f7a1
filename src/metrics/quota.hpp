#pragma once

#include <vector>

#include "gigasim/metrics/results.hpp"
#include "ledger.hpp"

namespace gigasim::metrics {

/// Tells for each job of the table whether, with its start, the holder of its time held more of a partition than its
/// hard cap there: floor(share x accelerators online). What a job occupies counts until it is wiped. Read from the
/// scenario and the job table alone; empty where nothing is capped. O(n log n).
[[nodiscard]] std::vector<bool> quota_breaches(const std::vector<JobRecord>& jobs, const scenario::Scenario& scenario,
                                               Ticks end_of_run);

}  // namespace gigasim::metrics
