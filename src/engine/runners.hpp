#pragma once

#include <simgrid/s4u.hpp>

#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::engine {

/// One actor per *running* job, re-used for the next one. An actor that starts thousands of activities pays for each of them
/// at every completion, and a fresh actor per job pays for its stack: hence a pool.
class Runners {
 public:
  /// A host and how many of its cores a job occupies there.
  struct Part {
    simgrid::s4u::Host* host;
    int accelerators;
  };

  /// Starts one execution per part, all of `duration` > 0, now.
  void start(metrics::JobIndex job, units::Seconds duration, std::vector<Part> parts);
  /// Stops a running job at once. It is not reported by take_ended().
  void cancel(metrics::JobIndex job);
  /// The jobs whose executions have all ended since the last call, in the order in which SimGrid ended them.
  [[nodiscard]] std::vector<metrics::JobIndex> take_ended();

 private:
  struct Runner {
    simgrid::s4u::ActorPtr actor;
    metrics::JobIndex job = -1;  // -1: idle
    units::Seconds duration{0};
    std::vector<Part> parts;
    std::vector<simgrid::s4u::ExecPtr> executions;
    bool cancelled = false;
  };

  void body(Runner& self);
  void run_job(Runner& self);

  std::vector<std::unique_ptr<Runner>> all_;
  std::vector<Runner*> idle_;
  std::unordered_map<metrics::JobIndex, Runner*> running_;  // looked up only, never iterated
  std::vector<metrics::JobIndex> ended_;
};

}  // namespace gigasim::engine
