#include <algorithm>

#include "simulation.hpp"

// Of the simulation: how jobs start, stop and end.
namespace gigasim::engine {
namespace {

constexpr units::Seconds kUntilStopped{1e15};

}  // namespace

void Simulation::end_jobs(units::Seconds now) {
  while (!ends_.empty() && ends_.top().first == now.in_base_units()) {
    const metrics::JobIndex index = ends_.top().second;
    ends_.pop();
    if (jobs_.state_of(index) != State::kRunning) continue;
    LiveJob& live = jobs_[index];
    const bool is_over = live.phases && live.phases->is_over();
    if (!is_over && live.start + run_of(live) != now) continue;  // it was stopped and runs again
    const bool killed = live.phases ? !is_over : duration_of(live.job) < live.job.runtime;
    if (live.phases) {
      halt(index, live);
    } else if (live.runner != nullptr) {  // none for a job of runtime 0: SimGrid never saw it
      runners_.end(live.runner);
    }
    if (live.phases || live.restart > units::Seconds{0}) {
      static_cast<void>(close_run(index, live, now, PhasedRun::Keep::kAll));
    }
    const units::Seconds wipe = queues_[live.queue].wipe;
    if (wipe > units::Seconds{0}) {
      live.state = State::kWiping;
      wipe_ends_.push({(now + wipe).in_base_units(), index});
    } else {
      release(live, index);
    }
    budgets_.settle(live.job, live.charged, live.progress.ran + (now - live.start));
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

// What is stopped waits again where it was, and may start in the next pass at this very instant on what was not needed.
void Simulation::stop_preempted(int queue, units::Seconds now) {
  Queue& q = queues_[queue];
  if (q.preempting == nullptr) return;
  for (const auto& stop : q.preempting->stopped()) {
    LiveJob& live = jobs_[stop.id];
    halt(stop.id, live);
    q.vacate(stop.id, live.pods);
    const auto& rule = rule_between(scenario_, stop.by, live.job.stream);
    const units::Seconds lost = stop_run(stop.id, live, rule, now);
    live.state = State::kQueued;
    observer_.job_preempted(stop.id, lost, now);
    services_.stopped(live.job, queue, stop.id, now);
    q.policy->enqueue(as_queued(stop.id, live));
    touch(queue);
  }
}

/// Returns by how much longer it will run for having been preempted.
units::Seconds Simulation::stop_run(metrics::JobIndex index, LiveJob& live, const scenario::Preemption& rule,
                                    units::Seconds now) {
  const bool keeps_all = rule.mode == scenario::PreemptionMode::kSuspend;
  const units::Seconds worked =
      close_run(index, live, now, keeps_all ? PhasedRun::Keep::kAll : PhasedRun::Keep::kSaved);
  if (!live.phases) {
    live.progress.ran += (now - live.start) - worked;  // it held its accelerators while it restarted
    return stop_work(live, worked, rule);
  }
  live.progress.ran += now - live.start;
  live.restart = units::ceil_to_grid(rule.cost);
  return worked;  // what is lost of it
}

/// Makes of a job that was stopped after it `worked` so long what it has still to do.
units::Seconds Simulation::stop_work(LiveJob& live, units::Seconds worked, const scenario::Preemption& rule) {
  const double speed = queues_.speed(live.queue, as_brokered(live.job));
  if (speed != 1.0 && live.job.estimate > units::Seconds{0}) {
    // What was asked for here; what is left of it is not rounded again.
    live.job.walltime = std::max(live.job.runtime, units::ceil_to_grid(request_there(live) * speed));
  }
  live.job.estimate = units::Seconds{0};
  return stop_job(live.job, live.progress, worked, rule, speed);
}

/// At the speed that it has where it runs.
units::Seconds Simulation::run_of(const LiveJob& live) const {
  if (live.phases) return live.phases->terms().limit;
  return at_speed(duration_of(live.job), queues_.speed(live.queue, as_brokered(live.job))) + live.restart;
}

/// Whether a job that saves its work is stopped at its limit: not one whose request is exact, which stands for a user
/// who knows how long it takes, with what it waits for storage that others use.
bool Simulation::is_killed_at_limit(const LiveJob& live) const {
  const scenario::Stream& stream = scenario_.workload.streams[static_cast<std::size_t>(live.job.stream)];
  const bool is_exact = !stream.trace && stream.walltime.kind == scenario::Walltime::Kind::kExact;
  return scenario_.scheduling.overrun == scenario::Overrun::kKill && !is_exact;
}

void Simulation::start_job(metrics::JobIndex index, units::Seconds now) {
  LiveJob& live = jobs_[index];
  Queue& queue = queues_[live.queue];
  live.state = State::kRunning;
  live.progress.started = true;
  live.runner = nullptr;
  queue.occupy(index, live.pods, queue.occupied(live.job.accelerators, as_brokered(live.job).sensitive));
  const units::Seconds duration = run_of(live);
  live.start = now;
  if (!live.phases || is_killed_at_limit(live)) ends_.push({(now + duration).in_base_units(), index});
  observer_.job_started(index, queue.place, live.pods, now);
  services_.started(live.job, live.queue, index, now);
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
    // Phases end when they do: the accelerators are busy until the job is taken from them.
    const units::Seconds duration = live.phases ? kUntilStopped : run_of(live);
    live.runner = runners_.start(index, duration, std::move(parts));
    if (live.phases) follow(index, live.phases->begin(now_, std::exchange(live.restart, units::Seconds{0})), now_);
  }
  to_start_.clear();
}

void Simulation::release(LiveJob& live, metrics::JobIndex index) {
  jobs_.finish(index);
  Queue& queue = queues_[live.queue];
  queue.policy->job_ended(as_queued(index, live), live.start);
  queue.vacate(index, live.pods);
  touch(live.queue);
}

}  // namespace gigasim::engine
