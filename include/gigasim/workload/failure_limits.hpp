#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gigasim/scenario/scenario.hpp"

/// Jobs that nodes which fail hardly ever let finish, or start. Limits and reasons: docs/models/failures.md.
namespace gigasim::workload {

/// Returns the mean number of interruptions per second of a job of so many accelerators; 0 where nothing fails. Early
/// times and shapes other than 1 are left out.
[[nodiscard]] double interruption_rate(const scenario::Scenario& scenario, const scenario::Partition& partition,
                                       std::int64_t accelerators);

/// Returns how often a stretch of `stretch` without a failure is begun in the mean until one is through, for failures
/// at a constant `rate` per second:
///
///     tries = exp(rate x stretch)
///
/// At most 1e300. The stretch is the whole runtime of a job that saves nothing.
[[nodiscard]] double expected_tries(double rate, units::Seconds stretch);

/// More tries than this are taken for never: 1e6.
[[nodiscard]] double most_tries();

/// Returns how long nodes that fail let a job of so many accelerators wait in the mean for so many to be up, from
/// nothing known of their state:
///
///     mean repair / P(D <= nodes to spare),   D: Poisson with mean  nodes x rate x mean repair
///
/// Pods and sites are left out. Infinite where the job needs more than the partition has beside its spares.
[[nodiscard]] units::Seconds wait_for_nodes(const scenario::Scenario& scenario, const scenario::Partition& partition,
                                            std::int64_t accelerators);

/// Reads the logs and returns a sentence for each stream with jobs that will hardly ever finish, or that may wait for
/// a year or more for enough nodes to be up, wherever they run. Empty without `failures`.
[[nodiscard]] std::vector<std::string> warnings_of_failures(const scenario::Scenario& scenario);

}  // namespace gigasim::workload
