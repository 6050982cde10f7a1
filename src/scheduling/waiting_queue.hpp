#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::scheduling {

/// What a job occupies by its walltime, in accelerator-ticks.
[[nodiscard]] inline units::Ticks work_of(const QueuedJob& job) {
  return units::to_ticks(job.walltime) * job.accelerators;
}

/// A queue in order of arrival with an index over (accelerators, walltime): a tournament tree whose nodes hold the
/// least accelerators and the least walltime of the jobs below, so that a search skips every stretch that cannot hold a
/// candidate.
class WaitingQueue {
 public:
  using Slot = std::size_t;

  using Cursor = Slot;  ///< candidates from here on have not been tried

  struct Limits {
    std::int64_t free;          ///< a candidate needs at most this many accelerators now, and ...
    units::Seconds spare_time;  ///< ... either has at most this walltime
    std::int64_t spare;         ///< ... or needs at most this many accelerators

    [[nodiscard]] bool allow(std::int64_t accelerators, double walltime_s) const {
      return accelerators <= free && (walltime_s <= spare_time.in_base_units() || accelerators <= spare);
    }
  };

  /// Of two jobs that wait, the one that does so for longer: ids rise in order of arrival.
  [[nodiscard]] static bool goes_before(const QueuedJob& a, const QueuedJob& b) { return a.id < b.id; }
  /// Of two candidates, the one that is tried first.
  [[nodiscard]] static bool tried_before(const QueuedJob& a, const QueuedJob& b) { return a.id < b.id; }
  void set_time(units::Seconds /*now*/) {}

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
  /// First job at `from` or behind it that the limits allow. What `limits.allow(accelerators, walltime_s)` refuses it
  /// must also refuse to every job that needs more, or longer.
  template <class Allowing = Limits>
  [[nodiscard]] std::optional<Slot> find(Slot from, const Allowing& limits) const {
    if (size_ == 0 || from >= jobs_.size() || !may_hold(1, limits)) return std::nullopt;
    // From the leaf to the right and up: a candidate at distance d costs O(log d) in practice.
    for (std::size_t node = leaves_ + from; node != 0; node = right_of(node)) {
      if (const auto found = find_below(node, limits)) return found;
    }
    return std::nullopt;
  }
  [[nodiscard]] Cursor behind_front() const { return front_ + 1; }
  [[nodiscard]] Cursor from_front() const { return front_; }
  /// The next candidate that the limits allow, and moves behind it.
  template <class Allowing>
  [[nodiscard]] std::optional<Slot> next_candidate(Cursor& cursor, const Allowing& limits) const {
    const auto found = find(cursor, limits);
    if (found) cursor = *found + 1;
    return found;
  }
  /// Accelerator-ticks by walltime of the jobs that are ahead of one that joins.
  [[nodiscard]] units::Ticks work_ahead(const QueuedJob& /*job*/) const { return work_; }
  /// All waiting ids in queue order.
  [[nodiscard]] std::vector<std::int64_t> ids() const;
  [[nodiscard]] std::uint64_t nodes_visited() const { return visited_; }

 private:
  struct Least {
    std::int64_t accelerators;
    double walltime_s;
    double work;  // accelerators x walltime: tells short wide and long narrow jobs from short narrow ones

    bool operator==(const Least&) const = default;
  };
  static constexpr Least kNobody{INT64_MAX, 1e300, 1e300};
  [[nodiscard]] static Least least_of(const QueuedJob& job) {
    const double walltime_s = job.walltime.in_base_units();
    return {job.accelerators, walltime_s, static_cast<double>(job.accelerators) * walltime_s};
  }
  [[nodiscard]] static Least least_of(const Least& a, const Least& b) {
    return {std::min(a.accelerators, b.accelerators), std::min(a.walltime_s, b.walltime_s), std::min(a.work, b.work)};
  }
  [[nodiscard]] bool alive(Slot slot) const { return tree_[leaves_ + slot].accelerators != INT64_MAX; }
  void set(Slot slot, Least least);
  void make_room();
  void index_ids();
  void index_work();
  void add_work(Slot slot, units::Ticks work);
  template <class Allowing>
  [[nodiscard]] bool may_hold(std::size_t node, const Allowing& limits) const {
    ++visited_;
    const Least& least = tree_[node];
    if (least.accelerators == INT64_MAX || !limits.allow(least.accelerators, least.walltime_s)) return false;
    if constexpr (std::is_same_v<Allowing, Limits>) {
      const double most = static_cast<double>(limits.free) * limits.spare_time.in_base_units();
      return least.work <= most || least.accelerators <= limits.spare;
    }
    return true;
  }
  template <class Allowing>
  [[nodiscard]] std::optional<Slot> find_below(std::size_t node, const Allowing& limits) const {
    if (!may_hold(node, limits)) return std::nullopt;
    if (node >= leaves_) return node - leaves_;
    if (const auto left = find_below(2 * node, limits)) return left;
    return find_below(2 * node + 1, limits);
  }
  /// The widest subtree that begins right behind one; 0 for none.
  [[nodiscard]] static std::size_t right_of(std::size_t node) {
    while (node % 2 == 1) node /= 2;
    return node == 0 ? 0 : node + 1;
  }

  std::vector<QueuedJob> jobs_;                   // by slot; erased slots stay until the next make_room()
  std::unordered_map<std::int64_t, Slot> slots_;  // looked up only, never iterated; may hold ids that wait no more
  bool by_id_ = false;                            // slots_ is kept
  std::vector<Least> tree_;                       // tree_[1] is the root, tree_[leaves_ + slot] a leaf
  std::vector<units::Ticks> sums_;                // Fenwick tree over the slots, from 1; empty: not kept
  std::size_t leaves_ = 0;
  std::size_t size_ = 0;
  Slot front_ = 0;
  units::Ticks work_ = 0;
  mutable std::uint64_t visited_ = 0;
};

}  // namespace gigasim::scheduling
