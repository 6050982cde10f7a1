#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scheduling {

/// How many accelerators of a partition are free at each time to come: a step function of time, on the grid.
///
/// How a policy uses it: `set_capacity` when machines come or go; `take(n, now, now + walltime)` when a job starts or
/// is given a place in the plan; `give_back` of the very same when it ends (also early) or its place is planned anew;
/// `earliest_fit` to find that place; `least` to see whether a job can start now; `forget_before(now)` at each pass. A
/// copy is a copy of one array, so that a plan can be made on a copy of what runs and thrown away.
///
/// Kept as a treap over the times at which the number changes. A node holds the change at its time, and of its subtree
/// the sum and the least and greatest partial sum: adding to a range is two changes at its ends, and nothing has to be
/// pushed down. The heap order is a hash of the time, so that the shape depends on the set of times alone.
class FreeProfile {
 public:
  /// One step of a staircase: this many are free throughout the time until `until`.
  struct Step {
    units::Seconds until;
    std::int64_t accelerators;
  };

  explicit FreeProfile(std::int64_t capacity = 0) : capacity_(capacity), base_(capacity) {}

  /// Adds the difference to all times. What is taken may exceed the capacity: then less than nothing is free. O(1).
  void set_capacity(std::int64_t accelerators);
  [[nodiscard]] std::int64_t capacity() const { return capacity_; }

  /// Takes accelerators in [from, to); `to` may be infinity. O(log n), n changes to come.
  void take(std::int64_t accelerators, units::Seconds from, units::Seconds to) { add(-accelerators, from, to); }
  /// Undoes a take. Both may begin before what is forgotten. O(log n).
  void give_back(std::int64_t accelerators, units::Seconds from, units::Seconds to) { add(accelerators, from, to); }
  /// Drops the changes up to `now`, of which nothing may be asked any more. O(log n) for each that is dropped.
  void forget_before(units::Seconds now);

  [[nodiscard]] std::int64_t free_at(units::Seconds time) const;
  /// The least that is free in [from, to); at `from` alone when the range is empty. O(log n).
  [[nodiscard]] std::int64_t least(units::Seconds from, units::Seconds to) const;
  /// First time, not before `not_before`, from which at least `accelerators` are free for all of `duration` (at that
  /// very time, for a duration of 0); nothing when there is none. O((h + 1) log n), h holes that are wide enough but
  /// too short.
  [[nodiscard]] std::optional<units::Seconds> earliest_fit(std::int64_t accelerators, units::Seconds duration,
                                                           units::Seconds not_before) const;
  /// The least that is free from `from` on, as it falls: a job that starts at `from` fits when it needs no more than
  /// the step's accelerators and ends by the step's `until`, for one of the steps. The last one goes to infinity. Steps
  /// end once the least is no more than `floor`, with that value for all times after. O(k log n), k steps.
  [[nodiscard]] std::vector<Step> staircase(units::Seconds from, std::int64_t floor = 0) const;

  /// Changes to come, n above.
  [[nodiscard]] std::size_t num_changes() const { return nodes_.size() - 1 - unused_.size(); }
  /// Tree nodes looked at so far: the measure of complexity in tests.
  [[nodiscard]] std::uint64_t nodes_visited() const { return visited_; }

 private:
  using Index = std::uint32_t;  // 0 is the empty tree
  struct Node {
    double time = 0.0;
    std::uint64_t rank = 0;  // parents have the greater one
    std::int64_t change = 0;
    std::int64_t sum = 0;
    std::int64_t low = INT64_MAX;   // least sum of the first 1, 2, ... changes of the subtree
    std::int64_t high = INT64_MIN;  // the greatest
    Index left = 0;
    Index right = 0;
  };

  void add(std::int64_t accelerators, units::Seconds from, units::Seconds to);
  void change_at(double time, std::int64_t change);
  [[nodiscard]] Index changed(Index node, double time, std::uint64_t rank, std::int64_t change);
  [[nodiscard]] Index make_node(double time, std::uint64_t rank, std::int64_t change);
  void summarise(Index node);
  void split(Index node, double time, Index& before, Index& after);
  [[nodiscard]] Index merge(Index before, Index after);
  /// First change after `after` at which less than `level` is free, or at least `level`; null when there is none.
  [[nodiscard]] const Node* first_below(std::int64_t level, double after) const;
  [[nodiscard]] const Node* first_reaching(std::int64_t level, double after) const;
  template <class MayHold, class Holds>
  [[nodiscard]] const Node* first_that(Index at, std::int64_t before, double after, const MayHold& may_hold,
                                       const Holds& holds) const;
  [[nodiscard]] std::int64_t least_below(Index at, std::int64_t before, double after, double end) const;

  std::int64_t capacity_;
  std::int64_t base_;          // free before the first change
  double forgotten_ = -1e300;  // everything up to here is
  Index root_ = 0;
  std::vector<Node> nodes_{Node{}};
  std::vector<Index> unused_;
  mutable std::uint64_t visited_ = 0;
};

}  // namespace gigasim::scheduling
