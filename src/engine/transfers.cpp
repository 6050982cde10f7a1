#include "transfers.hpp"

#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "gigasim/units/grid.hpp"

namespace gigasim::engine {

namespace s4u = simgrid::s4u;

struct Transfers::Awaited {
  std::function<void(metrics::JobIndex)> ended;
  std::unordered_map<const s4u::Activity*, metrics::JobIndex> flows;  // looked up only, never iterated
};

Transfers::Transfers(std::function<void(metrics::JobIndex)> ended) : awaited_(std::make_shared<Awaited>()) {
  awaited_->ended = std::move(ended);
  s4u::Activity::on_completion_cb([awaited = awaited_](const s4u::Activity& activity) {
    if (awaited->flows.empty()) return;
    const auto found = awaited->flows.find(&activity);
    if (found == awaited->flows.end()) return;  // an execution, or a flow that nobody awaits
    const metrics::JobIndex job = found->second;
    awaited->flows.erase(found);
    awaited->ended(job);
  });
}

Transfers::~Transfers() {
  awaited_->flows.clear();
}

Transfers::Flow Transfers::start(units::Bytes bytes, s4u::Host* from, s4u::Host* to) {
  Flow flow = s4u::Comm::sendto_init(from, to);
  flow->set_payload_size(static_cast<std::uint64_t>(std::llround(bytes.in_base_units())));
  flow->start();
  return flow;
}

std::optional<units::Seconds> Transfers::end_of(const Flow& flow) {
  const double date = flow->get_finish_time();
  if (date < 0.0) return std::nullopt;
  return units::ceil_to_grid(units::Seconds{date});
}

void Transfers::await(const Flow& flow, metrics::JobIndex job) {
  awaited_->flows.emplace(flow.get(), job);
}

void Transfers::drop(Flow& flow) {
  awaited_->flows.erase(flow.get());
  if (flow->get_finish_time() < 0.0) {
    flow->cancel();
    if (std::exchange(stopped_at_, s4u::Engine::get_clock()) < s4u::Engine::get_clock()) stopped_.clear();
    stopped_.push_back(flow);
  }
  flow.reset();
}

bool Transfers::any_awaited() const {
  return !awaited_->flows.empty();
}

}  // namespace gigasim::engine
