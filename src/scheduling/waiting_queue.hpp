#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/units/grid.hpp"
#include "least_needs.hpp"

namespace gigasim::scheduling {

/// What a job occupies by its walltime, in accelerator-ticks.
[[nodiscard]] inline units::Ticks work_of(const QueuedJob& job) {
  return units::to_ticks(job.walltime) * job.accelerators;
}

/// A queue in order of arrival with an index over (accelerators, walltime): a tree over blocks of the queue whose nodes
/// hold the least needs of the jobs below. These tell without a mistake whether a stretch holds a candidate, so that a
/// search goes straight to the first one: O(log q log d), q jobs waiting, d least needs; one look where there is none.
/// To put a job in or take it out costs O(d log q), and O(1) expected where sizes and walltimes are independent.
class WaitingQueue {
 public:
  using Slot = std::size_t;

  using Cursor = Slot;  ///< candidates from here on have not been tried

  using Limits = NeedLimits;

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
    std::size_t node = leaves_ + from / kBlock;
    if (may_hold(node, limits)) {
      if (const auto found = find_in_block(from, limits)) return found;
    }
    for (node = right_of(node); node != 0; node = right_of(node)) {
      if (may_hold(node, limits)) return find_below(node, limits);
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
  static constexpr std::size_t kBlock = 16;  // slots whose jobs are looked at one by one
  static constexpr Needs kNobody{INT64_MAX, 1e300};
  [[nodiscard]] static Needs needs_of(const QueuedJob& job) { return {job.accelerators, job.walltime.in_base_units()}; }
  [[nodiscard]] bool alive(Slot slot) const { return needs_[slot].accelerators != INT64_MAX; }
  void take_out_of_index(Slot slot);
  void make_room();
  void index_ids();
  void index_work();
  void add_work(Slot slot, units::Ticks work);
  template <class Allowing>
  [[nodiscard]] bool may_hold(std::size_t node, const Allowing& limits) const {
    return tree_[node].allowed_by(limits, visited_);
  }
  // Only where there is one.
  template <class Allowing>
  [[nodiscard]] std::optional<Slot> find_below(std::size_t node, const Allowing& limits) const {
    while (node < leaves_) {
      node *= 2;
      if (!may_hold(node, limits)) ++node;  // then it is on the right
    }
    return find_in_block((node - leaves_) * kBlock, limits);
  }
  template <class Allowing>
  [[nodiscard]] std::optional<Slot> find_in_block(Slot from, const Allowing& limits) const {
    const Slot end = std::min(needs_.size(), (from / kBlock + 1) * kBlock);
    for (Slot slot = from; slot < end; ++slot) {
      ++visited_;
      if (alive(slot) && limits.allow(needs_[slot].accelerators, needs_[slot].walltime_s)) return slot;
    }
    return std::nullopt;
  }
  /// The widest subtree that begins right behind one; 0 for none.
  [[nodiscard]] static std::size_t right_of(std::size_t node) {
    while (node % 2 == 1) node /= 2;
    return node == 0 ? 0 : node + 1;
  }

  std::vector<QueuedJob> jobs_;                   // by slot; erased slots stay until the next make_room()
  std::unordered_map<std::int64_t, Slot> slots_;  // looked up only, never iterated; may hold ids that wait no more
  bool by_id_ = false;                            // slots_ is kept
  std::vector<Needs> needs_;                      // by slot; kNobody where it is erased
  std::vector<LeastNeeds> tree_;                  // tree_[1] is the root, tree_[leaves_ + block] a leaf
  LeastNeeds joined_;                             // lent to take_out_of_index()
  std::vector<units::Ticks> sums_;                // Fenwick tree over the slots, from 1; empty: not kept
  std::size_t leaves_ = 0;
  std::size_t size_ = 0;
  Slot front_ = 0;
  units::Ticks work_ = 0;
  mutable std::uint64_t visited_ = 0;
};

}  // namespace gigasim::scheduling
