#include "figures.hpp"

#include <algorithm>
#include <optional>

#include "distances.hpp"
#include "gigasim/workload/bounded_slowdown.hpp"
#include "quota.hpp"
#include "trust.hpp"

namespace gigasim::metrics {
namespace {

void count(JobCounts& counts, const JobRecord& job) {
  ++counts.submitted;
  if (job.moves > 0) ++counts.rebrokered;
  if (job.preemptions > 0) ++counts.preempted;
  switch (job.outcome) {
    case Outcome::kQueued:
      ++counts.queued;
      break;
    case Outcome::kRunning:
      ++counts.running;
      break;
    case Outcome::kFinished:
      ++counts.finished;
      if (job.ending == workload::Ending::kFailed) ++counts.failed;
      if (job.ending == workload::Ending::kCancelled) ++counts.cancelled;
      break;
    case Outcome::kKilled:
      ++counts.killed;
      break;
    case Outcome::kRefused:
      ++counts.refused;
      if (job.out_of_budget) ++counts.out_of_budget;
      break;
    case Outcome::kLeft:
      ++counts.left;
      break;
  }
}

/// H100 equivalents of one accelerator, a mean over all: for a job that no broker ever sent anywhere.
double mean_h100_equivalent(const std::vector<scenario::Site>& sites) {
  double equivalents = 0.0;
  double accelerators = 0.0;
  for (const scenario::Site& site : sites) {
    for (const scenario::Partition& partition : site.partitions) {
      equivalents += partition.h100_equivalent * static_cast<double>(partition.count);
      accelerators += static_cast<double>(partition.count);
    }
  }
  return accelerators > 0.0 ? equivalents / accelerators : 0.0;
}

/// Accelerator-ticks that an unfinished job still waits for.
Wide left_ticks(const JobRecord& job, const Books& books) {
  if (job.outcome != Outcome::kQueued && job.outcome != Outcome::kRunning) return 0;
  return static_cast<Wide>(job.accelerators) * ticks_to_run(job, books);
}

/// What one job adds to each of its groups.
struct Contribution {
  Ticks held = 0, asked = 0, age = 0;
  Wide left = 0;
  double unserved = 0.0;
  bool in_time = false, undecided = false;
  bool breaks_trust = false;
  bool breaks_quota = false;
  std::optional<scenario::TimeHolder> holder;
  std::optional<std::int64_t> metres;
  std::optional<double> accuracy;
  WorkDone work;
};

Contribution contribution_of(const JobRecord& job, const Books& books, const Distances& distances) {
  Contribution c;
  c.holder = books.scenario.workload.streams[static_cast<std::size_t>(job.stream)].time_holder;
  c.held = held_ticks(job, books);
  c.left = left_ticks(job, books);
  if (has_queue_time(job) && job.walltime > units::Seconds{0}) {
    c.accuracy = planned_run(job, books.scenario.scheduling.overrun) / job.walltime;
  }
  if (has_queue_time(job)) c.asked = asked_ticks(job, books.scenario.scheduling.overrun);
  if (job.outcome == Outcome::kQueued && !job.start) c.age = books.now - units::to_ticks(job.submit);
  if (job.outcome == Outcome::kLeft) {
    const double h100 = job.place.site < 0 ? mean_h100_equivalent(books.scenario.sites)
                                           : books.machines.at(job.place).machine->h100_equivalent;
    c.unserved = static_cast<double>(c.asked) * h100;
  }
  const units::Seconds target = books.scenario.scheduling.target_queue_time;
  if (has_queue_time(job) && job.start) c.in_time = *job.start - job.submit <= target;
  if (has_queue_time(job) && job.outcome == Outcome::kQueued && !job.start)
    c.undecided = units::from_ticks(c.age) < target;
  c.breaks_trust = job.in_results_period && breaks_trust(job, books.scenario);
  if (job.in_results_period) c.metres = distances.metres(job.origin, job.place.site);
  return c;
}

void add(GroupSums& sums, const JobRecord& job, const Contribution& c, const Books& books) {
  sums.occurs = true;
  if (job.in_results_period) count(sums.jobs, job);
  sums.asked += c.asked;
  sums.left += c.left;
  sums.oldest_age = std::max(sums.oldest_age, c.age);
  sums.in_time += c.in_time ? 1 : 0;
  sums.undecided += c.undecided ? 1 : 0;
  sums.unserved += c.unserved;
  sums.jobs.trusted_violations += c.breaks_trust ? 1 : 0;
  if (job.in_results_period && job.preemptions > 0) {
    sums.preemptions += job.preemptions;
    sums.lost += static_cast<Wide>(job.accelerators) * units::to_ticks(job.lost);
  }
  sums.jobs.quota_violations += c.breaks_quota ? 1 : 0;
  if (c.holder) sums.held_by_holder[static_cast<std::size_t>(*c.holder)] += c.held;
  if (job.in_results_period && job.start) sums.pods.add(job.pods);
  if (c.accuracy) {
    ++sums.accuracy.count;
    sums.accuracy.value += *c.accuracy;
  }
  if (c.metres) sums.metres.add(*c.metres);
  sums.work.add(c.work);
  if (c.held > 0) sums.held[books.machines.index(job.place)] += c.held;
}

/// From its submission to its end; of a preempted job that has not ended, so far.
units::Seconds response_of(const JobRecord& job, Ticks now) {
  return job.end.value_or(units::from_ticks(now)) - job.submit;
}

}  // namespace

bool has_queue_time(const JobRecord& job) {
  return job.in_results_period && job.outcome != Outcome::kRefused;
}

Ticks held_ticks(const JobRecord& job, const Books& books) {
  const Window run = last_run(job, books.now);
  return job.accelerators * books.window.overlap(run.begin, run.end);
}

Ticks held_ticks(const StoppedRun& run, const Books& books) {
  return run.accelerators * books.window.overlap(units::to_ticks(run.start), units::to_ticks(run.end));
}

Ticks ticks_to_run(const JobRecord& job, const Books& books) {
  const units::Seconds in_all = planned_run_here(job, books.scenario.scheduling.overrun) + job.lost + job.delayed;
  return std::max<Ticks>(0, units::to_ticks(in_all) - ran_ticks(job, books.now));
}

Ticks asked_ticks(const JobRecord& job, scenario::Overrun overrun) {
  const units::Seconds run = planned_run(job, overrun);
  const double speed = job.decision.speed;  // 1 until it has found a queue
  return job.accelerators * units::to_ticks(speed == 1.0 ? run : units::ceil_to_grid(run / speed));
}

JobFigures figures_of(const JobRecord& job, scenario::Overrun overrun, Ticks now) {
  // A job that left has waited as long as it had patience for: its start would have come later.
  const units::Seconds waited_until = job.start ? *job.start : job.end.value_or(units::from_ticks(now));
  const units::Seconds wait = waited_until - job.submit;
  const bool whole = job.start && job.end && !job.was_stopped();
  const units::Seconds run = whole ? *job.end - *job.start : planned_run_here(job, overrun);
  // A job that was stopped takes until its last end for what it could have run in one go.
  const units::Seconds response = job.was_stopped() ? response_of(job, now) : wait + run;
  JobFigures figures;
  figures.queue_time_s = wait.in_base_units();
  figures.slowdown = workload::bounded_slowdown(response.in_base_units(), run.in_base_units());
  figures.weight = asked_ticks(job, overrun);
  figures.censored = !job.start;
  return figures;
}

std::vector<GroupSums> sum_groups(const Books& books) {
  GroupSums empty;
  empty.held.resize(books.machines.books().size());
  std::vector<GroupSums> sums(books.groups.all().size(), empty);
  const Distances distances(books.scenario, books.origins);
  const std::vector<bool> over_quota = quota_breaches(books.jobs.jobs(), books.scenario, books.now);
  const WorkReader work(books);
  for (std::size_t j = 0; j < books.jobs.jobs().size(); ++j) {
    const JobRecord& job = books.jobs.jobs()[j];
    Contribution c = contribution_of(job, books, distances);
    c.breaks_quota = job.in_results_period && !over_quota.empty() && over_quota[j];
    c.work = work.done_by(j);
    const auto to_group = [&](std::size_t group) { add(sums[group], job, c, books); };
    books.groups.for_each(job.stream, job.origin, job.place.site, to_group);
    books.groups.for_each_of_quarter(books.groups.quarter_at(units::to_ticks(job.submit)), to_group);
  }
  for (const StoppedRun& run : books.jobs.stopped_runs()) {
    const JobRecord& job = books.jobs.jobs()[static_cast<std::size_t>(run.job)];
    const auto holder = books.scenario.workload.streams[static_cast<std::size_t>(job.stream)].time_holder;
    const auto add_run = [&](std::size_t group) {
      sums[group].held[books.machines.index(run.place)] += held_ticks(run, books);
      if (holder) sums[group].held_by_holder[static_cast<std::size_t>(*holder)] += held_ticks(run, books);
    };
    books.groups.for_each(job.stream, job.origin, job.place.site, add_run);
    books.groups.for_each_of_quarter(books.groups.quarter_at(units::to_ticks(job.submit)), add_run);
    // What a job did before it moved is its first site's.
    if (run.place.site == job.place.site) continue;
    const std::size_t from = books.groups.of_site(job.place.site);
    const std::size_t to = books.groups.of_site(run.place.site);
    if (from != Groups::kNone && to != Groups::kNone) sums[from].work.move(work.done_by(run), sums[to].work);
  }
  return sums;
}

}  // namespace gigasim::metrics
