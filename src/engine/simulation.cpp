#include "simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace gigasim::engine {

Simulation::Simulation(const scenario::Scenario& scenario, workload::JobSource& source, metrics::Observer& observer,
                       Platform& platform, simgrid::s4u::Engine& simgrid, RunOptions options)
    : scenario_(scenario),
      source_(source),
      observer_(observer),
      platform_(platform),
      simgrid_(simgrid),
      options_(std::move(options)),
      queues_(scenario, source.origins()),
      broker_(scenario, queues_, observer),
      accounts_(scenario),
      budgets_(scenario, source),
      moulder_(scenario.scheduling.broker == "earliest_start"),
      chains_(scenario.workload.streams),
      services_(scenario, source.origins(), queues_, observer),
      runners_([this](metrics::JobIndex index) {
        if (failure_) return;
        failure_ = std::make_exception_ptr(std::logic_error(
            fmt::format("SimGrid did not end job number {} when it was due, or not on all its pods", index)));
      }),
      transfers_([this](metrics::JobIndex index) { transfer_ended(index); }),
      outages_(scenario, queues_, observer,
               [this](metrics::JobIndex index, workload::FailureCause cause) { interrupt(index, cause); }),
      is_touched_(queues_.queues().size(), false),
      expected_passes_(queues_.queues().size(), units::Seconds{-1.0}) {
  if (!scenario.period.until_drained) {
    period_end_ = units::ceil_to_grid(scenario.period.warm_up + scenario.period.length);
  }
  for (int q = 0; q < queues_.num_queues(); ++q) {
    for (const Step& step : queues_[q].steps) {
      changes_.push_back({step.from, step.accelerators > 0 ? Turn::kOnline : Turn::kOffline, q, step.accelerators});
    }
    observer_.capacity_changed(queues_[q].place, 0, units::Seconds{0});
    broker_.load_changed(q);
  }
  std::sort(changes_.begin(), changes_.end(), std::greater<>());
  next_job_ = source_.next();
}

void Simulation::run() {
  proceed();
  simgrid_.run();
  if (failure_) std::rethrow_exception(failure_);
}

void Simulation::proceed() {
  try {
    if (const auto date = work()) {
      if (*date < kForEver) return wake_at(*date);
      wake_date_ = kForEver;  // the end of a flow comes next, whenever that is
      ++wake_turn_;
      return;
    }
  } catch (...) {
    failure_ = std::current_exception();  // it must not unwind through SimGrid
  }
  simgrid::s4u::Actor::kill_all();
}

std::optional<units::Seconds> Simulation::work() {
  const auto lags_behind = [](units::Seconds date) { return simgrid::s4u::Engine::get_clock() < date.in_base_units(); };
  const auto stopped = [this] { return options_.stop != nullptr && options_.stop->load(); };
  for (;;) {
    if (!to_start_.empty()) {
      if (lags_behind(now_)) return now_;
      start_executions();
    }
    if (failure_) std::rethrow_exception(failure_);
    const auto next = next_instant();
    if (!next && scenario_.period.until_drained && transfers_.any_awaited() && !stopped()) return kForEver;
    if (stopped() || !next || *next > period_end_) break;
    if (changes_executions(*next) && lags_behind(*next)) return next;
    now_ = *next;
    instant(now_);
    if (++instants_ % 4096 == 0) report_progress(now_, false);
  }
  if (!stopped() && !scenario_.period.until_drained) now_ = period_end_;
  if (lags_behind(now_)) return now_;
  if (options_.energy_oracle) std::exchange(options_.energy_oracle, {})(platform_.plugin_energy_joules());
  // SimGrid ends executions after the timers of a date: a later timer finds those of the last instant ended.
  const units::Seconds later = now_ + units::from_ticks(1);
  if (runners_.num_ending() > 0 && lags_behind(later)) return later;
  runners_.check_ended();
  if (failure_) std::rethrow_exception(failure_);
  services_.finish(now_);
  observer_.run_ended(now_, stopped());
  report_progress(now_, true);
  return std::nullopt;
}

bool Simulation::changes_executions(units::Seconds date) const {
  if (!scenario_.scheduling.preemption.empty()) return true;  // any pass may stop a job
  if (transfers_.any_awaited()) return true;                  // SimGrid alone knows when they end
  const auto outage = outages_.next();
  if (outage && *outage <= date) return true;
  const auto is_due = [date](const DueJobs& dates) {
    return !dates.empty() && dates.top().first <= date.in_base_units();
  };
  if (is_due(phase_ends_) || is_due(transfer_ends_)) return true;
  if (services_.is_due(date)) return true;
  return (!ends_.empty() && ends_.top().first <= date.in_base_units()) ||
         (!changes_.empty() && changes_.back().time <= date);
}

std::optional<units::Seconds> Simulation::next_instant() const {
  double next = std::numeric_limits<double>::infinity();
  if (!ends_.empty()) next = ends_.top().first;
  for (const DueJobs* dates : {&wipe_ends_, &phase_ends_, &transfer_ends_}) {
    if (!dates->empty()) next = std::min(next, dates->top().first);
  }
  if (!patience_ends_.empty()) next = std::min(next, patience_ends_.top().first);
  if (!rebroker_dates_.empty()) next = std::min(next, rebroker_dates_.top().first);
  if (next_job_) next = std::min(next, next_job_->submit.in_base_units());
  if (const auto release = chains_.next_release()) next = std::min(next, release->in_base_units());
  if (const auto date = services_.next_date()) next = std::min(next, date->in_base_units());
  // A drained run is over when no job is left, whatever the calendar still holds.
  const bool jobs_left = next_job_ || chains_.next_release() || jobs_.num_done() < jobs_.count();
  if (jobs_left && !passes_.empty()) next = std::min(next, passes_.top().first);
  if (!changes_.empty() && (jobs_left || !scenario_.period.until_drained)) {
    next = std::min(next, changes_.back().time.in_base_units());
  }
  if (const auto outage = outages_.next(); outage && (jobs_left || !scenario_.period.until_drained)) {
    next = std::min(next, outage->in_base_units());
  }
  if (next == std::numeric_limits<double>::infinity()) return std::nullopt;
  return std::max(units::Seconds{0}, units::Seconds{next});
}

