#include "preemption.hpp"

#include <algorithm>
#include <stdexcept>

#include "gigasim/units/grid.hpp"

namespace gigasim::engine {
namespace {

bool among(const std::vector<std::int32_t>& streams, std::int32_t stream) {
  return std::find(streams.begin(), streams.end(), stream) != streams.end();
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

units::Seconds stop_job(workload::Job& job, JobProgress& progress, units::Seconds ran,
                        const scenario::Preemption& rule) {
  const units::Seconds would_run = duration_of(job);
  const units::Seconds useful = std::max(units::Seconds{0}, ran - progress.overhead);
  const units::Seconds cost = units::ceil_to_grid(rule.cost);
  const bool requeued = rule.mode == scenario::PreemptionMode::kRequeue;
  // What is done comes off what is left, or all that was done before comes back.
  const units::Seconds change = requeued ? progress.done : units::Seconds{0} - useful;
  job.runtime += change + cost - progress.overhead;
  job.walltime += change + cost - progress.overhead;
  progress.done = requeued ? units::Seconds{0} : progress.done + useful;
  progress.overhead = cost;
  progress.ran += ran;
  return duration_of(job) - (would_run - ran);
}

}  // namespace gigasim::engine
