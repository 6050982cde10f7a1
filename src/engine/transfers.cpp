#include "transfers.hpp"

#include <algorithm>
#include <cmath>
#include <simgrid/Exception.hpp>
#include <utility>

namespace gigasim::engine {

namespace s4u = simgrid::s4u;

struct Transfers::Mover {
  s4u::ActorPtr actor;  // none before its first flow
  Id transfer = 0;      // 0: none
  bool is_cancelled = false;
  std::uint64_t bytes = 0;
  s4u::Host* from = nullptr;
  s4u::Host* to = nullptr;
  s4u::CommPtr flow;
  s4u::SemaphorePtr given = s4u::Semaphore::create(0);  // a suspended actor would weigh on its host
};

Transfers::Transfers(std::function<void(Id)> ended) : ended_(std::move(ended)) {}
Transfers::~Transfers() = default;

Transfers::Id Transfers::start(units::Bytes bytes, s4u::Host* from, s4u::Host* to) {
  if (idle_.empty()) {
    all_.push_back(std::make_unique<Mover>());
    idle_.push_back(all_.back().get());
  }
  Mover* mover = idle_.back();
  idle_.pop_back();
  mover->transfer = ++last_;
  mover->is_cancelled = false;
  mover->bytes = static_cast<std::uint64_t>(std::llround(bytes.in_base_units()));
  mover->from = from;
  mover->to = to;
  ++in_flight_;
  if (mover->actor == nullptr) {
    mover->actor = s4u::Actor::create("mover", from, [this, mover] { body(*mover); });
  }
  mover->given->release();
  return last_;
}

void Transfers::cancel(Id transfer) {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& m) { return m->transfer == transfer; });
  if (found == all_.end() || (*found)->is_cancelled) return;
  (*found)->is_cancelled = true;
  --in_flight_;
  if ((*found)->flow != nullptr) (*found)->flow->cancel();
}

void Transfers::body(Mover& self) {
  for (;;) {
    self.given->acquire();
    if (!self.is_cancelled) {
      self.flow = s4u::Comm::sendto_async(self.from, self.to, self.bytes);
      try {
        if (!self.is_cancelled) self.flow->wait();
      } catch (const simgrid::Exception&) {
        // By cancel().
      }
      self.flow = nullptr;
    }
    const Id ended = std::exchange(self.transfer, 0);
    if (!self.is_cancelled) --in_flight_;
    idle_.push_back(&self);
    if (!self.is_cancelled) ended_(ended);
  }
}

}  // namespace gigasim::engine
