#include "job_book.hpp"

#include <algorithm>

#include "gigasim/units/grid.hpp"

namespace gigasim::metrics {
namespace {

const char* in_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::kQueued:
      return "waiting";
    case Outcome::kRunning:
      return "running";
    case Outcome::kFinished:
      return "finished";
    case Outcome::kKilled:
      return "killed";
    case Outcome::kRefused:
      return "refused";
    case Outcome::kLeft:
      return "gone";
  }
  return "unknown";
}

JobRecord record_of(const workload::Job& job) {
  JobRecord record;
  record.number = job.number;
  record.stream = job.stream;
  record.origin = job.origin;
  record.accelerators = job.accelerators;
  record.submit = job.submit;
  record.runtime = job.runtime;
  record.walltime = job.walltime;
  record.ending = job.ending;
  record.job_class = static_cast<std::int16_t>(job.job_class);
  record.project = job.project;
  record.user = job.user;
  return record;
}

std::int64_t sum_of(std::span<const PodShare> pods) {
  std::int64_t sum = 0;
  for (const PodShare share : pods) sum += share.accelerators;
  return sum;
}

}  // namespace

units::Seconds planned_run(const JobRecord& job, scenario::Overrun overrun) {
  return overrun == scenario::Overrun::kKill ? std::min(job.runtime, job.walltime) : job.runtime;
}

units::Seconds planned_run_here(const JobRecord& job, scenario::Overrun overrun) {
  const units::Seconds run = planned_run(job, overrun);
  return job.start && job.decision.speed != 1.0 ? units::ceil_to_grid(run / job.decision.speed) : run;
}

Window last_run(const JobRecord& job, Ticks now) {
  const Ticks from = units::to_ticks(job.resumed);
  if (job.outcome == Outcome::kRunning) return {from, now};
  const bool ended = job.outcome == Outcome::kFinished || job.outcome == Outcome::kKilled;
  return {from, ended ? units::to_ticks(*job.end) : from};
}

Ticks ran_ticks(const JobRecord& job, Ticks now) {
  const Window last = last_run(job, now);
  return units::to_ticks(job.ran_before) + last.end - last.begin;
}

JobBook::JobBook(const scenario::Scenario& scenario, std::size_t num_origins, Fault& fault)
    : num_streams_(scenario.workload.streams.size()), num_origins_(num_origins), fault_(fault) {}

bool JobBook::submit(JobIndex job, const workload::Job& as_submitted, units::Seconds now) {
  if (job != static_cast<JobIndex>(jobs_.size())) {
    fault_.raise("job {} was submitted, but {} jobs are known: one is lost or told twice", job, jobs_.size());
  } else if (as_submitted.submit != now) {
    fault_.raise("job {} was submitted at {} s, but its submit time is {} s", job, now.in_base_units(),
                 as_submitted.submit.in_base_units());
  } else if (as_submitted.accelerators <= 0 || as_submitted.stream < 0 || as_submitted.origin < -1 ||
             static_cast<std::size_t>(as_submitted.stream) >= num_streams_ ||
             (as_submitted.origin >= 0 && static_cast<std::size_t>(as_submitted.origin) >= num_origins_)) {
    fault_.raise("job {} cannot be: {} accelerators, stream {}, origin {}", job, as_submitted.accelerators,
                 as_submitted.stream, as_submitted.origin);
  } else {
    jobs_.push_back(record_of(as_submitted));
    slot_of_job_.push_back(-1);
    ++counts_.submitted;
  }
  return !fault_.raised();
}

bool JobBook::expect(JobIndex job, Outcome state, const char* event) {
  if (!known(job)) {
    fault_.raise("job {} was {} before it was submitted: {} jobs are known", job, event, jobs_.size());
  } else if (const JobRecord& record = (*this)[job]; record.outcome != state) {
    fault_.raise("job {} was {} while it is {}, not {}", job, event, in_words(record.outcome), in_words(state));
  }
  return !fault_.raised();
}

bool JobBook::decide(JobIndex job, const Decision& decision) {
  if (!expect(job, Outcome::kQueued, "brokered")) return false;
  JobRecord& record = (*this)[job];
  record.decision = decision;
  if (decision.moved) ++record.moves;
  return true;
}

bool JobBook::mould(JobIndex job, std::int64_t accelerators, units::Seconds runtime, units::Seconds walltime) {
  if (!expect(job, Outcome::kQueued, "given a size")) return false;
  JobRecord& record = (*this)[job];
  record.accelerators = accelerators;
  record.runtime = runtime;
  record.walltime = walltime;
  return true;
}

bool JobBook::queue(JobIndex job, Place place) {
  if (!expect(job, Outcome::kQueued, "queued")) return false;
  (*this)[job].place = place;
  return true;
}

bool JobBook::start(JobIndex job, Place place, std::span<const PodShare> pods, units::Seconds now) {
  if (!expect(job, Outcome::kQueued, "started")) return false;
  JobRecord& record = (*this)[job];
  if (now < record.submit) {
    fault_.raise("job {} started at {} s, before its submit time {} s", job, now.in_base_units(),
                 record.submit.in_base_units());
  } else if (record.place.site != place.site && record.place.site >= 0) {
    fault_.raise("job {} started at site {}, but waits at site {}", job, place.site, record.place.site);
  } else if (sum_of(pods) < record.accelerators) {
    fault_.raise("job {} holds {} accelerators, but asked for {}", job, sum_of(pods), record.accelerators);
  } else {
    record.place = place;
    if (!record.start) record.start = now;
    record.resumed = now;
    record.held = sum_of(pods);
    record.pods = static_cast<std::int32_t>(pods.size());
    record.outcome = Outcome::kRunning;
    keep_pods(job, pods);
    ++counts_.started;
  }
  return !fault_.raised();
}

