#pragma once

#include "gigasim/metrics/results.hpp"

namespace gigasim::metrics {

/// Returns the tokens (or FLOP) of a job's work that counts by `now`: what it did on accelerators without what
/// preemptions made it lose. 0 for jobs that are given by their runtime.
///
///     work = max(0, time on accelerators - time lost or not spent on work) x rate where it last ran
///
/// A job that was killed keeps what it did. Exact to 1/1024 s of work.
[[nodiscard]] double work_kept(const JobRecord& job, const scenario::Scenario& scenario, units::Seconds now);

}  // namespace gigasim::metrics
