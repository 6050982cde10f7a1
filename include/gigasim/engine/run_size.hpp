#pragma once

#include <string>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::engine {

/// What a run will cost, before it starts: right to about a half for most scenarios, and meant for telling what takes
/// minutes from what takes all memory.
struct RunSize {
  double jobs = 0.0;
  double running = 0.0;  ///< jobs at one time
  double pods = 0.0;     ///< hosts of SimGrid
  double events = 0.0;   ///< arrivals, starts, ends, checkpoints, failures of nodes, decisions of services, ...
  double bytes = 0.0;    ///< of memory
};

/// Works out the size of a run from the expected number of jobs of each stream, its mean size and work, and the
/// platform. The memory that each takes was measured (docs/architecture.md). Leaves out how
/// many jobs of a log run at one time, checkpoints at intervals that nobody states, and jobs that come again.
[[nodiscard]] RunSize estimate_size(const scenario::Scenario& scenario, const workload::JobSource& jobs);

/// "about 12 GB of memory for 20 million jobs, 45,000 of them at a time, on 820 pods"
[[nodiscard]] std::string in_words(const RunSize& size);

}  // namespace gigasim::engine
