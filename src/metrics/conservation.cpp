#include "conservation.hpp"

#include <algorithm>

#include "quota.hpp"
#include "replicas.hpp"
#include "rights.hpp"
#include "trust.hpp"

namespace gigasim::metrics {
namespace {

JobCounts count_table(const std::vector<JobRecord>& jobs) {
  JobCounts counts;
  for (const JobRecord& job : jobs) {
    ++counts.submitted;
    switch (job.outcome) {
      case Outcome::kQueued:
        ++counts.queued;
        break;
      case Outcome::kRunning:
        ++counts.running;
        break;
      case Outcome::kFinished:
        ++counts.finished;
        break;
      case Outcome::kKilled:
        ++counts.killed;
        break;
      case Outcome::kRefused:
        ++counts.refused;
        break;
      case Outcome::kLeft:
        ++counts.left;
        break;
    }
  }
  return counts;
}

JobCounts count_events(const EventCounts& events) {
  return {.submitted = events.submitted,
          .finished = events.finished,
          .killed = events.killed,
          .refused = events.refused,
          .running = events.started - events.finished - events.killed - events.preempted,
          .queued = events.submitted - events.started + events.preempted - events.refused - events.left,
          .left = events.left};
}

std::string in_words(const JobCounts& c) {
  return fmt::format("{} submitted, {} finished, {} killed, {} refused, {} left, {} running, {} queued", c.submitted,
                     c.finished, c.killed, c.refused, c.left, c.running, c.queued);
}

std::int64_t waiting_replicas(const Books& books) {
  const std::vector<JobRecord>& jobs = books.jobs.jobs();
  return std::count_if(jobs.begin(), jobs.end(), [&](const JobRecord& job) {
    return job.outcome == Outcome::kQueued && is_replica(job, books.scenario);
  });
}

void check_jobs(Books& books) {
  const JobCounts table = count_table(books.jobs.jobs());
  const JobCounts events = count_events(books.jobs.counts());
  if (table != events) {
    books.fault.raise("jobs do not balance: table {}; events {}", in_words(table), in_words(events));
  }
  const std::int64_t waiting = books.groups.all()[Groups::kNetwork].waiting.value();
  if (waiting != table.queued - waiting_replicas(books)) {
    books.fault.raise("jobs do not balance: {} wait by the queues, {} by the job table", waiting, table.queued);
  }
  const bool drained = books.scenario.period.until_drained && !books.interrupted;
  if (drained && table.unfinished() > 0) {
    books.fault.raise("jobs do not balance: the run has drained, but some jobs never ended: {}", in_words(table));
  }
}

struct HeldByJobs {
  Wide ticks = 0;            ///< computing
  Wide idle_ticks = 0;       ///< the rest of whole nodes, and wiping
  std::int64_t running = 0;  ///< accelerators at the end
  std::int64_t idle = 0;     ///< occupied without computing at the end
};

std::vector<HeldByJobs> sum_jobs(const Books& books) {
  std::vector<HeldByJobs> held(books.machines.books().size());
  const std::vector<JobRecord>& jobs = books.jobs.jobs();
  for (std::size_t j = 0; j < jobs.size(); ++j) {
    const JobRecord& job = jobs[j];
    const Window run = last_run(job, books.now);
    if (!job.start || job.outcome == Outcome::kQueued || job.outcome == Outcome::kRefused) continue;
    HeldByJobs& of_partition = held[books.machines.index(job.place)];
    const Ticks end = run.end;
    const Ticks ran = run.end - run.begin;
    of_partition.ticks += static_cast<Wide>(job.accelerators) * ran;
    of_partition.idle_ticks += static_cast<Wide>(JobBook::idle_part(job)) * ran;
    if (!job.end) {
      of_partition.running += job.accelerators;
      of_partition.idle += JobBook::idle_part(job);
      continue;
    }
    const bool still_wiping = books.jobs.holds_pods(static_cast<JobIndex>(j));
    of_partition.idle_ticks += static_cast<Wide>(job.held) * (still_wiping ? books.now - end : to_ticks(job.wiped));
    if (still_wiping) of_partition.idle += job.held;
  }
  for (const StoppedRun& run : books.jobs.stopped_runs()) {
    const Ticks ran = units::to_ticks(run.end - run.start);
    held[books.machines.index(run.place)].ticks += static_cast<Wide>(run.accelerators) * ran;
    held[books.machines.index(run.place)].idle_ticks += static_cast<Wide>(run.held - run.accelerators) * ran;
  }
  return held;
}

/// A job that was stopped or delayed and came to its end has run for what it asked for and what it lost.
void check_preempted(Books& books) {
  for (const JobRecord& job : books.jobs.jobs()) {
    if (is_replica(job, books.scenario)) continue;
    if ((!job.was_stopped() && job.delayed == units::Seconds{0}) || job.outcome != Outcome::kFinished) continue;
    // Who has finished has done all of its runtime, whatever it asked for.
    const units::Seconds owed = planned_run_here(job, scenario::Overrun::kExtend) + job.lost + job.delayed;
    if (ran_ticks(job, books.now) == units::to_ticks(owed)) continue;
    books.fault.raise("job {} of stream {} was stopped or delayed and ran for {} s in all, but was to run for {} s",
                      job.number, books.scenario.workload.streams[static_cast<std::size_t>(job.stream)].name,
                      units::from_ticks(ran_ticks(job, books.now)).in_base_units(), owed.in_base_units());
  }
}

void check_partition(Books& books, const PartitionBook& book, const HeldByJobs& by_jobs) {
  Wide by_pods = 0;
  std::int64_t pods_busy = 0;
  for (const PodBook& pod : book.pods) {
    by_pods += pod.whole;
    pods_busy += pod.busy;
  }
  const Wide idle_by_partition = book.idle_held.whole();
  if (by_jobs.ticks + by_jobs.idle_ticks != by_pods || by_jobs.ticks != book.busy.whole() ||
      by_jobs.idle_ticks != idle_by_partition) {
    books.fault.raise("{}: accelerator-ticks do not balance: by jobs {}, by pods {}, by partition {}", book.label,
                      by_jobs.ticks + by_jobs.idle_ticks, by_pods, book.busy.whole() + idle_by_partition);
  }
  if (by_jobs.running + by_jobs.idle != pods_busy || by_jobs.running != book.busy.value() ||
      by_jobs.idle != book.idle_held.value()) {
    books.fault.raise("{}: accelerators busy at the end do not balance: jobs {}, pods {}, partition {}", book.label,
                      by_jobs.running + by_jobs.idle, pods_busy, book.held());
  }
}

void check_trust(Books& books) {
  for (const JobRecord& job : books.jobs.jobs()) {
    if (!breaks_trust(job, books.scenario)) continue;
    books.fault.raise("job {} of stream {} ran in {} on {} accelerators, where or as it may not", job.number,
                      books.scenario.workload.streams[static_cast<std::size_t>(job.stream)].name,
                      books.machines.at(job.place).label, job.held);
  }
}

void check_rights(Books& books) {
  const Rights rights(books.scenario, books.origins);
  for (const JobRecord& job : books.jobs.jobs()) {
    if (!job.start || is_replica(job, books.scenario) || rights.allow(job)) continue;
    books.fault.raise("job {} of stream {} ran in {}, where it may not", job.number,
                      books.scenario.workload.streams[static_cast<std::size_t>(job.stream)].name,
                      books.machines.at(job.place).label);
  }
}

void check_quotas(Books& books) {
  const std::vector<bool> breaches = quota_breaches(books.jobs.jobs(), books.scenario, books.now);
  for (std::size_t j = 0; j < breaches.size(); ++j) {
    if (!breaches[j]) continue;
    const JobRecord& job = books.jobs.jobs()[j];
    books.fault.raise("job {} of stream {} ran in {} beyond the hard cap of those whose time it used", job.number,
                      books.scenario.workload.streams[static_cast<std::size_t>(job.stream)].name,
                      books.machines.at(job.place).label);
  }
}

}  // namespace

void check_conservation(Books& books) {
  check_jobs(books);
  check_trust(books);
  check_rights(books);
  check_preempted(books);
  check_quotas(books);
  const std::vector<HeldByJobs> by_jobs = sum_jobs(books);
  for (std::size_t p = 0; p < by_jobs.size(); ++p) check_partition(books, books.machines.books()[p], by_jobs[p]);
}

}  // namespace gigasim::metrics
