#include "runners.hpp"

#include <algorithm>
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
  bool has_job = false;  // given, not yet begun by the actor
  double ended_at = -1;  // SimGrid's clock when the job was taken back
  bool is_suspended = false;
};

Runners::Runners(std::function<void(metrics::JobIndex)> mismatch) : mismatch_(std::move(mismatch)) {}
Runners::~Runners() = default;

Runners::Runner* Runners::start(metrics::JobIndex job, units::Seconds duration, std::vector<Part> parts) {
  if (idle_.empty()) {
    all_.push_back(std::make_unique<Runner>());
    idle_.push_back(all_.back().get());
  }
  Runner* runner = idle_.back();
  idle_.pop_back();
  runner->job = job;
  runner->duration = duration;
  runner->parts = std::move(parts);
  runner->has_job = true;
  if (runner->actor == nullptr) {
    runner->actor = s4u::Actor::create("runner", runner->parts.front().host, [this, runner] { body(*runner); });
  } else if (std::exchange(runner->is_suspended, false)) {
    runner->actor->resume();
  }
  return runner;
}

void Runners::end(Runner* runner) {
  runner->ended_at = s4u::Engine::get_clock();
  ++num_ending_;
  idle_.push_back(runner);
}

void Runners::cancel(Runner* runner) {
  for (const auto& execution : runner->executions) execution->cancel();
  end(runner);
}

void Runners::body(Runner& self) {
  for (;;) {
    run_job(self);
    if (self.has_job) continue;
    self.is_suspended = true;
    s4u::this_actor::suspend();
  }
}

void Runners::run_job(Runner& self) {
  self.has_job = false;
  self.ended_at = -1;
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
  // All executions of a job start together and last as long: to wait for one is to wait for all, and nothing must be
  // left.
  const metrics::JobIndex job = self.job;
  bool all_ended = true;
  try {
    self.executions.front()->wait();
    all_ended = std::all_of(self.executions.begin(), self.executions.end(),
                            [](const s4u::ExecPtr& execution) { return execution->get_remaining() == 0.0; });
  } catch (const simgrid::CancelException&) {
    // By Runners::cancel().
  }
  if (self.ended_at != s4u::Engine::get_clock() || !all_ended) mismatch_(job);
  --num_ending_;
  self.executions.clear();
}

}  // namespace gigasim::engine
