#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "fault.hpp"
#include "gigasim/metrics/results.hpp"
#include "ledger.hpp"

namespace gigasim::metrics {

/// What happened to jobs, counted event by event; compared with the job table at the end.
struct EventCounts {
  std::int64_t submitted = 0, started = 0, finished = 0, killed = 0, refused = 0, left = 0;
  std::int64_t preempted = 0;  ///< runs that a preemption or a failure ended
};

/// The job table: the first of the three books. Each call that does not fit the job's state raises the fault and
/// returns false.
class JobBook {
 public:
  JobBook(const scenario::Scenario& scenario, std::size_t num_origins, Fault& fault);

  [[nodiscard]] bool submit(JobIndex job, const workload::Job& as_submitted, units::Seconds now);
  [[nodiscard]] bool decide(JobIndex job, const Decision& decision);
  /// The size of a job that waits is chosen.
  [[nodiscard]] bool mould(JobIndex job, std::int64_t accelerators, units::Seconds runtime, units::Seconds walltime);
  [[nodiscard]] bool queue(JobIndex job, Place place);
  [[nodiscard]] bool start(JobIndex job, Place place, std::span<const PodShare> pods, units::Seconds now);
  [[nodiscard]] bool end(JobIndex job, Outcome outcome, units::Seconds now);
  [[nodiscard]] bool preempt(JobIndex job, units::Seconds lost, units::Seconds now);
  [[nodiscard]] bool interrupt(JobIndex job, units::Seconds lost, units::Seconds now);
  [[nodiscard]] bool set_back(JobIndex job, units::Seconds by);
  [[nodiscard]] bool delay(JobIndex job, units::Seconds by);
  [[nodiscard]] bool refuse(JobIndex job);
  [[nodiscard]] bool leave(JobIndex job, units::Seconds now);
  /// The accelerators of an ended job are free again.
  [[nodiscard]] bool wipe(JobIndex job, units::Seconds now);

  [[nodiscard]] JobRecord& operator[](JobIndex job) { return jobs_[static_cast<std::size_t>(job)]; }
  [[nodiscard]] const std::vector<JobRecord>& jobs() const { return jobs_; }
  [[nodiscard]] const std::vector<StoppedRun>& stopped_runs() const { return stopped_runs_; }
  [[nodiscard]] const EventCounts& counts() const { return counts_; }
  /// Accelerators that a started job occupies beyond those that it asked for.
  [[nodiscard]] static std::int64_t idle_part(const JobRecord& job) { return job.held - job.accelerators; }
  [[nodiscard]] bool holds_pods(JobIndex job) const { return slot_of_job_[static_cast<std::size_t>(job)] >= 0; }
  /// The site where a job waits or runs; -1 when it is at none or is not known.
  [[nodiscard]] std::int32_t site_of(JobIndex job) const;
  /// Tells whether a job waits and no broker has sent it anywhere yet.
  [[nodiscard]] bool waits_unplaced(JobIndex job) const;
  /// The pods that a job holds since its start, until they are given back.
  [[nodiscard]] std::span<const PodShare> pods_of(JobIndex job) const;
  void give_back_pods(JobIndex job);
  /// Takes the replicas of services out, by index, with their preempted runs; the jobs that stay move up.
  [[nodiscard]] std::pair<std::map<JobIndex, JobRecord>, std::vector<StoppedRun>> take_replicas(
      const scenario::Scenario& scenario);
  [[nodiscard]] std::vector<JobRecord> take_jobs() { return std::move(jobs_); }
  [[nodiscard]] std::vector<StoppedRun> take_stopped_runs() { return std::move(stopped_runs_); }

 private:
  [[nodiscard]] bool known(JobIndex job) const { return job >= 0 && job < static_cast<JobIndex>(jobs_.size()); }
  [[nodiscard]] bool expect(JobIndex job, Outcome state, const char* event);
  [[nodiscard]] bool stop(JobIndex job, StoppedBy by, units::Seconds now);
  void keep_pods(JobIndex job, std::span<const PodShare> pods);

  std::size_t num_streams_, num_origins_;
  Fault& fault_;
  std::vector<JobRecord> jobs_;
  std::vector<StoppedRun> stopped_runs_;
  EventCounts counts_;
  // The pods of running jobs only: a slot is used again after a job ends, so that memory follows the running jobs.
  std::vector<std::int32_t> slot_of_job_;
  std::vector<std::vector<PodShare>> slots_;
  std::vector<std::int32_t> free_slots_;
};

/// How long a job runs if its site lets it: to the end of its runtime or, when overruns are killed, to its walltime.
/// At the speed of the accelerators that the job asked for.
[[nodiscard]] units::Seconds planned_run(const JobRecord& job, scenario::Overrun overrun);
/// The same on the accelerators on which it runs; for a job that has not started as above.
[[nodiscard]] units::Seconds planned_run_here(const JobRecord& job, scenario::Overrun overrun);

/// From its last start to its end, or to `now` while it runs; empty for a job that waits, again or still.
[[nodiscard]] Window last_run(const JobRecord& job, Ticks now);
/// How long it has computed in all.
[[nodiscard]] Ticks ran_ticks(const JobRecord& job, Ticks now);

}  // namespace gigasim::metrics
