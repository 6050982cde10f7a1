#include "simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <simgrid/kernel/Timer.hpp>
#include <stdexcept>

namespace gigasim::engine {
namespace {

constexpr units::Seconds kForEver{std::numeric_limits<double>::infinity()};

/// How long a job runs. Under `extend` the request was raised to the runtime when the job was read: the same expression
/// serves both.
units::Seconds duration_of(const workload::Job& job) {
  return std::min(job.runtime, job.walltime);
}

}  // namespace

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
      runners_([this](metrics::JobIndex index) {
        failure_ = std::make_exception_ptr(std::logic_error(
            fmt::format("SimGrid ended job number {} at {} s, when it was not due, or not on all its pods", index,
                        simgrid::s4u::Engine::get_clock())));
      }),
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
      simgrid::kernel::timer::Timer::set(date->in_base_units(), [this] { proceed(); });
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
  if (runners_.num_ending() > 0) {
    throw std::logic_error(fmt::format("{} jobs were due that SimGrid has not ended", runners_.num_ending()));
  }
  observer_.run_ended(now_, stopped());
  report_progress(now_, true);
  return std::nullopt;
}

bool Simulation::changes_executions(units::Seconds date) const {
  if (!scenario_.scheduling.preemption.empty()) return true;  // any pass may stop a job
  return (!ends_.empty() && ends_.top().first <= date.in_base_units()) ||
         (!changes_.empty() && changes_.back().time <= date);
}

std::optional<units::Seconds> Simulation::next_instant() const {
  double next = std::numeric_limits<double>::infinity();
  if (!ends_.empty()) next = ends_.top().first;
  if (!wipe_ends_.empty()) next = std::min(next, wipe_ends_.top().first);
  if (!patience_ends_.empty()) next = std::min(next, patience_ends_.top().first);
  if (!rebroker_dates_.empty()) next = std::min(next, rebroker_dates_.top().first);
  if (next_job_) next = std::min(next, next_job_->submit.in_base_units());
  if (const auto release = chains_.next_release()) next = std::min(next, release->in_base_units());
  // A drained run is over when no job is left, whatever the calendar still holds.
  const bool jobs_left = next_job_ || chains_.next_release() || jobs_done_ < jobs_.count();
  if (jobs_left && !passes_.empty()) next = std::min(next, passes_.top().first);
  if (!changes_.empty() && (jobs_left || !scenario_.period.until_drained)) {
    next = std::min(next, changes_.back().time.in_base_units());
  }
  if (next == std::numeric_limits<double>::infinity()) return std::nullopt;
  return std::max(units::Seconds{0}, units::Seconds{next});
}

void Simulation::instant(units::Seconds now) {
  queues_.set_time(now);
  do {
    end_jobs(now);
    end_wipes(now);
    change_capacities(now);
    take_arrivals(now);
    touch_expected(now);
    schedule(now);
    leave_queues(now);
    broker_anew(now);
  } while (!touched_.empty() || (!ends_.empty() && ends_.top().first == now.in_base_units()) ||
           chains_.next_release() == now);
  jobs_.forget_done();
}

void Simulation::end_jobs(units::Seconds now) {
  while (!ends_.empty() && ends_.top().first == now.in_base_units()) {
    const metrics::JobIndex index = ends_.top().second;
    ends_.pop();
    if (jobs_.state_of(index) != State::kRunning) continue;
    LiveJob& live = jobs_[index];
    if (live.start + run_of(live) != now) continue;         // it was preempted and runs again
    if (live.runner != nullptr) runners_.end(live.runner);  // none for a job of runtime 0: SimGrid never saw it
    const units::Seconds wipe = queues_[live.queue].wipe;
    if (wipe > units::Seconds{0}) {
      live.state = State::kWiping;
      wipe_ends_.push({(now + wipe).in_base_units(), index});
    } else {
      release(live, index);
    }
    budgets_.settle(live.job, live.charged, live.progress.ran + (now - live.start));
    const bool killed = duration_of(live.job) < live.job.runtime;
    observer_.job_ended(index, killed ? metrics::Outcome::kKilled : metrics::Outcome::kFinished, now);
    chains_.ended(live.job, !killed && live.job.ending == workload::Ending::kCompleted, now);
  }
}

void Simulation::end_wipes(units::Seconds now) {
  while (!wipe_ends_.empty() && wipe_ends_.top().first == now.in_base_units()) {
    const metrics::JobIndex index = wipe_ends_.top().second;
    wipe_ends_.pop();
    if (jobs_.state_of(index) != State::kWiping) continue;
    LiveJob& live = jobs_[index];
    release(live, index);
    observer_.wipe_ended(index, now);
  }
}

bool Simulation::waits(metrics::JobIndex index) const {
  const State state = jobs_.state_of(index);
  return state == State::kQueued || state == State::kHeld;
}

