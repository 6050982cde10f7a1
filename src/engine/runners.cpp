#include "runners.hpp"

#include <simgrid/Exception.hpp>
#include <simgrid/simix.hpp>
#include <utility>

namespace gigasim::engine {

namespace s4u = simgrid::s4u;

struct Runners::Runner {
  s4u::ActorPtr actor;  // none before its first job
  metrics::JobIndex job = -1;
  units::Seconds duration{0};
  std::vector<Part> parts;
  std::vector<s4u::ExecPtr> executions;
  bool cancelled = false;
};

Runners::Runners() = default;
Runners::~Runners() = default;

Runners::Runner* Runners::assign(metrics::JobIndex job, units::Seconds duration, std::vector<Part> parts) {
  if (idle_.empty()) {
    all_.push_back(std::make_unique<Runner>());
    idle_.push_back(all_.back().get());
  }
  Runner* runner = idle_.back();
  idle_.pop_back();
  runner->job = job;
  runner->duration = duration;
  runner->parts = std::move(parts);
  runner->cancelled = false;
  assigned_.push_back(runner);
  return runner;
}

void Runners::start_assigned() {
  if (assigned_.empty()) return;
  // One switch to SimGrid's own context for all jobs of this instant.
  simgrid::kernel::actor::simcall_answered([this] {
    for (Runner* runner : assigned_) {
      if (runner->actor != nullptr) {
        runner->actor->resume();
      } else {
        runner->actor = s4u::Actor::create("runner", runner->parts.front().host, [this, runner] { body(*runner); });
      }
    }
  });
  assigned_.clear();
}

void Runners::cancel(Runner* runner) {
  runner->cancelled = true;
  for (const auto& execution : runner->executions) execution->cancel();
}

std::vector<metrics::JobIndex> Runners::take_ended() {
  return std::exchange(ended_, {});
}

void Runners::body(Runner& self) {
  for (;;) {
    run_job(self);
    s4u::this_actor::suspend();
  }
}

void Runners::run_job(Runner& self) {
  for (std::size_t i = 0; i < self.parts.size(); ++i) self.executions.push_back(s4u::Exec::init());
  // Each setter and each start is a switch to SimGrid's own context and back: one switch for all of them instead.
  simgrid::kernel::actor::simcall_answered([&self] {
    for (std::size_t i = 0; i < self.parts.size(); ++i) {
      self.executions[i]->set_flops_amount(self.duration.in_base_units());  // speed 1: one flop lasts one second
      self.executions[i]->set_thread_count(self.parts[i].accelerators);
      self.executions[i]->set_host(self.parts[i].host);
      self.executions[i]->start();
    }
  });
  for (const auto& execution : self.executions) {
    try {
      execution->wait();
    } catch (const simgrid::CancelException&) {
      // Runners::cancel() has said so already.
    }
  }
  self.executions.clear();
  if (!self.cancelled) ended_.push_back(self.job);
  idle_.push_back(&self);
}

}  // namespace gigasim::engine
