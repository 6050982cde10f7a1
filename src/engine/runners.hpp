#pragma once

#include <functional>
#include <memory>
#include <simgrid/s4u.hpp>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::engine {

/// One actor per *running* job, re-used for the next one. An actor that starts thousands of activities pays for each of
/// them at every completion, and a fresh actor per job pays for its stack: hence a pool.
///
/// All calls come from SimGrid's own context (a timer), never from an actor: they cost no switch. An actor whose job
/// ends while the next one is given to it goes on with that without ever being suspended.
class Runners {
 public:
  /// A host and how many of its cores a job occupies there.
  struct Part {
    simgrid::s4u::Host* host;
    int accelerators;
  };

  struct Runner;

  /// `mismatch` is told of a job that SimGrid ended at another date than the one at which it was taken back.
  explicit Runners(std::function<void(metrics::JobIndex)> mismatch);
  ~Runners();
  Runners(const Runners&) = delete;
  Runners& operator=(const Runners&) = delete;

  /// Starts a job now: one execution per part, all of `duration` > 0.
  Runner* start(metrics::JobIndex job, units::Seconds duration, std::vector<Part> parts);
  /// Takes back the runner of a job that ends now. SimGrid wakes the actor after the timers of this date: then the
  /// actor checks that the date is still the same.
  void end(Runner* runner);
  /// Stops a running job now.
  void cancel(Runner* runner);
  /// Jobs taken back that SimGrid has not ended yet.
  [[nodiscard]] int num_ending() const { return num_ending_; }

 private:
  void body(Runner& self);
  void run_job(Runner& self);

  std::function<void(metrics::JobIndex)> mismatch_;
  std::vector<std::unique_ptr<Runner>> all_;
  std::vector<Runner*> idle_;
  int num_ending_ = 0;
};

}  // namespace gigasim::engine
