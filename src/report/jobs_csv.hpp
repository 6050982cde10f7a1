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
/// Whether jobs may have several runs, since preemptions or failures stop them.
[[nodiscard]] bool may_stop_jobs(const scenario::Scenario& scenario);
/// stopped_runs.csv: the runs that preemptions and failures ended, in order of time.
[[nodiscard]] std::string stopped_runs_csv(const metrics::Results& results);

}  // namespace gigasim::report