// After the pass: a job that can start at the very instant at which its patience ends does.
void Simulation::leave_queues(units::Seconds now) {
  while (!patience_ends_.empty() &&
         (patience_ends_.top().first <= now.in_base_units() || !waits(patience_ends_.top().second))) {
    const metrics::JobIndex index = patience_ends_.top().second;
    patience_ends_.pop();
    if (!waits(index) || jobs_[index].progress.started) continue;
    LiveJob& live = jobs_[index];
    if (live.state == State::kQueued) {
      queues_[live.queue].policy->remove(index);
      touch(live.queue);
    }
    budgets_.settle(live.job, live.charged, units::Seconds{0});
    live.state = State::kDone;
    ++jobs_done_;
    observer_.job_left(index, now);
    chains_.ended(live.job, false, now);
  }
}

// After those that leave: a job whose patience is over does not move first.
void Simulation::broker_anew(units::Seconds now) {
  const auto waits_no_more = [this](const Due& entry) {
    return jobs_.state_of(entry.second) != State::kQueued ||
           jobs_[entry.second].rebroker_at.in_base_units() != entry.first;
  };
  while (!rebroker_dates_.empty() &&
         (rebroker_dates_.top().first <= now.in_base_units() || waits_no_more(rebroker_dates_.top()))) {
    const Due entry = rebroker_dates_.top();
    rebroker_dates_.pop();
    if (waits_no_more(entry)) continue;
    LiveJob& live = jobs_[entry.second];
    const auto better = broker_.better_place(entry.second, as_brokered(live.job), live.queue);
    if (better) {
      queues_[live.queue].policy->remove(entry.second);
      touch(live.queue);
      enqueue(entry.second, *better, now);
    } else {
      live.rebroker_at = now + *scenario_.scheduling.rebroker_after;
      rebroker_dates_.push({live.rebroker_at.in_base_units(), entry.second});
    }
  }
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
      runners_.cancel(live.runner);
      budgets_.settle(live.job, live.charged, live.progress.ran + (now - live.start));
      observer_.job_ended(index, metrics::Outcome::kKilled, now);
      chains_.ended(live.job, false, now);
    }
    release(live, index);
    if (wiping || q.wipe > units::Seconds{0}) observer_.wipe_ended(index, now);
  }
  const auto waiting = q.policy->drain();
  q.policy->set_capacity(0);
  observer_.capacity_changed(q.place, 0, now);
  broker_.load_changed(queue);
  for (const metrics::JobIndex index : waiting) broker_job(index, now);
}

void Simulation::take_arrivals(units::Seconds now) {
  while (next_job_ && next_job_->submit <= now) {
    const workload::Job job = *next_job_;
    next_job_ = source_.next();
    if (job.after_stream >= 0) {
      chains_.hold(job, now);
    } else {
      submit(job, false, now);
    }
  }
  while (const auto released = chains_.take(now)) submit(released->job, released->doomed, now);
}

void Simulation::submit(const workload::Job& job, bool doomed, units::Seconds now) {
  const auto index = jobs_.count();
  jobs_.add(job);
  observer_.job_submitted(index, job, now);
  chains_.begins(job);
  if (doomed) return refuse(index, Chains::kRefusal, now);
  if (const auto reason = budgets_.charge(job); !reason.empty()) return refuse(index, reason, now);
  jobs_[index].charged = ProjectBudgets::request_of(job);
  if (job.patience < kForEver) patience_ends_.push({(now + job.patience).in_base_units(), index});
  broker_job(index, now);
}

void Simulation::refuse(metrics::JobIndex index, std::string_view reason, units::Seconds now) {
  LiveJob& live = jobs_[index];
  live.state = State::kDone;
  ++jobs_done_;
  observer_.job_refused(index, reason, now);
  chains_.ended(live.job, false, now);
}

void Simulation::broker_job(metrics::JobIndex index, units::Seconds now) {
  if (const auto queue = choose_queue(index)) return enqueue(index, *queue, now);
  LiveJob& live = jobs_[index];
  const auto job = as_brokered(live.job);
  if (!queues_.will_be_accepted(job)) {
    budgets_.settle(live.job, live.charged, units::Seconds{0});
    return refuse(index, queues_.reason_of_refusal(job), now);
  }
  live.state = State::kHeld;
  held_.push_back(index);
}

/// A moldable job gets its size with its queue.
std::optional<int> Simulation::choose_queue(metrics::JobIndex index) {
  LiveJob& live = jobs_[index];
  const auto& moulding = scenario_.workload.streams[static_cast<std::size_t>(live.job.stream)].moldable;
  if (!moulding) return broker_.place(index, as_brokered(live.job));
  if (!live.as_asked) live.as_asked = std::make_unique<const workload::Job>(live.job);
  const auto ask_broker = [this](const scheduling::BrokeredJob& job) { return broker_.ask(job); };
  const Mould mould = moulder_.choose(*moulding, *live.as_asked, as_brokered(*live.as_asked), ask_broker, queues_);
  live.job.accelerators = mould.accelerators;
  live.job.runtime = mould.runtime;
  live.job.walltime = mould.walltime;
  observer_.job_moulded(index, mould.accelerators, mould.runtime, mould.walltime);
  broker_.tell(index, as_brokered(live.job), mould.choice);
  return mould.choice ? std::optional{mould.choice->queue} : std::nullopt;
}

