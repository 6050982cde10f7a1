#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gigasim/metrics/decision.hpp"
#include "gigasim/metrics/services.hpp"
#include "gigasim/units/quantity.hpp"
#include "gigasim/workload/job.hpp"
#include "gigasim/workload/node_failures.hpp"

namespace gigasim::metrics {

/// Index of a job in order of arrival, from 0: its identity during a run.
using JobIndex = std::int64_t;

/// Accelerators of one pod that a job holds.
struct PodShare {
  std::int32_t pod = 0;  ///< within the partition
  std::int64_t accelerators = 0;
  bool operator==(const PodShare&) const = default;
};

enum class Outcome : std::uint8_t {
  kQueued,   ///< still waiting at the end of the run
  kRunning,  ///< still running at the end of the run
  kFinished,
  kKilled,   ///< reached its walltime, or its site went offline
  kRefused,  ///< no site can ever run it, or its project has no budget left
  kLeft,     ///< its patience was over before it started
};

/// What a job spends its time on besides its work.
enum class Spent : std::uint8_t {
  kRestart,     ///< after an interruption: detection, another node, start-up
  kLoad,        ///< reading from storage
  kCheckpoint,  ///< that stops the work
};
inline constexpr std::size_t kNumSpent = 3;

/// Why a job of a project is refused when it is submitted.
inline constexpr std::string_view kOverBudget = "over the budget of its project";
inline constexpr std::string_view kAllocationOver = "after the end of its project's allocation";
inline constexpr std::string_view kNotOpenToUser = "its access class is not for users of its type";
/// Why a job of a chain is.
inline constexpr std::string_view kPredecessorFailed = "predecessor did not finish";

/// Hears what happens in a run, in order of time. All times are since the scenario's start, on the grid.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void job_submitted(JobIndex job, const workload::Job& as_submitted, units::Seconds now) = 0;
  /// What stands in the way of some jobs, by partition in the order of the scenario; told before a decision names its
  /// number. Numbers rise from 0.
  virtual void exclusions_known(std::int32_t /*number*/, std::span<const Exclusion> /*by_partition*/) {}
  /// A broker was asked about a job and has decided, be it that no partition can take it now.
  virtual void job_brokered(JobIndex /*job*/, const Decision& /*decision*/, units::Seconds /*now*/) {}
  /// The size of a moldable job that waits was chosen, and with it how long it runs; again when it is brokered anew.
  virtual void job_moulded(JobIndex /*job*/, std::int64_t /*accelerators*/, units::Seconds /*runtime*/,
                           units::Seconds /*walltime*/) {}
  /// A broker sent the job to a queue; again when it is brokered anew.
  virtual void job_queued(JobIndex job, Place place, units::Seconds now) = 0;
  /// `pods` hold what the job occupies: more than it asked for where it takes whole nodes.
  virtual void job_started(JobIndex job, Place place, std::span<const PodShare> pods, units::Seconds now) = 0;
  /// The job computes no more. Where its accelerators are wiped they stay occupied until wipe_ended().
  virtual void job_ended(JobIndex job, Outcome outcome, units::Seconds now) = 0;
  virtual void wipe_ended(JobIndex job, units::Seconds now) = 0;
  /// A running job is stopped for another one: its accelerators are free and it waits again where it was. `lost`: by so
  /// much its runs will last longer in all, for what is done again and what going on costs.
  virtual void job_preempted(JobIndex job, units::Seconds lost, units::Seconds now) = 0;
  /// A running job is stopped by a failure, and waits again: as job_preempted(). `lost`: so much work is done again.
  virtual void job_interrupted(JobIndex /*job*/, workload::FailureCause /*cause*/, units::Seconds /*lost*/,
                               units::Seconds /*now*/) {}
  /// A job that waits again moves to another site, where what it has kept of its work takes so much less time than it
  /// took: less than nothing where machines are slower.
  virtual void job_set_back(JobIndex /*job*/, units::Seconds /*lost*/, units::Seconds /*now*/) {}
  /// From `since` to `until`, not after now, a running job did not work, but this: so much longer it runs.
  virtual void job_spent(JobIndex /*job*/, Spent /*on*/, units::Seconds /*since*/, units::Seconds /*until*/,
                         units::Seconds /*now*/) {}
  /// So many accelerators that are online belong to nodes that are down.
  virtual void nodes_down(Place /*place*/, std::int64_t /*accelerators*/, units::Seconds /*now*/) {}
  /// The job gave up waiting.
  virtual void job_left(JobIndex job, units::Seconds now) = 0;
  virtual void job_refused(JobIndex job, std::string_view reason, units::Seconds now) = 0;
  /// The number of accelerators that are online in a partition changed; called for all partitions at the start.
  virtual void capacity_changed(Place place, std::int64_t accelerators_online, units::Seconds now) = 0;
  /// A service has worked for a while in which nothing changed.
  virtual void requests_answered(const ServiceStretch& /*stretch*/) {}
  /// From now on the replicas of a stream at a place draw full power on all their accelerators but so many hundredths
  /// of one, which draw idle power.
  virtual void replicas_idle(std::int32_t /*stream*/, Place /*place*/, std::int64_t /*hundredths*/,
                             units::Seconds /*now*/) {}
  /// The last call. What still waits or runs now is unfinished.
  virtual void run_ended(units::Seconds now, bool interrupted) = 0;
};

}  // namespace gigasim::metrics
