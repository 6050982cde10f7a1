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
#include "least_needs.hpp"

namespace gigasim::scheduling {

/// What a queue is sorted by; least first, ties by arrival.
enum class SortKey : std::uint8_t {
  kWalltime,      ///< shortest job first
  kWork,          ///< smallest area first: walltime x accelerators
  kAccelerators,  ///< smallest job first
};

/// A queue sorted by what does not change while a job waits, with an index over (accelerators, walltime): a search tree
/// whose nodes hold the least needs of the jobs below. To find a candidate, or to see that there is none, costs
/// O(log q log d), q jobs waiting, d least needs; to put a job in or take it out O(d log q).
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
  [[nodiscard]] const QueuedJob& operator[](const Slot& slot) const { return jobs_.find(slot)->second.job; }
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
  /// A waiting job, and what there is at and below its node of the tree. Not the tree's own metadata, which is not
  /// constructed.
  struct Waiting {
    QueuedJob job;
    mutable LeastNeeds needs{};
    mutable units::Ticks work = 0;  // the sum
  };

  template <class NodeConstIterator, class NodeIterator, class Less, class Allocator>
  class Summary {
   public:
    using metadata_type = char;  // none
    virtual ~Summary() = default;

    void operator()(NodeIterator it, NodeConstIterator end) const {
      static const Waiting nobody{};
      const auto below = [&](const auto& child) -> const Waiting& { return child == end ? nobody : (*child)->second; };
      const Waiting& node = (*it)->second;
      const Waiting& left = below(it.get_l_child());
      const Waiting& right = below(it.get_r_child());
      LeastNeeds::join(left.needs, right.needs, node.needs);
      node.needs.add({node.job.accelerators, node.job.walltime.in_base_units()});
      node.work = units::to_ticks(node.job.walltime) * node.job.accelerators + left.work + right.work;
    }

    virtual NodeConstIterator node_begin() const = 0;
    virtual NodeConstIterator node_end() const = 0;
  };
  using Tree = __gnu_pbds::tree<Slot, Waiting, std::less<>, __gnu_pbds::rb_tree_tag, Summary>;

  static Cursor behind(const Slot& slot) { return {slot.first, slot.second + 1}; }
  [[nodiscard]] Slot slot(const QueuedJob& job) const;

  template <class Node, class Allowing>
  [[nodiscard]] std::optional<Slot> find_below(Node node, const Cursor& from, const Allowing& limits) const {
    if (node == jobs_.node_end()) return std::nullopt;
    const auto& [slot, waiting] = **node;
    if (!waiting.needs.allowed_by(limits, visited_)) return std::nullopt;
    if (slot >= from) {
      if (const auto left = find_below(node.get_l_child(), from, limits)) return left;
      if (limits.allow(waiting.job.accelerators, waiting.job.walltime.in_base_units())) return slot;
    }
    return find_below(node.get_r_child(), from, limits);
  }

  SortKey by_;
  Tree jobs_;
  std::unordered_map<std::int64_t, std::int64_t> keys_;  // by id; looked up only
  mutable std::uint64_t visited_ = 0;
};

}  // namespace gigasim::scheduling
