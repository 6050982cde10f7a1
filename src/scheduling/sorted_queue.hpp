#pragma once

#include <algorithm>
#include <cstdint>
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::scheduling {

/// What a queue is sorted by; least first, ties by arrival.
enum class SortKey : std::uint8_t {
  kWalltime,      ///< shortest job first
  kWork,          ///< smallest area first: walltime x accelerators
  kAccelerators,  ///< smallest job first
};

/// A queue sorted by what does not change while a job waits, with an index over (accelerators, walltime): a search tree
/// whose nodes hold the least of both below. O(log q) to put a job in or take it out, and to find a candidate in
/// practice.
class SortedQueue {
 public:
  using Slot = std::pair<std::int64_t, std::int64_t>;  // key and id
  using Cursor = Slot;                                 // what sorts before it has been tried

  explicit SortedQueue(SortKey by) : by_(by) {}

  void set_time(units::Seconds /*now*/) {}
  void push_back(const QueuedJob& job);
  void erase(const Slot& slot);
  void clear();
  [[nodiscard]] std::optional<Slot> slot_of(std::int64_t id) const;
  [[nodiscard]] bool empty() const { return jobs_.empty(); }
  [[nodiscard]] const QueuedJob& operator[](const Slot& slot) const { return jobs_.find(slot)->second; }
  [[nodiscard]] Slot front() const { return jobs_.begin()->first; }  ///< only when not empty
  [[nodiscard]] Cursor behind_front() const { return behind(front()); }
  [[nodiscard]] Cursor from_front() const { return front(); }
  /// The next candidate that the limits allow, and moves behind it. See WaitingQueue::find() for the limits.
  template <class Allowing>
  [[nodiscard]] std::optional<Slot> next_candidate(Cursor& cursor, const Allowing& limits) const {
    const auto found = find_below(jobs_.node_begin(), cursor, limits);
    if (found) cursor = behind(*found);
    return found;
  }
  [[nodiscard]] bool goes_before(const QueuedJob& a, const QueuedJob& b) const { return slot(a) < slot(b); }
  [[nodiscard]] bool tried_before(const QueuedJob& a, const QueuedJob& b) const { return slot(a) < slot(b); }
  /// Accelerator-ticks by walltime of the jobs that are ahead of one that joins.
  [[nodiscard]] units::Ticks work_ahead(const QueuedJob& job) const;
  /// All waiting ids in order of arrival.
  [[nodiscard]] std::vector<std::int64_t> ids() const;
  [[nodiscard]] std::uint64_t nodes_visited() const { return visited_; }

 private:
  struct Below {
    std::int64_t accelerators = INT64_MAX;  // the least
    double walltime_s = 1e300;              // the least
    units::Ticks work = 0;                  // the sum
  };

  template <class NodeConstIterator, class NodeIterator, class Less, class Allocator>
  class Summary {
   public:
    using metadata_type = Below;
    virtual ~Summary() = default;

    void operator()(NodeIterator it, NodeConstIterator end) const {
      const QueuedJob& job = (*it)->second;
      Below below{job.accelerators, job.walltime.in_base_units(), units::to_ticks(job.walltime) * job.accelerators};
      for (const auto& child : {it.get_l_child(), it.get_r_child()}) {
        if (child == end) continue;
        const Below& of_child = child.get_metadata();
        below.accelerators = std::min(below.accelerators, of_child.accelerators);
        below.walltime_s = std::min(below.walltime_s, of_child.walltime_s);
        below.work += of_child.work;
      }
      const_cast<metadata_type&>(it.get_metadata()) = below;  // the way pb_ds hands out metadata
    }

    virtual NodeConstIterator node_begin() const = 0;
    virtual NodeConstIterator node_end() const = 0;
  };
  using Tree = __gnu_pbds::tree<Slot, QueuedJob, std::less<>, __gnu_pbds::rb_tree_tag, Summary>;

  static Cursor behind(const Slot& slot) { return {slot.first, slot.second + 1}; }
  [[nodiscard]] Slot slot(const QueuedJob& job) const;

  template <class Node, class Allowing>
  [[nodiscard]] std::optional<Slot> find_below(Node node, const Cursor& from, const Allowing& limits) const {
    if (node == jobs_.node_end()) return std::nullopt;
    ++visited_;
    const Below& below = node.get_metadata();
    if (!limits.allow(below.accelerators, below.walltime_s)) return std::nullopt;
    const auto& [slot, job] = **node;
    if (slot >= from) {
      if (const auto left = find_below(node.get_l_child(), from, limits)) return left;
      if (limits.allow(job.accelerators, job.walltime.in_base_units())) return slot;
    }
    return find_below(node.get_r_child(), from, limits);
  }

  SortKey by_;
  Tree jobs_;
  std::unordered_map<std::int64_t, std::int64_t> keys_;  // by id; looked up only
  mutable std::uint64_t visited_ = 0;
};

}  // namespace gigasim::scheduling
