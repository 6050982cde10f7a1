#pragma once

#include <cstdint>
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "gigasim/units/grid.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::scheduling {

/// The running jobs of a partition by estimated end, with sums: answers "when will k accelerators have been freed?" in
/// O(log r).
class PlannedEnds {
 public:
  struct Release {
    units::Seconds time{0};         ///< first estimated end by which at least the wanted number is freed
    std::int64_t accelerators = 0;  ///< freed by then, everything that ends at that very time included
    std::int64_t before = 0;        ///< freed before: less than wanted
  };

  void insert(std::int64_t id, units::Seconds planned_end, std::int64_t accelerators);
  /// The job must have been inserted with this very end.
  void erase(std::int64_t id, units::Seconds planned_end);
  /// First release of at least `wanted` accelerators, 1 <= wanted; none, at time 0, where fewer run. O(log r).
  [[nodiscard]] Release first_release(std::int64_t wanted) const;
  [[nodiscard]] std::int64_t accelerators() const { return accelerators_; }
  /// Freed by `time`, the ends at that very time included.
  [[nodiscard]] std::int64_t released_by(units::Seconds time) const;
  /// First estimated end at which `enough(end)` holds; nothing when at none. Once it holds it must go on to hold.
  template <class Enough>
  [[nodiscard]] std::optional<units::Seconds> first_end(const Enough& enough) const {
    std::optional<units::Seconds> found;
    auto node = ends_.node_begin();
    while (node != ends_.node_end()) {
      const units::Seconds time{(*node)->first.first};
      const bool holds = enough(time);
      if (holds) found = time;
      node = holds ? node.get_l_child() : node.get_r_child();
    }
    return found;
  }
  [[nodiscard]] std::vector<std::int64_t> ids() const;  ///< rising
  /// Sum over running jobs of accelerators x (estimated end - now), in accelerator-ticks.
  [[nodiscard]] units::Ticks remaining_work(units::Seconds now) const;

 private:
  using Key = std::pair<double, std::int64_t>;  // estimated end in seconds, id

  /// Keeps in each node of the tree the accelerators of its subtree.
  template <class NodeConstIterator, class NodeIterator, class Less, class Allocator>
  class SumUpdate {
   public:
    using metadata_type = std::int64_t;
    virtual ~SumUpdate() = default;

    void operator()(NodeIterator it, NodeConstIterator end) const {
      std::int64_t sum = (*it)->second;
      if (it.get_l_child() != end) sum += it.get_l_child().get_metadata();
      if (it.get_r_child() != end) sum += it.get_r_child().get_metadata();
      const_cast<metadata_type&>(it.get_metadata()) = sum;  // the way pb_ds hands out metadata
    }

    virtual NodeConstIterator node_begin() const = 0;
    virtual NodeConstIterator node_end() const = 0;
  };
  using Tree = __gnu_pbds::tree<Key, std::int64_t, std::less<>, __gnu_pbds::rb_tree_tag, SumUpdate>;

  /// Accelerators of all up to a key, which need not be there. O(log r).
  [[nodiscard]] std::int64_t sum_up_to(const Key& last) const;

  Tree ends_;
  std::int64_t accelerators_ = 0;
  units::Ticks weighted_ends_ = 0;  // accelerators x estimated end
};

}  // namespace gigasim::scheduling
