#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/source.hpp"
#include "job_stream.hpp"

namespace gigasim::workload {

/// A stream drawn from its laws, and the rate it was given.
struct SyntheticStream {
  std::unique_ptr<JobStream> jobs;
  StreamPlan plan;
};

/// Opens stream number `index` of a scenario. `origins`: the country codes that Job::origin indexes; they hold all of
/// the stream's. Throws scenario::ScenarioError for unknown ids and for a stream that would never end.
[[nodiscard]] SyntheticStream open_synthetic(const scenario::Scenario& scenario, std::size_t index,
                                             const std::vector<std::string>& origins);

}  // namespace gigasim::workload
