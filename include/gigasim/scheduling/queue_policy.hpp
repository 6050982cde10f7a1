#pragma once

#include <cstdint>
#include <limits>
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
  std::int32_t privilege = -1;    ///< index of the privilege that it has; -1 for none
  units::Seconds submit{0};       ///< when it was submitted; its wait counts from here
  std::int32_t reservation = -1;  ///< index of the reservation that it may use; -1 for none
  std::int32_t account = -1;      ///< who is charged in fair share: an index, from 0; -1 for nobody in particular
  std::int32_t kind = 0;          ///< jobs of one kind have the same standing and may preempt the same others
  std::int32_t group = -1;        ///< whose share of the partition it uses, where there are hard caps; -1 for nobody's
};

/// What some jobs of a partition may do before others.
struct Privilege {
  double reserve = 0.0;  ///< share of the capacity, rounded down to whole accelerators
  bool lent = false;     ///< others may use what is free of the reserve, with requests of at most `lend_up_to`
  units::Seconds lend_up_to{0};
  bool priority = false;  ///< ahead of all without
};

/// Accelerators that are set aside in windows of time: for maintenance, when nobody may use them, or for the jobs whose
/// `reservation` names it.
struct Reservation {
  std::int64_t accelerators = 0;  ///< as many of the capacity as there are, or ...
  double share = 0.0;             ///< ... this share of it, rounded down to whole accelerators
  units::Seconds from{0};
  units::Seconds length{0};
  units::Seconds every{0};  ///< again after so long, at least `length`; 0: once
  bool maintenance = false;
  bool operator==(const Reservation&) const = default;
};

/// How far a policy that plans ahead looks, as Slurm's bf_max_job_test and bf_window.
struct BackfillLimits {
  std::int64_t depth = INT64_MAX;                                  ///< jobs of the queue that get a place
  units::Seconds window{std::numeric_limits<double>::infinity()};  ///< places that begin later are not kept
  bool operator==(const BackfillLimits&) const = default;
};

/// What a policy is made of besides its name.
struct QueueOptions {
  std::vector<Privilege> privileges;      ///< `fcfs` and `easy` only, and not with reservations
  std::vector<Reservation> reservations;  ///< all policies
  BackfillLimits backfill;                ///< policies that plan ahead
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
  /// Starts a waiting job out of turn and counts it as running: its accelerators must be free. Only for policies that
  /// preempting queues may be made of; others throw std::logic_error.
  virtual void start_now(std::int64_t id, units::Seconds now);
  /// Empties the queue and returns the ids that waited, in order of arrival.
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
  /// When a pass is due though no job arrives or ends: a window closes, or a promised start is due. Nothing: never.
  [[nodiscard]] virtual std::optional<units::Seconds> next_pass(units::Seconds now) const;
  /// Index nodes looked at so far by searches for backfill candidates: the measure of complexity in tests.
  [[nodiscard]] virtual std::uint64_t nodes_visited() const = 0;
};

/// Whether a job finds a gap between the windows of the reservations, on an empty machine of this capacity: one that
/// does not would wait for ever.
[[nodiscard]] bool ever_fits(const QueuedJob& job, std::int64_t capacity, const std::vector<Reservation>& reservations);

/// The names that make_queue_policy() takes.
[[nodiscard]] const std::vector<std::string>& queue_policy_names();

/// Returns the policy called `name`; throws std::invalid_argument for any other name, and for privileges with
/// reservations or with another policy than `fcfs` and `easy`.
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
/// - `easy-sjf`, `easy-saf`, `easy-sqf`, `easy-lxf`: EASY on a queue that is sorted, head included: by walltime, by
///   walltime x accelerators, by accelerators (least first), by expansion factor (wait + walltime) / walltime (largest
///   first); ties by arrival. A job may wait for ever behind others that keep coming. Costs as `easy`; `easy-lxf` sorts
///   at each pass, O(q log q).
/// - `easy-sjbf`: as `easy`, but backfill candidates are tried by walltime, the shortest first.
/// - `conservative`: at each pass all queued jobs are placed anew, in order of arrival, where they fit first beside
/// what
///   runs and what is placed; those whose place is now start. O(q (h + 1) log n) a pass, n changes of what is free, h
///   holes too short; with a depth O(depth (h + 1) log n).
/// - `conservative-compress`: a job gets such a place when it arrives and keeps it as a promise: when time is freed
///   early, jobs move forward, in order of their promises, never back. O((h + 1) log n) an arrival, O(log n) a start,
///   O(q (h + 1) log n) where time is freed early; with a depth, for the jobs with a promise.
///
/// `backfill.depth` and `backfill.window` bound the conservative policies: only so many jobs have a place, and no place
/// begins later than the window; others wait until they get one.
///
/// Reservations: no job starts that would run into a window, except in what is left beside it. A job that may use a
/// reservation runs wholly inside it, so that it ends with the window at the latest, or wholly outside. At a pass the
/// jobs of each reservation start there first, in their order, while the first fits; `easy` and its kin then let others
/// pass a blocked first job when that delays its planned start by nothing, windows included. O(k log n) more for k
/// steps of what is free ahead.
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
[[nodiscard]] std::unique_ptr<QueuePolicy> make_queue_policy(std::string_view name, const QueueOptions& options = {});

}  // namespace gigasim::scheduling
