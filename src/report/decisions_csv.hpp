#pragma once

#include <string>

#include "gigasim/metrics/results.hpp"

namespace gigasim::report {

/// decisions.csv: what stood in the way of jobs, for the column `decision` of jobs.csv. Per number one row for each
/// verdict, with the partitions of which it holds.
[[nodiscard]] std::string decisions_csv(const metrics::Results& results);

/// The columns of jobs.csv that say what the broker decided, each with a comma before it; without line end.
[[nodiscard]] std::string decision_header();
/// The same of one job.
void append_decision(std::string& out, const metrics::JobRecord& job, const scenario::Scenario& scenario);

}  // namespace gigasim::report
