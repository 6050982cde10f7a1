#include "runners.hpp"

#include <algorithm>
#include <simgrid/simix.hpp>
#include <utility>

namespace gigasim::engine {

namespace s4u = simgrid::s4u;

namespace {

constexpr std::size_t kBatch = 8;     // executions that a maker makes when it is asked
constexpr std::size_t kInStock = 32;  // enough for most passes; a pass that starts more waits for the makers
constexpr std::size_t kPerMaker = 8;  // executions that a maker's list may come to, in the mean

}  // namespace

struct Runners::Runner {
  metrics::JobIndex job = -1;
  units::Seconds duration{0};
  std::vector<Part> parts;
  std::vector<s4u::ExecPtr> executions;  // none while it waits for them
};

Runners::Runners(std::function<void(metrics::JobIndex)> mismatch)
    : mismatch_(std::move(mismatch)), orders_(s4u::Semaphore::create(0)) {}
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
  waiting_.push_back(runner);
  num_waiting_ += runner->parts.size();
  begin_waiting();
  order(runner->parts.front().host);
  return runner;
}

void Runners::begin_waiting() {
  while (!waiting_.empty() && waiting_.back()->parts.size() <= stock_.size()) {
    Runner* const runner = waiting_.back();
    waiting_.pop_back();
    num_waiting_ -= runner->parts.size();
    begin(*runner);
  }
}

void Runners::begin(Runner& runner) {
  for (const Part& part : runner.parts) {
    s4u::ExecPtr execution = std::move(stock_.back());
    stock_.pop_back();
    execution->set_flops_amount(runner.duration.in_base_units());  // speed 1: one flop lasts one second
    execution->set_thread_count(part.accelerators);
    execution->set_host(part.host);
    execution->start();
    runner.executions.push_back(std::move(execution));
  }
  num_live_ += runner.parts.size();
}

void Runners::order(s4u::Host* home) {
  while (stock_.size() + num_ordered_ < num_waiting_ + kInStock) {
    memory_.will_take(kBatch * kBytesPerExecution);
    num_ordered_ += kBatch;
    if (num_live_ + num_ordered_ > kPerMaker * num_makers_) {
      ++num_makers_;
      s4u::Actor::create("maker", home, [this] { make(); });
    } else {
      orders_->release();  // the maker that has waited longest
    }
  }
}

void Runners::make() {
  for (;;) {
    for (std::size_t i = 0; i < kBatch; ++i) stock_.push_back(s4u::Exec::init());
    num_ordered_ -= kBatch;
    if (!waiting_.empty()) simgrid::kernel::actor::simcall_answered([this] { begin_waiting(); });
    orders_->acquire();  // to suspend it would suspend its executions
  }
}

void Runners::end(Runner* runner) {
  check_ended();
  ending_at_ = s4u::Engine::get_clock();
  ending_.push_back(runner);
}

void Runners::check_ended() {
  if (ending_.empty() || ending_at_ >= s4u::Engine::get_clock()) return;
  for (Runner* const runner : ending_) {
    const bool all_ended =
        std::all_of(runner->executions.begin(), runner->executions.end(),
                    [this](const s4u::ExecPtr& execution) { return execution->get_finish_time() == ending_at_; });
    if (!all_ended || runner->executions.empty()) mismatch_(runner->job);
    recycle(runner);
  }
  ending_.clear();
}

void Runners::cancel(Runner* runner) {
  if (runner->executions.empty()) {  // it never began
    num_waiting_ -= runner->parts.size();
    std::erase(waiting_, runner);
  }
  // Before its time SimGrid has ended none of them.
  const bool has_ended = std::any_of(runner->executions.begin(), runner->executions.end(),
                                     [](const s4u::ExecPtr& execution) { return execution->get_finish_time() >= 0.0; });
  if (has_ended) mismatch_(runner->job);
  for (const auto& execution : runner->executions) execution->cancel();
  recycle(runner);
}

void Runners::recycle(Runner* runner) {
  num_live_ -= runner->executions.size();
  runner->executions.clear();
  idle_.push_back(runner);
}

}  // namespace gigasim::engine
