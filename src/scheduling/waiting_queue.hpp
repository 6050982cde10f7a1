#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::scheduling {

/// A queue in order of arrival with an index over (accelerators, walltime): a tournament tree whose nodes hold the
/// least accelerators and the least walltime of the jobs below, so that a search skips every stretch that cannot hold a
/// candidate.
class WaitingQueue {
 public:
  using Slot = std::size_t;

  struct Limits {
    std::int64_t free;          ///< a candidate needs at most this many accelerators now, and ...
    units::Seconds spare_time;  ///< ... either has at most this walltime
    std::int64_t spare;         ///< ... or needs at most this many accelerators
  };

  void push_back(const QueuedJob& job);
  void erase(Slot slot);
  /// Where a job waits; nothing when it does not. The first call makes an index of all ids, which is kept from then on.
  [[nodiscard]] std::optional<Slot> slot_of(std::int64_t id);
  /// Accelerator-ticks, by walltime, of the jobs ahead of a slot. O(log q); the first call makes an index, which is
  /// kept from then on.
  [[nodiscard]] units::Ticks work_before(Slot slot);
  void clear();

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Slot front() const { return front_; }  ///< only when not empty
  [[nodiscard]] const QueuedJob& operator[](Slot slot) const { return jobs_[slot]; }
  /// First job at `from` or behind it that meets the limits.
  [[nodiscard]] std::optional<Slot> find(Slot from, const Limits& limits) const;
  /// All waiting ids in queue order.
  [[nodiscard]] std::vector<std::int64_t> ids() const;
  [[nodiscard]] std::uint64_t nodes_visited() const { return visited_; }

 private:
  struct Least {
    std::int64_t accelerators;
    double walltime_s;
  };
  static constexpr Least kNobody{INT64_MAX, 1e300};
  [[nodiscard]] bool alive(Slot slot) const { return tree_[leaves_ + slot].accelerators != INT64_MAX; }
  void set(Slot slot, Least least);
  void make_room();
  void index_ids();
  void index_work();
  void add_work(Slot slot, units::Ticks work);
  [[nodiscard]] std::optional<Slot> find_below(std::size_t node, Slot first, std::size_t width, Slot from,
                                               const Limits& limits) const;

  std::vector<QueuedJob> jobs_;                   // by slot; erased slots stay until the next make_room()
  std::unordered_map<std::int64_t, Slot> slots_;  // looked up only, never iterated; may hold ids that wait no more
  bool by_id_ = false;                            // slots_ is kept
  std::vector<Least> tree_;                       // tree_[1] is the root, tree_[leaves_ + slot] a leaf
  std::vector<units::Ticks> sums_;                // Fenwick tree over the slots, from 1; empty: not kept
  std::size_t leaves_ = 0;
  std::size_t size_ = 0;
  Slot front_ = 0;
  mutable std::uint64_t visited_ = 0;
};

}  // namespace gigasim::scheduling
