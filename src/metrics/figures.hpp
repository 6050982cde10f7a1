#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ai_work.hpp"
#include "books.hpp"

namespace gigasim::metrics {

/// Whole numbers added up: a mean that does not depend on their order.
struct Tally {
  std::int64_t count = 0, sum = 0;
  void add(std::int64_t value) {
    ++count;
    sum += value;
  }
};

/// What the jobs of one group add up to.
struct GroupSums {
  bool occurs = false;           ///< some job of the run is in it
  JobCounts jobs;                ///< submitted in the results period
  Wide asked = 0;                ///< accelerator-ticks asked for by these, the refused ones left out
  Wide left = 0;                 ///< accelerator-ticks still to be delivered to jobs of the whole run
  Ticks oldest_age = 0;          ///< of jobs of the whole run
  std::int64_t in_time = 0;      ///< jobs with a queue time that started within the target
  std::int64_t undecided = 0;    ///< those that wait and may still do so
  double unserved = 0.0;         ///< H100-equivalent ticks asked for by the jobs of the results period that left
  Tally pods;                    ///< of the jobs of the results period that have started
  Mean accuracy;                 ///< of requests: so far the sum of planned runs over walltimes in place of the mean
  std::int64_t preemptions = 0;  ///< of the jobs of the results period
  Wide lost = 0;                 ///< accelerator-ticks, by these
  Tally metres;                  ///< of the jobs of the results period with a known distance
  std::array<Ticks, scenario::kNumTimeHolders> held_by_holder{};  ///< the same by whose time it was, where known
  WorkSums work;                                                  ///< by all jobs of the run
  Ticks inference = 0;          ///< accelerator-ticks of replicas in the results period
  double inference_h100 = 0.0;  ///< the same in H100-equivalent ticks
  std::vector<Ticks> eased;     ///< hundredths of accelerator-ticks that replicas were idle, by partition; may be empty
  std::vector<Ticks> held;      ///< accelerator-ticks in the results period by all jobs of the run, by partition
};

/// The queue figures of one job.
struct JobFigures {
  double queue_time_s = 0.0;
  double slowdown = 1.0;
  Ticks weight = 0;  ///< accelerator-ticks asked for
  bool censored = false;
};

/// Tells whether a job belongs to the queue figures: submitted in the results period and not refused.
[[nodiscard]] bool has_queue_time(const JobRecord& job);
/// Accelerator-ticks that a job had within the results period; without the runs that preemptions ended.
[[nodiscard]] Ticks held_ticks(const JobRecord& job, const Books& books);
[[nodiscard]] Ticks held_ticks(const StoppedRun& run, const Books& books);
/// How long a job still has to run to its planned end.
[[nodiscard]] Ticks ticks_to_run(const JobRecord& job, const Books& books);
/// Accelerator-ticks that a job asks for.
[[nodiscard]] Ticks asked_ticks(const JobRecord& job, scenario::Overrun overrun);
[[nodiscard]] JobFigures figures_of(const JobRecord& job, scenario::Overrun overrun, Ticks now);

/// Adds up all jobs in one pass; one entry per group.
[[nodiscard]] std::vector<GroupSums> sum_groups(const Books& books);

}  // namespace gigasim::metrics