void Simulation::enqueue(metrics::JobIndex index, int queue, units::Seconds now) {
  LiveJob& live = jobs_[index];
  live.state = State::kQueued;
  live.queue = queue;
  queues_[queue].policy->enqueue(as_queued(index, live));
  if (const auto after = scenario_.scheduling.rebroker_after) {
    live.rebroker_at = now + *after;
    rebroker_dates_.push({live.rebroker_at.in_base_units(), index});
  }
  observer_.job_queued(index, queues_[queue].place, now);
  touch(queue);
}

scheduling::QueuedJob Simulation::as_queued(metrics::JobIndex index, const LiveJob& live) {
  auto job = queues_.queued(live.queue, index, as_brokered(live.job), live.job.submit);
  job.account = accounts_.of(live.job);
  job.kind = live.job.stream;
  return job;
}

scheduling::BrokeredJob Simulation::as_brokered(const workload::Job& job) const {
  const scenario::Stream& stream = scenario_.workload.streams[static_cast<std::size_t>(job.stream)];
  const bool clairvoyant = scenario_.scheduling.queues.estimate == scenario::Estimate::kActual;
  const std::int32_t group = stream.time_holder ? static_cast<std::int32_t>(*stream.time_holder) : -1;
  return {.origin = job.origin,
          .accelerators = job.accelerators,
          .walltime = clairvoyant ? duration_of(job) : job.walltime,
          .privilege = stream.privilege,
          .sensitive = stream.sensitive,
          .needs = queues_.needs_of(job.stream),
          .stream = job.stream,
          .group = group};
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

// What is stopped waits again where it was, and may start in the next pass at this very instant on what was not needed.
void Simulation::stop_preempted(int queue, units::Seconds now) {
  Queue& q = queues_[queue];
  if (q.preempting == nullptr) return;
  for (const auto& stop : q.preempting->stopped()) {
    LiveJob& live = jobs_[stop.id];
    std::erase(to_start_, stop.id);
    if (live.runner != nullptr) runners_.cancel(std::exchange(live.runner, nullptr));
    q.pods.give_back(std::exchange(live.pods, {}));
    const auto& rule = rule_between(scenario_, stop.by, live.job.stream);
    const units::Seconds lost = stop_job(live.job, live.progress, now - live.start, rule);
    live.state = State::kQueued;
    observer_.job_preempted(stop.id, lost, now);
    q.policy->enqueue(as_queued(stop.id, live));
    touch(queue);
  }
}

/// At the speed that it has where it runs.
units::Seconds Simulation::run_of(const LiveJob& live) const {
  return at_speed(duration_of(live.job), queues_.speed(live.queue, as_brokered(live.job)));
}

void Simulation::start_job(metrics::JobIndex index, units::Seconds now) {
  LiveJob& live = jobs_[index];
  Queue& queue = queues_[live.queue];
  live.state = State::kRunning;
  live.progress.started = true;
  live.runner = nullptr;
  live.pods = queue.pods.take(queue.occupied(live.job.accelerators, as_brokered(live.job).sensitive));
  const units::Seconds duration = run_of(live);
  live.start = now;
  ends_.push({(now + duration).in_base_units(), index});
  observer_.job_started(index, queue.place, live.pods, now);
  if (duration > units::Seconds{0}) to_start_.push_back(index);
}

void Simulation::start_executions() {
  for (const metrics::JobIndex index : to_start_) {
    LiveJob& live = jobs_[index];
    std::vector<Runners::Part> parts;
    parts.reserve(live.pods.size());
    std::int64_t left = live.job.accelerators;  // the rest of whole nodes computes nothing
    for (const auto& share : live.pods) {
      const std::int64_t busy = std::min(left, share.accelerators);
      left -= busy;
      if (busy > 0) parts.push_back({platform_.pod(queues_[live.queue].place, share.pod), static_cast<int>(busy)});
    }
    const units::Seconds duration = run_of(live);
    live.runner = runners_.start(index, duration, std::move(parts));
  }
  to_start_.clear();
}

void Simulation::release(LiveJob& live, metrics::JobIndex index) {
  live.state = State::kDone;
  ++jobs_done_;
  Queue& queue = queues_[live.queue];
  queue.policy->job_ended(as_queued(index, live), live.start);
  queue.pods.give_back(live.pods);
  live.pods = {};
  touch(live.queue);
}

void Simulation::touch(int queue) {
  if (is_touched_[static_cast<std::size_t>(queue)]) return;
  is_touched_[static_cast<std::size_t>(queue)] = true;
  touched_.push_back(queue);
}

void Simulation::report_progress(units::Seconds now, bool last) {
  if (!options_.progress) return;
  const units::Seconds end = scenario_.period.until_drained ? units::Seconds{0} : period_end_;
  options_.progress({now, end, jobs_.count(), jobs_done_, last});
}

}  // namespace gigasim::engine
