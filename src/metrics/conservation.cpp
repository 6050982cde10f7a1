#include "conservation.hpp"

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
    }
  }
  return counts;
}

JobCounts count_events(const EventCounts& events) {
  return {.submitted = events.submitted,
          .finished = events.finished,
          .killed = events.killed,
          .refused = events.refused,
          .running = events.started - events.finished - events.killed,
          .queued = events.submitted - events.started - events.refused};
}

std::string in_words(const JobCounts& c) {
  return fmt::format("{} submitted, {} finished, {} killed, {} refused, {} running, {} queued", c.submitted, c.finished,
                     c.killed, c.refused, c.running, c.queued);
}

void check_jobs(Books& books) {
  const JobCounts table = count_table(books.jobs.jobs());
  const JobCounts events = count_events(books.jobs.counts());
  if (table != events) {
    books.fault.raise("jobs do not balance: table {}; events {}", in_words(table), in_words(events));
  }
  const std::int64_t waiting = books.groups.all()[Groups::kNetwork].waiting.value();
  if (waiting != table.queued) {
    books.fault.raise("jobs do not balance: {} wait by the queues, {} by the job table", waiting, table.queued);
  }
  const bool drained = books.scenario.period.until_drained && !books.interrupted;
  if (drained && table.unfinished() > 0) {
    books.fault.raise("jobs do not balance: the run has drained, but some jobs never ended: {}", in_words(table));
  }
}

struct HeldByJobs {
  Wide ticks = 0;
  std::int64_t running = 0;  ///< accelerators at the end
};

std::vector<HeldByJobs> sum_jobs(const Books& books) {
  std::vector<HeldByJobs> held(books.machines.books().size());
  for (const JobRecord& job : books.jobs.jobs()) {
    if (!job.start) continue;
    HeldByJobs& of_partition = held[books.machines.index(job.place)];
    const Ticks end = job.end ? units::to_ticks(*job.end) : books.now;
    of_partition.ticks += static_cast<Wide>(job.accelerators) * (end - units::to_ticks(*job.start));
    if (!job.end) of_partition.running += job.accelerators;
  }
  return held;
}

void check_partition(Books& books, const PartitionBook& book, const HeldByJobs& by_jobs) {
  Wide by_pods = 0;
  std::int64_t pods_busy = 0;
  for (const PodBook& pod : book.pods) {
    by_pods += pod.whole;
    pods_busy += pod.busy;
  }
  if (by_jobs.ticks != by_pods || by_pods != book.busy.whole()) {
    books.fault.raise("{}: accelerator-ticks do not balance: by jobs {}, by pods {}, by partition {}", book.label,
                      by_jobs.ticks, by_pods, book.busy.whole());
  }
  if (by_jobs.running != pods_busy || pods_busy != book.busy.value()) {
    books.fault.raise("{}: accelerators busy at the end do not balance: jobs {}, pods {}, partition {}", book.label,
                      by_jobs.running, pods_busy, book.busy.value());
  }
}

}  // namespace

void check_conservation(Books& books) {
  check_jobs(books);
  const std::vector<HeldByJobs> by_jobs = sum_jobs(books);
  for (std::size_t p = 0; p < by_jobs.size(); ++p) check_partition(books, books.machines.books()[p], by_jobs[p]);
}

}  // namespace gigasim::metrics
