#pragma once

#include <memory>
#include <simgrid/s4u.hpp>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::engine {

/// One actor per *running* job, re-used for the next one. An actor that starts thousands of activities pays for each of
/// them at every completion, and a fresh actor per job pays for its stack: hence a pool.
class Runners {
 public:
  /// A host and how many of its cores a job occupies there.
  struct Part {
    simgrid::s4u::Host* host;
    int accelerators;
  };

  struct Runner;

  Runners();
  ~Runners();
  Runners(const Runners&) = delete;
  Runners& operator=(const Runners&) = delete;

  /// Gives a job to a runner: one execution per part, all of `duration` > 0. It starts with start_assigned(), which
  /// must follow at the same date.
  Runner* assign(metrics::JobIndex job, units::Seconds duration, std::vector<Part> parts);
  void start_assigned();
  /// Stops a running job at once. It is not reported by take_ended().
  static void cancel(Runner* runner);
  /// The jobs whose executions have all ended since the last call, in the order in which SimGrid ended them.
  [[nodiscard]] std::vector<metrics::JobIndex> take_ended();

 private:
  void body(Runner& self);
  void run_job(Runner& self);

  std::vector<std::unique_ptr<Runner>> all_;
  std::vector<Runner*> idle_;
  std::vector<Runner*> assigned_;
  std::vector<metrics::JobIndex> ended_;
};

}  // namespace gigasim::engine