void Simulation::instant(units::Seconds now) {
  queues_.set_time(now);
  do {
    advance_phases(now);
    end_jobs(now);
    end_wipes(now);
    change_capacities(now);
    fail_nodes(now);
    take_arrivals(now);
    run_services(now);
    touch_expected(now);
    schedule(now);
    leave_queues(now);
    broker_anew(now);
  } while (!touched_.empty() || (!ends_.empty() && ends_.top().first == now.in_base_units()) ||
           chains_.next_release() == now || services_.is_due(now));
  services_.begin_stretches(now);
  jobs_.forget_done();
}

void Simulation::change_capacities(units::Seconds now) {
  while (!changes_.empty() && changes_.back().time <= now) {
    const CapacityChange change = changes_.back();
    changes_.pop_back();
    if (change.turn == Turn::kOnline) {
      go_online(change.queue, change.accelerators, now);
    } else {
      go_offline(change.queue, now);
    }
  }
}

void Simulation::go_online(int queue, std::int64_t accelerators, units::Seconds now) {
  Queue& q = queues_[queue];
  queues_.set_accelerators(queue, accelerators);
  q.pods.open(accelerators);
  q.policy->set_capacity(accelerators);
  observer_.capacity_changed(q.place, accelerators, now);
  outages_.opened(queue, accelerators, now);
  broker_.load_changed(queue);
  touch(queue);
  for (const metrics::JobIndex index : std::exchange(held_, {})) {
    if (waits(index)) broker_job(index, now);  // else its patience is over
  }
}

// A machine that goes offline stops what still runs there; what waits there is brokered anew. Brokers send no job to a
// machine that would go offline within the job's walltime.
void Simulation::go_offline(int queue, units::Seconds now) {
  Queue& q = queues_[queue];
  if (q.accelerators == 0) return;
  queues_.set_accelerators(queue, 0);
  for (const metrics::JobIndex index : q.policy->running()) {
    LiveJob& live = jobs_[index];
    const bool wiping = live.state == State::kWiping;
    if (!wiping) {
      halt(index, live);
      static_cast<void>(close_run(index, live, now, PhasedRun::Keep::kSaved));
      budgets_.settle(live.job, live.charged, live.progress.ran + (now - live.start));
      observer_.job_ended(index, metrics::Outcome::kKilled, now);
      chains_.ended(live.job, false, now);
      services_.gone(live.job, live.queue, index, now);
    }
    release(live, index);
    if (wiping || q.wipe > units::Seconds{0}) observer_.wipe_ended(index, now);
  }
  const auto waiting = q.policy->drain();
  q.policy->set_capacity(0);
  observer_.capacity_changed(q.place, 0, now);
  outages_.closed(queue, now);
  broker_.load_changed(queue);
  for (const metrics::JobIndex index : waiting) broker_job(index, now);
}

void Simulation::schedule(units::Seconds now) {
  std::sort(touched_.begin(), touched_.end());
  for (const int queue : std::exchange(touched_, {})) {
    is_touched_[static_cast<std::size_t>(queue)] = false;
    starts_.clear();
    queues_[queue].policy->pass(now, starts_);
    stop_preempted(queue, now);
    for (const metrics::JobIndex index : starts_) start_job(index, now);
    broker_.load_changed(queue);
    expect_pass(queue, now);
  }
}

// A window that closes, or a promise that is due, may let a job start when nothing else happens.
void Simulation::expect_pass(int queue, units::Seconds now) {
  const auto next = queues_[queue].policy->next_pass(now);
  units::Seconds& expected = expected_passes_[static_cast<std::size_t>(queue)];
  if (!next || *next == expected) return;
  expected = *next;
  passes_.push({next->in_base_units(), queue});
}

void Simulation::touch_expected(units::Seconds now) {
  while (!passes_.empty() && passes_.top().first <= now.in_base_units()) {
    const auto queue = static_cast<int>(passes_.top().second);
    passes_.pop();
    touch(queue);
  }
}

void Simulation::touch(int queue) {
  if (is_touched_[static_cast<std::size_t>(queue)]) return;
  is_touched_[static_cast<std::size_t>(queue)] = true;
  touched_.push_back(queue);
}

void Simulation::report_progress(units::Seconds now, bool last) {
  if (!options_.progress) return;
  const units::Seconds end = scenario_.period.until_drained ? units::Seconds{0} : period_end_;
  std::int64_t running = 0;
  for (int q = 0; q < queues_.num_queues(); ++q) running += std::ssize(queues_[q].policy->running());
  std::int64_t logged = 0;
  for (const workload::ImportReport& log : source_.imports()) logged += log.kept;
  const std::int64_t waiting = jobs_.count() - jobs_.num_done() - running;
  options_.progress({now, end, jobs_.count(), jobs_.num_done(), waiting, logged, last});
}

}  // namespace gigasim::engine
