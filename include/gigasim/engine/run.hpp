#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::engine {

struct Progress {
  units::Seconds now{0};
  units::Seconds end{0};  ///< of the period; zero for a run until drained
  std::int64_t jobs_submitted = 0, jobs_done = 0;
  std::int64_t jobs_waiting = 0;  ///< submitted, and neither running nor done
  std::int64_t jobs_in_logs = 0;  ///< that are to be submitted in all, of the streams that are logs
  bool last = false;              ///< the run is over
};

struct RunOptions {
  /// Set to true (from a signal handler, say) to stop the run at the next event.
  const std::atomic<bool>* stop = nullptr;
  /// Called every few thousand events.
  std::function<void(const Progress&)> progress;
  /// Load SimGrid's host-energy plugin and report its joules for all pods at the end: the oracle of our own energy
  /// ledger.
  std::function<void(double joules)> energy_oracle;
};

/// Builds the scenario's platform on SimGrid and runs its jobs to the end of the period, telling `observer` what
/// happens. SimGrid allows one run per process.
void run(const scenario::Scenario& scenario, workload::JobSource& jobs, metrics::Observer& observer,
         const RunOptions& options = {});

/// "3.32.0", of the library in use.
[[nodiscard]] std::string simgrid_version();

}  // namespace gigasim::engine
