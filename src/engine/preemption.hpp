#pragma once

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/job.hpp"

namespace gigasim::engine {

/// How far a job has come that may be stopped and go on later.
struct JobProgress {
  bool started = false;        ///< at least once
  units::Seconds overhead{0};  ///< the cost that its present run begins with
  units::Seconds done{0};      ///< of its work, in the runs before the present one
  units::Seconds ran{0};       ///< in these runs, done or lost
};

/// How long a job runs. Under `extend` the request was raised to the runtime when the job was read: the same expression
/// serves both.
[[nodiscard]] units::Seconds duration_of(const workload::Job& job);

/// Returns the first rule by which a job of stream `by` stops one of stream `of`.
[[nodiscard]] const scenario::Preemption& rule_between(const scenario::Scenario& scenario, std::int32_t by,
                                                       std::int32_t of);

/// Makes of a job that was stopped after `ran` seconds of its present run what it has still to run: its runtime and
/// request are those of its next run, which begins with the rule's cost. A requeued job has all its work before it
/// again, a suspended one what is left of it. Returns by how much longer it will run in all. `ran` and what is returned
/// are times at its `speed` where it ran; those of the job and its progress but `ran` are times at speed 1.
[[nodiscard]] units::Seconds stop_job(workload::Job& job, JobProgress& progress, units::Seconds ran,
                                      const scenario::Preemption& rule, double speed = 1.0);

}  // namespace gigasim::engine
