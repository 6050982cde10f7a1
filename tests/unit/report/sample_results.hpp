#pragma once

#include <nlohmann/json.hpp>

#include "gigasim/metrics/results.hpp"
#include "gigasim/scenario/load.hpp"

/// Results written by hand, so that tests know every number without a run.
namespace sample {

/// Two sites (athens with the partition gpu, Jülich with booster and old), two streams (research, synthetic; kth, a
/// log), four jobs. The network's p95 and longest waits are lower bounds; its offered load is 0.8.
[[nodiscard]] gigasim::metrics::Results results();

/// What was loaded for them: one scenario file and one value set on the command line.
[[nodiscard]] gigasim::scenario::Loaded loaded();

[[nodiscard]] gigasim::metrics::Results overloaded_results();  ///< the same with an offered load of 1.25

}  // namespace sample
