#include <stdexcept>

#include "simulation.hpp"

// Of the simulation: replicas of services. To the queues they are jobs that run until their service gives them up;
// their request lasts for the rest of the run, and so the schedulers take them to stay.
namespace gigasim::engine {

void Simulation::run_services(units::Seconds now) {
  if (!services_.is_due(now)) return;
  const ReplicaOrders orders = services_.act(now);
  for (const metrics::JobIndex index : orders.ends) end_replica(index, now);
  for (const ReplicaOrders::Start& start : orders.starts) submit_replica(start, now);
}

void Simulation::submit_replica(const ReplicaOrders::Start& start, units::Seconds now) {
  if (scenario_.period.until_drained) throw std::logic_error("a service never ends, and the run was to end with it");
  workload::Job job;
  job.number = ++replicas_made_;
  job.stream = scenario_.workload.services[static_cast<std::size_t>(start.service)].stream;
  job.accelerators = start.accelerators;
  job.submit = now;
  job.runtime = job.walltime = period_end_ - now + units::from_ticks(1);
  const auto index = jobs_.count();
  jobs_.add(job);
  observer_.job_submitted(index, job, now);
  services_.submitted(start, index, now);
  enqueue(index, start.queue, now);
}

void Simulation::end_replica(metrics::JobIndex index, units::Seconds now) {
  LiveJob& live = jobs_[index];
  if (live.state == State::kQueued) {
    queues_[live.queue].policy->remove(index);
    touch(live.queue);
    return withdraw_replica(index, now);
  }
  halt(index, live);
  const units::Seconds wipe = queues_[live.queue].wipe;
  if (wipe > units::Seconds{0}) {
    live.state = State::kWiping;
    wipe_ends_.push({(now + wipe).in_base_units(), index});
  } else {
    release(live, index);
  }
  observer_.job_ended(index, metrics::Outcome::kFinished, now);
}

/// Of one that waits, and that its queue has forgotten.
void Simulation::withdraw_replica(metrics::JobIndex index, units::Seconds now) {
  LiveJob& live = jobs_[index];
  jobs_.finish(index);
  observer_.job_left(index, now);
  services_.gone(live.job, live.queue, index, now);
}

}  // namespace gigasim::engine
