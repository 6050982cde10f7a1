#include "preemption.hpp"

#include <algorithm>
#include <stdexcept>

#include "gigasim/units/grid.hpp"
#include "network_queues.hpp"

namespace gigasim::engine {
namespace {

bool among(const std::vector<std::int32_t>& streams, std::int32_t stream) {
  return std::find(streams.begin(), streams.end(), stream) != streams.end();
}

units::Seconds floor_to_grid(units::Seconds time) {
  const units::Seconds up = units::ceil_to_grid(time);
  return up == time ? up : up - units::from_ticks(1);
}

}  // namespace

units::Seconds duration_of(const workload::Job& job) {
  return std::min(job.runtime, job.walltime);
}

const scenario::Preemption& rule_between(const scenario::Scenario& scenario, std::int32_t by, std::int32_t of) {
  for (const scenario::Preemption& rule : scenario.scheduling.preemption) {
    if (among(rule.by_streams, by) && among(rule.of_streams, of)) return rule;
  }
  throw std::logic_error("a job was preempted that no rule lets be preempted");
}

units::Seconds stop_job(workload::Job& job, JobProgress& progress, units::Seconds ran, const scenario::Preemption& rule,
                        double speed) {
  const units::Seconds would_run = at_speed(duration_of(job), speed);
  const units::Seconds work = speed == 1.0 ? ran : floor_to_grid(ran * speed);
  const units::Seconds useful = std::max(units::Seconds{0}, work - progress.overhead);
  const units::Seconds cost = units::ceil_to_grid(rule.cost * speed);
  const bool requeued = rule.mode == scenario::PreemptionMode::kRequeue;
  // What is done comes off what is left, or all that was done before comes back.
  const units::Seconds change = requeued ? progress.done : units::Seconds{0} - useful;
  job.runtime += change + cost - progress.overhead;
  job.walltime += change + cost - progress.overhead;
  progress.done = requeued ? units::Seconds{0} : progress.done + useful;
  progress.overhead = cost;
  progress.ran += ran;
  return at_speed(duration_of(job), speed) - (would_run - ran);
}

}  // namespace gigasim::engine
