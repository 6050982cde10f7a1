#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <simgrid/s4u.hpp>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::engine {

/// Flows of bytes between hosts, which share the links on their way. One actor per flow, re-used for the next one. When
/// a flow ends is SimGrid's to say: its links may be shared with flows that do not exist yet.
///
/// start() and cancel() are called from SimGrid's own context (a timer).
class Transfers {
 public:
  using Id = std::int64_t;
  /// `ended` is called by an actor, at SimGrid's clock, when a flow that was not cancelled has ended.
  explicit Transfers(std::function<void(Id)> ended);
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  Id start(units::Bytes bytes, simgrid::s4u::Host* from, simgrid::s4u::Host* to);
  void cancel(Id transfer);
  [[nodiscard]] int in_flight() const { return in_flight_; }

 private:
  struct Mover;
  void body(Mover& self);

  std::function<void(Id)> ended_;
  std::vector<std::unique_ptr<Mover>> all_;
  std::vector<Mover*> idle_;
  Id last_ = 0;
  int in_flight_ = 0;
};

}  // namespace gigasim::engine
