#pragma once

#include <functional>
#include <memory>
#include <simgrid/s4u.hpp>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/units/quantity.hpp"
#include "memory_ahead.hpp"

namespace gigasim::engine {

/// Runs jobs as SimGrid executions that no actor waits for: who starts a job knows when it will end, and takes it back
/// at that date; that SimGrid ended it then, on all its hosts, is checked when a later job ends. An actor per job would
/// be woken two or three times for it, each time on a stack that is in no cache: that took as long as all the rest.
///
/// An execution belongs to the actor that made it, whose list of them is searched whenever one ends. So a few makers
/// make a few each, ahead of need, and SimGrid's own context, where all calls here come from, starts them.
class Runners {
 public:
  /// A host and how many of its cores a job occupies there.
  struct Part {
    simgrid::s4u::Host* host;
    int accelerators;
  };

  struct Runner;

  /// `mismatch` is told of a job that SimGrid ended at another date than the one at which it was taken back, or before
  /// it was stopped.
  explicit Runners(std::function<void(metrics::JobIndex)> mismatch);
  ~Runners();
  Runners(const Runners&) = delete;
  Runners& operator=(const Runners&) = delete;

  /// Starts a job now: one execution per part, all of `duration` > 0.
  Runner* start(metrics::JobIndex job, units::Seconds duration, std::vector<Part> parts);
  /// Takes back the runner of a job that ends now: SimGrid ends its executions after the timers of this date.
  void end(Runner* runner);
  /// Stops a running job now.
  void cancel(Runner* runner);
  /// Checks the jobs taken back at earlier dates.
  void check_ended();
  /// Jobs taken back that are not checked yet.
  [[nodiscard]] std::size_t num_ending() const { return ending_.size(); }

 private:
  void begin(Runner& runner);
  void begin_waiting();
  void order(simgrid::s4u::Host* home);
  void make();
  void recycle(Runner* runner);

  std::function<void(metrics::JobIndex)> mismatch_;
  std::vector<std::unique_ptr<Runner>> all_;
  std::vector<Runner*> idle_;
  std::vector<Runner*> ending_;   ///< taken back at ending_at_, all of them, and not checked yet
  double ending_at_ = -1;         ///< of SimGrid's clock
  std::vector<Runner*> waiting_;  ///< of this date, for executions
  std::vector<simgrid::s4u::ExecPtr> stock_;
  simgrid::s4u::SemaphorePtr orders_;
  std::size_t num_ordered_ = 0;  ///< executions that makers have still to make
  std::size_t num_waiting_ = 0;  ///< executions that jobs wait for
  std::size_t num_live_ = 0;     ///< executions begun, and neither checked nor cancelled
  std::size_t num_makers_ = 0;
  MemoryAhead memory_;
};

}  // namespace gigasim::engine
