#include <fmt/format.h>

#include <algorithm>
#include <simgrid/kernel/Timer.hpp>

#include "gigasim/scenario/load.hpp"
#include "gigasim/units/text.hpp"
#include "gigasim/workload/failure_limits.hpp"
#include "simulation.hpp"

// Of the simulation: jobs that save their work, and what interrupts jobs.
namespace gigasim::engine {

/// While SimGrid ends a flow: it concerns us from the next date of the grid on. A timer of the present date still
/// comes.
void Simulation::transfer_ended(metrics::JobIndex index) {
  const units::Seconds due = units::ceil_to_grid(units::Seconds{simgrid::s4u::Engine::get_clock()});
  transfer_ends_.push({due.in_base_units(), index});
  if (due < wake_date_) wake_at(due);
}

void Simulation::wake_at(units::Seconds date) {
  wake_date_ = date;
  simgrid::kernel::timer::Timer::set(date.in_base_units(), [this, turn = ++wake_turn_] {
    if (turn == wake_turn_) proceed();  // else an earlier date took its place
  });
}

void Simulation::advance_phases(units::Seconds now) {
  while (!transfer_ends_.empty() && transfer_ends_.top().first <= now.in_base_units()) {
    const metrics::JobIndex index = transfer_ends_.top().second;
    transfer_ends_.pop();
    if (jobs_.state_of(index) != State::kRunning) continue;
    LiveJob& live = jobs_[index];
    if (!take_flow(live)) continue;  // it was stopped at this very date, and runs again
    follow(index, live.phases->transfer_ended(now), now);
  }
  while (!phase_ends_.empty() && phase_ends_.top().first <= now.in_base_units()) {
    const auto [date, index] = phase_ends_.top();
    phase_ends_.pop();
    if (jobs_.state_of(index) != State::kRunning) continue;
    LiveJob& live = jobs_[index];
    if (live.phases->until() != now) continue;  // it was stopped, and runs again
    note_written(live);
    follow(index, live.phases->timer(now), now);
  }
}

void Simulation::follow(metrics::JobIndex index, const PhasedRun::Next& next, units::Seconds now) {
  LiveJob& live = jobs_[index];
  if (next.spent) observer_.job_spent(index, *next.spent, next.since, now, now);
  if (next.until) phase_ends_.push({next.until->in_base_units(), index});
  if (next.over) ends_.push({now.in_base_units(), index});
  if (!next.transfer) {
    if (live.flow != nullptr && live.phases->awaits_transfer()) transfers_.await(live.flow, index);
    return;
  }
  const metrics::Place place = queues_[live.queue].place;
  simgrid::s4u::Host* const pod = platform_.pod(place, live.pods.front().pod);
  const std::int32_t source = live.saved_at >= 0 ? live.saved_at : place.site;
  live.flow = live.phases->is_loading() ? Transfers::start(*next.transfer, platform_.storage(source), pod)
                                        : Transfers::start(*next.transfer, pod, platform_.storage(place.site));
  if (live.phases->awaits_transfer()) transfers_.await(live.flow, index);
}

/// The date at which the bytes of a job had moved, which is told once; none while they move.
std::optional<units::Seconds> Simulation::take_flow(LiveJob& live) {
  if (live.flow == nullptr) return std::nullopt;
  const auto end = Transfers::end_of(live.flow);
  if (!end) return std::nullopt;
  live.flow.reset();
  live.saved_at = queues_[live.queue].place.site;  // be it read from elsewhere, be it written here
  return end;
}

void Simulation::note_written(LiveJob& live) {
  if (live.phases->awaits_transfer()) return;
  if (const auto end = take_flow(live)) live.phases->written(*end);
}

/// Nothing of the job goes on on SimGrid.
void Simulation::halt(metrics::JobIndex index, LiveJob& live) {
  std::erase(to_start_, index);
  if (live.runner != nullptr) runners_.cancel(std::exchange(live.runner, nullptr));
  if (live.phases) note_written(live);
  if (live.flow != nullptr) transfers_.drop(live.flow);
}

/// What a run that ends before its time was spent on besides work is told, and what it has to do again returned.
units::Seconds Simulation::close_run(metrics::JobIndex index, LiveJob& live, units::Seconds now, PhasedRun::Keep keep) {
  if (live.phases) {
    const auto stopped = live.phases->stop(now, keep);
    if (stopped.spent) observer_.job_spent(index, *stopped.spent, stopped.since, now, now);
    return stopped.lost;
  }
  if (live.restart == units::Seconds{0}) return now - live.start;
  const units::Seconds begun = std::min(now, live.start + live.restart);
  observer_.job_spent(index, metrics::Spent::kRestart, live.start, begun, now);
  live.restart = units::Seconds{0};
  return now - begun;
}

/// A run until drained that a job will never let end is an error at its first interruption.
void Simulation::refuse_endless_run(const LiveJob& live) {
  if (!scenario_.period.until_drained || services_.is_replica(live.job)) return;
  const metrics::Place place = queues_[live.queue].place;
  const auto& site = scenario_.sites[static_cast<std::size_t>(place.site)];
  const auto& partition = site.partitions[static_cast<std::size_t>(place.partition)];
  const double rate = workload::interruption_rate(scenario_, partition, live.job.accelerators);
  // What must be done without a failure: all of it, or what lies between two checkpoints.
  const units::Seconds stretch =
      live.phases ? std::min(live.phases->terms().work, live.phases->terms().interval) : run_of(live);
  const double tries = workload::expected_tries(rate, stretch);
  if (tries <= workload::most_tries()) return;
  throw scenario::ScenarioError{{fmt::format(
      "workload.streams[{}]: job {} ({} accelerators at site {}) would never end, nor the run, whose period.length is "
      "until_drained: {} without a failure are needed, and one comes every {} in the mean (about {:.0e} tries)",
      scenario_.workload.streams[static_cast<std::size_t>(live.job.stream)].name, live.job.number,
      units::grouped(live.job.accelerators), site.name, units::humane_duration(stretch),
      units::humane_duration(units::Seconds{1.0 / rate}), tries)}};
}

void Simulation::interrupt(metrics::JobIndex index, workload::FailureCause cause) {
  LiveJob& live = jobs_[index];
  refuse_endless_run(live);
  Queue& queue = queues_[live.queue];
  queue.policy->job_ended(as_queued(index, live), live.start);  // by the request of this run
  halt(index, live);
  const units::Seconds ran = now_ - live.start;
  units::Seconds lost = close_run(index, live, now_, PhasedRun::Keep::kSaved);
  const bool was_suspended = live.progress.done + live.progress.overhead > units::Seconds{0};
  if (!live.phases && was_suspended) {
    live.progress.ran += ran - lost;
    lost = stop_work(live, lost, {});  // what earlier runs had done is lost too
  } else {
    live.progress.ran += ran;
  }
  const bool is_replica = services_.is_replica(live.job);  // it has served, and has a start-up of its own
  if (is_replica) lost = units::Seconds{0};
  live.restart = is_replica ? units::Seconds{0} : units::ceil_to_grid(scenario_.failures->restart);
  queue.vacate(index, live.pods);
  live.state = State::kQueued;
  observer_.job_interrupted(index, cause, lost, now_);
  queue.policy->enqueue(as_queued(index, live));
  services_.stopped(live.job, live.queue, index, now_);
  interrupted_.push_back(index);
}

// What was interrupted goes on at once where enough is left: on spares, or on what nobody used.
void Simulation::fail_nodes(units::Seconds now) {
  const auto due = outages_.next();
  if (!due || *due > now) return;
  for (const int queue : outages_.strike(now)) {
    touch(queue);
    broker_.load_changed(queue);
  }
  std::sort(interrupted_.begin(), interrupted_.end());
  for (const metrics::JobIndex index : std::exchange(interrupted_, {})) {
    LiveJob& live = jobs_[index];
    Queue& queue = queues_[live.queue];
    if (queue.occupied(live.job.accelerators, as_brokered(live.job).sensitive) > queue.pods.free()) continue;
    queue.policy->start_now(index, now);
    start_job(index, now);
  }
}

}  // namespace gigasim::engine