bool JobBook::end(JobIndex job, Outcome outcome, units::Seconds now) {
  if (!expect(job, Outcome::kRunning, "ended")) return false;
  if (outcome != Outcome::kFinished && outcome != Outcome::kKilled) {
    fault_.raise("job {} ended as {}", job, in_words(outcome));
    return false;
  }
  JobRecord& record = (*this)[job];
  record.end = now;
  record.outcome = outcome;
  ++(outcome == Outcome::kFinished ? counts_.finished : counts_.killed);
  return true;
}

bool JobBook::preempt(JobIndex job, units::Seconds lost, units::Seconds now) {
  if (!stop(job, StoppedBy::kPreemption, now)) return false;
  JobRecord& record = (*this)[job];
  record.lost += lost;
  ++record.preemptions;
  return true;
}

bool JobBook::interrupt(JobIndex job, units::Seconds lost, units::Seconds now) {
  if (!stop(job, StoppedBy::kFailure, now)) return false;
  JobRecord& record = (*this)[job];
  record.delayed += lost;
  ++record.interruptions;
  return true;
}

bool JobBook::stop(JobIndex job, StoppedBy by, units::Seconds now) {
  if (!expect(job, Outcome::kRunning, by == StoppedBy::kPreemption ? "preempted" : "interrupted")) return false;
  JobRecord& record = (*this)[job];
  stopped_runs_.push_back({job, record.place, record.accelerators, record.held, record.resumed, now, by});
  record.ran_before += now - record.resumed;
  record.outcome = Outcome::kQueued;
  ++counts_.preempted;
  return true;
}

bool JobBook::set_back(JobIndex job, units::Seconds by) {
  if (!expect(job, Outcome::kQueued, "set back")) return false;
  (*this)[job].delayed += by;
  return true;
}

bool JobBook::delay(JobIndex job, units::Seconds by) {
  if (!expect(job, Outcome::kRunning, "delayed")) return false;
  (*this)[job].delayed += by;
  return true;
}

bool JobBook::refuse(JobIndex job) {
  if (!expect(job, Outcome::kQueued, "refused")) return false;
  JobRecord& record = (*this)[job];
  record.place = {};
  record.outcome = Outcome::kRefused;
  ++counts_.refused;
  return true;
}

bool JobBook::leave(JobIndex job, units::Seconds now) {
  if (!expect(job, Outcome::kQueued, "leaving")) return false;
  JobRecord& record = (*this)[job];
  record.end = now;
  record.outcome = Outcome::kLeft;
  ++counts_.left;
  return true;
}

bool JobBook::wipe(JobIndex job, units::Seconds now) {
  if (!known(job) || !(*this)[job].end || !holds_pods(job)) {
    fault_.raise("the accelerators of job {} were wiped, but it holds none or has not ended", job);
    return false;
  }
  (*this)[job].wiped = now - *(*this)[job].end;
  return true;
}

void JobBook::keep_pods(JobIndex job, std::span<const PodShare> pods) {
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::int32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::int32_t slot = free_slots_.back();
  free_slots_.pop_back();
  slots_[static_cast<std::size_t>(slot)].assign(pods.begin(), pods.end());
  slot_of_job_[static_cast<std::size_t>(job)] = slot;
}

std::span<const PodShare> JobBook::pods_of(JobIndex job) const {
  return slots_[static_cast<std::size_t>(slot_of_job_[static_cast<std::size_t>(job)])];
}

void JobBook::give_back_pods(JobIndex job) {
  std::int32_t& slot = slot_of_job_[static_cast<std::size_t>(job)];
  free_slots_.push_back(slot);
  slot = -1;
}

std::pair<std::map<JobIndex, JobRecord>, std::vector<StoppedRun>> JobBook::take_replicas(
    const scenario::Scenario& scenario) {
  std::map<JobIndex, JobRecord> replicas;
  std::vector<JobIndex> moved(jobs_.size(), -1);
  std::vector<JobRecord> jobs;
  for (std::size_t j = 0; j < jobs_.size(); ++j) {
    if (scenario.workload.streams[static_cast<std::size_t>(jobs_[j].stream)].service >= 0) {
      replicas.emplace(static_cast<JobIndex>(j), jobs_[j]);
    } else {
      moved[j] = static_cast<JobIndex>(jobs.size());
      jobs.push_back(jobs_[j]);
    }
  }
  jobs_ = std::move(jobs);
  std::vector<StoppedRun> of_replicas;
  std::vector<StoppedRun> of_jobs;
  for (StoppedRun& run : stopped_runs_) {
    const JobIndex to = moved[static_cast<std::size_t>(run.job)];
    (to < 0 ? of_replicas : of_jobs).push_back(run);
    if (to >= 0) of_jobs.back().job = to;
  }
  stopped_runs_ = std::move(of_jobs);
  return {std::move(replicas), std::move(of_replicas)};
}

std::int32_t JobBook::site_of(JobIndex job) const {
  return known(job) ? jobs_[static_cast<std::size_t>(job)].place.site : -1;
}

bool JobBook::waits_unplaced(JobIndex job) const {
  return known(job) && site_of(job) < 0 && jobs_[static_cast<std::size_t>(job)].outcome == Outcome::kQueued;
}

}  // namespace gigasim::metrics
