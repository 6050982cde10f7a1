#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/units/model_constant.hpp"

namespace gigasim::scheduling {

/// An account of the fair-share tree. Those that are not listed come up as jobs charge them: children of the root with
/// one share.
struct Account {
  std::int32_t parent = -1;  ///< index among the accounts, of one listed before; -1: the root
  double shares = 1.0;       ///< > 0; of what the parent has, in proportion to its other children
};

/// What `multifactor` weighs. Weights are pure numbers, at least 0; without any, jobs go by submission.
struct PriorityRules {
  double age = 0.0;
  double size = 0.0;
  double fair_share = 0.0;
  bool favour_small = false;
  units::Seconds age_limit{1.0};  ///< > 0
  units::Seconds half_life{1.0};  ///< > 0
  std::vector<double> standing;   ///< by QueuedJob::kind: access class and quality of service, weighted; others have 0
  std::vector<Account> accounts;  ///< by index
};

inline const units::ModelConstant kSlurmDepth{
    500,
    {"scheduling.slurm_depth", "jobs", "`multifactor`: jobs looked at from the first blocked one on",
     "Slurm's default of bf_max_job_test in recent releases, 100 in older ones: slurm.conf(5)", true}};
inline const units::ModelConstant kSlurmWindow{
    86400.0,
    {"scheduling.slurm_window", "s", "`multifactor`: how far ahead a place may begin",
     "Slurm's default of bf_window, 1440 minutes: slurm.conf(5)"}};

/// Returns the policy `multifactor`: Slurm's multifactor priority with backfilling. At time t a job has the priority
///
///     W_age min(1, (t - submit) / age_limit) + W_size size + standing of its kind + W_fair_share F(account, t)
///
/// where size is accelerators / capacity, or 1 less that when small jobs are favoured, and F = 2^(-U_E / S) is the
/// classic fair-share factor (FairShare). Equal priorities go by submission, then by id: with all weights 0 this is
/// first come, first served.
///
/// A pass goes through the queue by priority. A job starts if it fits now; one that does not gets a place in the plan:
/// the first time at which it fits beside what runs and what has a place, if that is within the window. From the first
/// such job on, `depth` jobs are looked at. What starts later in a pass thus delays no job that has a place, as far as
/// requests tell. Plans are made anew in each pass. Source: slurm.schedmd.com, priority_multifactor,
/// classic_fair_share and sched_config (sched/backfill); differences are listed in docs/models/scheduling.md.
///
/// Waiting jobs of one account have the same F and, before the age limit, priorities that rise alike: each account
/// keeps two orders that time does not change (age rising, age full), a job passes from one to the other once, and a
/// pass merges their heads. With q jobs waiting, of A accounts, r running and n = r + depth: O(log q) to enqueue, start
/// or remove; O(A + (s + depth) (log A + log n)) a pass that starts s jobs; O(1) when the smallest job does not fit.
/// O(q log q) when the capacity changes.
[[nodiscard]] std::unique_ptr<QueuePolicy> make_multifactor_queue(const PriorityRules& rules = {},
                                                                  const QueueOptions& options = {});

}  // namespace gigasim::scheduling
