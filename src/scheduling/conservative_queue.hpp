#pragma once

#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "planned_room.hpp"
#include "waiting_queue.hpp"

namespace gigasim::scheduling {

/// What both kinds of conservative backfilling share: a queue in order of arrival and a plan of what is free.
class PlannedQueue : public QueuePolicy {
 public:
  PlannedQueue(const std::vector<Reservation>& reservations, const BackfillLimits& backfill)
      : room_(reservations), backfill_(backfill) {}

  std::vector<std::int64_t> running() const override { return room_.running().ids(); }
  double load() const override;
  std::int64_t capacity() const override { return room_.capacity(); }
  std::uint64_t nodes_visited() const override { return queue_.nodes_visited() + room_.nodes_visited(); }

 protected:
  using Slot = WaitingQueue::Slot;
  using Place = CapacityPlan::Place;

  /// The first job at `from` or behind it.
  [[nodiscard]] std::optional<Slot> waiting_from(Slot from) const;
  /// Where a job that is planned now starts; nothing beyond the window.
  [[nodiscard]] std::optional<Place> place(const QueuedJob& job, units::Seconds now) const;
  void push_back(const QueuedJob& job);
  void take_out(Slot slot);
  void forget_all();
  void run(Slot slot, const Place& place, std::vector<std::int64_t>& starts);

  WaitingQueue queue_;
  PlannedRoom room_;
  BackfillLimits backfill_;
  std::int64_t queued_accelerators_ = 0;
};

/// Conservative backfilling, planned anew at each pass: O(q (h + 1) log n), with a depth O(depth (h + 1) log n), for n
/// changes of what is free and h holes that are too short. A pass stops where nobody behind can start now. An estimate
/// costs as much after something ended, started or left, and O((h + 1) log n) an arrival since the last one otherwise.
class ConservativeQueue final : public PlannedQueue {
 public:
  using PlannedQueue::PlannedQueue;

  void set_capacity(std::int64_t accelerators) override;
  void enqueue(const QueuedJob& job) override;
  void remove(std::int64_t id) override;
  void job_ended(const QueuedJob& job, units::Seconds started) override;
  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override;
  std::vector<std::int64_t> drain() override;
  units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const override;
  std::optional<units::Seconds> next_pass(units::Seconds now) const override { return room_.plan().next_turn(now); }

 private:
  /// The plan with all that waits: what estimates are taken from until something ends, starts or leaves.
  struct Outlook {
    CapacityPlan plan;
    std::int64_t looked_at = 0;      ///< jobs, up to the depth
    std::vector<QueuedJob> arrived;  ///< since the last estimate
  };
  void foresee(const QueuedJob& job, units::Seconds now) const;
  /// A job that may still start in a pass, and how many jobs before it the pass has yet to place.
  struct Hope {
    Slot slot;
    std::int64_t before = 0;
  };
  /// The first such job at `from.slot` or behind it; nothing when fewer than all before it may be placed.
  [[nodiscard]] std::optional<Hope> next_hope(Hope from, std::int64_t depth_left, units::Seconds now) const;

  mutable std::optional<Outlook> outlook_;
};

/// Conservative backfilling in which a job keeps the start that it was promised, until an earlier one is free: O(log n)
/// a start or an end on time, O((h + 1) log n) an arrival, and O(g (h + 1) log n) where time is freed early, g jobs
/// with a promise.
class GuaranteedQueue final : public PlannedQueue {
 public:
  using PlannedQueue::PlannedQueue;

  void set_capacity(std::int64_t accelerators) override;
  void enqueue(const QueuedJob& job) override;
  void remove(std::int64_t id) override;
  void job_ended(const QueuedJob& job, units::Seconds started) override;
  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override;
  std::vector<std::int64_t> drain() override;
  units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const override;
  std::optional<units::Seconds> next_pass(units::Seconds now) const override;

  /// When a waiting job starts at the latest; nothing while it has no promise.
  [[nodiscard]] std::optional<units::Seconds> guarantee(std::int64_t id) const;

 private:
  using Promise = std::pair<units::Seconds, std::int64_t>;  // start and id

  void give_up(const QueuedJob& job);
  void compress(units::Seconds now);
  void promise(units::Seconds now);
  void start_due(units::Seconds now, std::vector<std::int64_t>& starts);

  std::set<Promise> promises_;
  std::unordered_map<std::int64_t, Place> places_;  // of the jobs with a promise; looked up only
  std::set<std::int64_t> without_;                  // waiting jobs without, by arrival
  units::Ticks work_without_ = 0;                   // accelerator-ticks by walltime
  units::Seconds freed_until_{0};                   // places that end up to here were given back
};

}  // namespace gigasim::scheduling
