#pragma once

#include "gigasim/metrics/results.hpp"

namespace gigasim::metrics {

/// Tells whether a job that has started ran where, or as, it may not: a sensitive one outside of trusted partitions or
/// not on whole nodes, another one on a partition for sensitive jobs only, or on more than it asked for. Read from the
/// scenario and the job table alone.
[[nodiscard]] bool breaks_trust(const JobRecord& job, const scenario::Scenario& scenario);

}  // namespace gigasim::metrics
