#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scheduling {

/// What a queue policy may see of a job. Ids rise in order of arrival. `walltime` is the request, the only estimate of
/// the runtime that a scheduler has.
struct QueuedJob {
  std::int64_t id = 0;
  std::int64_t accelerators = 0;
  units::Seconds walltime{0};
  std::int32_t privilege = -1;  ///< index of the privilege that it has; -1 for none
};

/// What some jobs of a partition may do before others.
struct Privilege {
  double reserve = 0.0;  ///< share of the capacity, rounded down to whole accelerators
  bool lent = false;     ///< others may use what is free of the reserve, with requests of at most `lend_up_to`
  units::Seconds lend_up_to{0};
  bool priority = false;  ///< ahead of all without
};

/// Decides which waiting jobs of one partition start now. It keeps the partition's queue and its running jobs, counts
/// accelerators (any free accelerator serves any job) and holds no clock: the caller passes the time, which never goes
/// back.
///
/// At one instant the caller reports all ends, then all arrivals, then asks for one pass; and for another one when jobs
/// were removed.
class QueuePolicy {
 public:
  virtual ~QueuePolicy() = default;

  /// Sets the number of accelerators that are online. It may rise while jobs run, and fall only while none does.
  virtual void set_capacity(std::int64_t accelerators) = 0;
  /// Puts a job at the end of the queue.
  virtual void enqueue(const QueuedJob& job) = 0;
  /// Takes a waiting job out of the queue. O(log q), after O(q) once.
  virtual void remove(std::int64_t id) = 0;
  /// Reports that a job that was started at `started` has ended, for whatever reason.
  virtual void job_ended(const QueuedJob& job, units::Seconds started) = 0;
  /// Appends the ids of the jobs that start now to `starts`, in the order of the decisions, and counts them as running.
  virtual void pass(units::Seconds now, std::vector<std::int64_t>& starts) = 0;
  /// Empties the queue and returns the ids that waited, in queue order.
  [[nodiscard]] virtual std::vector<std::int64_t> drain() = 0;
  /// The ids of the running jobs, rising.
  [[nodiscard]] virtual std::vector<std::int64_t> running() const = 0;

  /// Estimates when `job` would start if it joined the queue now, from walltimes alone.
  [[nodiscard]] virtual units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const = 0;
  /// Estimates when a job that waits would start where it stands, from walltimes alone, as estimate_start() does for
  /// one at the end. Nothing when the policy cannot tell, or the job does not wait.
  [[nodiscard]] virtual std::optional<units::Seconds> estimate_waiting(std::int64_t /*id*/, units::Seconds /*now*/) {
    return std::nullopt;
  }
  /// Accelerators running or asked for by the queue, over the capacity; infinity while offline.
  [[nodiscard]] virtual double load() const = 0;
  [[nodiscard]] virtual std::int64_t capacity() const = 0;
  /// Index nodes looked at so far by searches for backfill candidates: the measure of complexity in tests.
  [[nodiscard]] virtual std::uint64_t nodes_visited() const = 0;
};

/// The names that make_queue_policy() takes.
[[nodiscard]] const std::vector<std::string>& queue_policy_names();

/// Returns the policy called `name`; throws std::invalid_argument for any other name.
///
/// - `fcfs`: first come, first served. Starts from the head of the queue while the head fits. O(log r) a start or end,
///   r running jobs.
/// - `easy`: EASY backfilling (Lifka 1995; Mu'alem and Feitelson 2001). As fcfs; then the blocked head is reserved the
/// first
///   time at which the estimated ends of running jobs free enough accelerators, and the rest of the queue is tried once
///   in queue order: a job starts if it fits now and either ends by that time or fits in what stays spare at that time
///   (which it then uses up). The head is never delayed by a backfilled job. O(log r + (b + 1) log q) a pass in
///   practice, b jobs backfilled from a queue of q: candidates are found by an index over (accelerators, walltime) in
///   queue order.
///
/// With privileges, k of them, of which each job has at most one. R_i is the reserve of privilege i, U_i what its jobs
/// hold, and max(0, R_i - U_i) what is unused of it. Reserve i is *open* to a job of others while it is lent, no job of
/// privilege i waits, and the job's request is at most `lend_up_to`. A job of privilege i (or of none) *may use*
///
///     capacity - all that is held - sum over the reserves j != i that are not open to it of max(0, R_j - U_j)
///
/// so that jobs without a privilege that cannot borrow never hold more than the capacity less all reserves. A pass:
///
/// 1. By privilege: the first of its jobs starts while it fits in the unused part of its reserve and in what is free.
/// 2. In queue order (those with priority first, else by arrival) the first job starts while it fits in what it may
/// use.
/// 3. `easy` only: the blocked first job is reserved the first time at which estimated ends free enough of what it may
///    use. The rest is tried once in queue order: a job starts if it fits in what it may use now, and either ends by
///    that time or leaves the first job enough at that time, the same reserves being open to it. No backfilled job
///    delays the first job.
///
/// A job that fits in the unused reserve of its privilege thus waits for borrowers only: at most `lend_up_to`. Without
/// privileges this is the plain policy, to the byte. O(k) a start, O(k^2 log^2 r) a reservation, O(k^2 log q) a job
/// backfilled in practice.
[[nodiscard]] std::unique_ptr<QueuePolicy> make_queue_policy(std::string_view name,
                                                             const std::vector<Privilege>& privileges = {});

}  // namespace gigasim::scheduling
