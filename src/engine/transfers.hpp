#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <simgrid/s4u.hpp>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::engine {

/// Flows of bytes between hosts, which share the links on their way. When a flow ends is SimGrid's to say: its links
/// may be shared with flows that do not exist yet. No actor waits for it: a job that stands still until then awaits it,
/// and others look when it concerns them.
///
/// All is called from SimGrid's own context (a timer).
class Transfers {
 public:
  using Flow = simgrid::s4u::CommPtr;
  /// `ended` is told, at SimGrid's clock, that the flow which a job awaits has ended. SimGrid is then busy with its own
  /// books: what runs on it must not be touched before the next timer.
  explicit Transfers(std::function<void(metrics::JobIndex)> ended);
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  [[nodiscard]] static Flow start(units::Bytes bytes, simgrid::s4u::Host* from, simgrid::s4u::Host* to);
  /// The first date of the grid at which it is over; none while it goes on.
  [[nodiscard]] static std::optional<units::Seconds> end_of(const Flow& flow);
  void await(const Flow& flow, metrics::JobIndex job);
  /// Stops a flow, if it goes on, and lets go of it.
  void drop(Flow& flow);
  [[nodiscard]] bool any_awaited() const;

 private:
  struct Awaited;
  std::shared_ptr<Awaited> awaited_;  // with SimGrid, which never forgets whom to tell
  std::vector<Flow> stopped_;         // at stopped_at_: SimGrid still looks at them at the end of that date
  double stopped_at_ = -1.0;
};

}  // namespace gigasim::engine
