#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scheduling {

/// What a waiting job needs.
struct Needs {
  std::int64_t accelerators;
  double walltime_s;

  bool operator==(const Needs&) const = default;
  /// Needs no more of either: whoever refuses this refuses the other, too.
  [[nodiscard]] bool within(const Needs& other) const {
    return accelerators <= other.accelerators && walltime_s <= other.walltime_s;
  }
};

/// What a candidate may need to start beside a reservation.
struct NeedLimits {
  std::int64_t free;          ///< at most this many accelerators now, and ...
  units::Seconds spare_time;  ///< ... either at most this walltime
  std::int64_t spare;         ///< ... or at most this many accelerators

  [[nodiscard]] bool allow(std::int64_t accelerators, double walltime_s) const {
    return accelerators <= free && (walltime_s <= spare_time.in_base_units() || accelerators <= spare);
  }
};

/// The needs of a set of jobs that no other of them is within: rising in accelerators, falling in walltime. They answer
/// for the whole set whether some job in it would be allowed. Of n jobs whose two needs are independent ln n are
/// expected; there are never more than different numbers of accelerators.
class LeastNeeds {
 public:
  /// False when one that is here is within it already. O(d), d needs held.
  bool add(const Needs& needs) {
    std::size_t from = first_wider(needs.accelerators);
    if (from > 0 && steps_[from - 1].walltime_s <= needs.walltime_s) return false;
    if (from > 0 && steps_[from - 1].accelerators == needs.accelerators) --from;
    std::size_t to = from;
    while (to < steps_.size() && needs.within(steps_[to])) ++to;
    const auto at = steps_.begin() + static_cast<std::ptrdiff_t>(from);
    if (from == to) {
      steps_.insert(at, needs);
    } else {
      *at = needs;
      steps_.erase(at + 1, steps_.begin() + static_cast<std::ptrdiff_t>(to));
    }
    return true;
  }

  /// Those of two sets together. O(d).
  static void join(const LeastNeeds& a, const LeastNeeds& b, LeastNeeds& both) {
    both.steps_.clear();
    const std::vector<Needs>& left = a.steps_;
    const std::vector<Needs>& right = b.steps_;
    double shortest_s = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0, j = 0; i < left.size() || j < right.size();) {
      const bool of_left = j == right.size() || (i < left.size() && goes_before(left[i], right[j]));
      const Needs& next = of_left ? left[i++] : right[j++];
      if (next.walltime_s >= shortest_s) continue;
      both.steps_.push_back(next);
      shortest_s = next.walltime_s;
    }
  }

  /// Whether one of these very needs is held: only then can taking a job with them away change anything.
  [[nodiscard]] bool holds(const Needs& needs) const {
    const std::size_t behind = first_wider(needs.accelerators);
    return behind > 0 && steps_[behind - 1] == needs;
  }

  /// Whether some job of the set would be allowed, and how many needs had to be looked at. O(log d) for NeedLimits;
  /// else O(d) calls of `allow(accelerators, walltime_s)`.
  template <class Allowing>
  [[nodiscard]] bool allowed_by(const Allowing& limits, std::uint64_t& looked_at) const {
    ++looked_at;
    if (steps_.empty()) return false;
    if constexpr (std::is_same_v<Allowing, NeedLimits>) {
      // The narrowest, or the shortest of those that are narrow enough.
      const Needs& narrowest = steps_.front();
      if (narrowest.accelerators > limits.free) return false;
      if (narrowest.accelerators <= limits.spare) return true;
      return steps_[first_wider(limits.free) - 1].walltime_s <= limits.spare_time.in_base_units();
    } else {
      for (const Needs& needs : steps_) {
        if (limits.allow(needs.accelerators, needs.walltime_s)) return true;
        ++looked_at;
      }
      return false;
    }
  }

  void clear() { steps_.clear(); }
  bool operator==(const LeastNeeds&) const = default;

 private:
  static bool goes_before(const Needs& a, const Needs& b) {
    return a.accelerators != b.accelerators ? a.accelerators < b.accelerators : a.walltime_s < b.walltime_s;
  }
  /// Position of the first that needs more than so many.
  [[nodiscard]] std::size_t first_wider(std::int64_t accelerators) const {
    const auto found =
        std::upper_bound(steps_.begin(), steps_.end(), accelerators,
                         [](std::int64_t wanted, const Needs& step) { return wanted < step.accelerators; });
    return static_cast<std::size_t>(found - steps_.begin());
  }

  std::vector<Needs> steps_;
};

}  // namespace gigasim::scheduling
