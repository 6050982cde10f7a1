#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "gigasim/metrics/results.hpp"

namespace gigasim::report {

/// Takes a text piece by piece.
using TextSink = std::function<void(std::string_view)>;

/// jobs.csv: one row per job in order of arrival, the warm-up included. Times are since the scenario's start; a field
/// is empty where nothing is known.
void write_jobs_csv(const metrics::Results& results, const TextSink& sink);
[[nodiscard]] std::string jobs_csv(const metrics::Results& results);
/// preempted_runs.csv: the runs that preemptions ended, in order of time.
[[nodiscard]] std::string preempted_runs_csv(const metrics::Results& results);

}  // namespace gigasim::report
