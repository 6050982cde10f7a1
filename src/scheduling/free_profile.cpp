#include "free_profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace gigasim::scheduling {
namespace {

/// The finaliser of SplitMix64 over the bits of a time: a bijection, so that no two times have the same rank.
std::uint64_t rank_of(double time) {
  std::uint64_t bits = 0;
  static_assert(sizeof bits == sizeof time);
  std::memcpy(&bits, &time, sizeof bits);
  bits += 0x9E3779B97F4A7C15ULL;
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
  return bits ^ (bits >> 31U);
}

}  // namespace

void FreeProfile::set_capacity(std::int64_t accelerators) {
  base_ += accelerators - capacity_;
  capacity_ = accelerators;
}

void FreeProfile::add(std::int64_t accelerators, units::Seconds from, units::Seconds to) {
  if (accelerators == 0 || to <= from) return;
  change_at(from.in_base_units(), accelerators);
  if (to < units::Seconds{std::numeric_limits<double>::infinity()}) change_at(to.in_base_units(), -accelerators);
}

void FreeProfile::change_at(double time, std::int64_t change) {
  if (time <= forgotten_) {
    base_ += change;
  } else {
    root_ = changed(root_, time + 0.0, rank_of(time + 0.0), change);  // + 0.0: one zero, not two
  }
}

FreeProfile::Index FreeProfile::changed(Index node, double time, std::uint64_t rank, std::int64_t change) {
  ++visited_;
  if (node == 0 || nodes_[node].rank < rank) {
    const Index made = make_node(time, rank, change);
    Index before = 0;
    Index after = 0;
    split(node, time, before, after);
    nodes_[made].left = before;
    nodes_[made].right = after;
    summarise(made);
    return made;
  }
  if (nodes_[node].rank == rank) {
    nodes_[node].change += change;
    if (nodes_[node].change == 0) {  // no step is left here
      unused_.push_back(node);
      return merge(nodes_[node].left, nodes_[node].right);
    }
  } else if (time < nodes_[node].time) {
    const Index left = changed(nodes_[node].left, time, rank, change);
    nodes_[node].left = left;
  } else {
    const Index right = changed(nodes_[node].right, time, rank, change);
    nodes_[node].right = right;
  }
  summarise(node);
  return node;
}

FreeProfile::Index FreeProfile::make_node(double time, std::uint64_t rank, std::int64_t change) {
  auto made = static_cast<Index>(nodes_.size());
  if (unused_.empty()) {
    nodes_.emplace_back();
  } else {
    made = unused_.back();
    unused_.pop_back();
  }
  nodes_[made] = {time, rank, change};
  return made;
}

void FreeProfile::summarise(Index node) {
  Node& n = nodes_[node];
  const Node& left = nodes_[n.left];
  const Node& right = nodes_[n.right];
  const std::int64_t here = left.sum + n.change;
  n.sum = here + right.sum;
  n.low = std::min(left.low, n.right == 0 ? here : std::min(here, here + right.low));
  n.high = std::max(left.high, n.right == 0 ? here : std::max(here, here + right.high));
}

void FreeProfile::split(Index node, double time, Index& before, Index& after) {
  if (node == 0) {
    before = after = 0;
    return;
  }
  ++visited_;
  Index part = 0;
  if (nodes_[node].time < time) {
    split(nodes_[node].right, time, part, after);
    nodes_[node].right = part;
    before = node;
  } else {
    split(nodes_[node].left, time, before, part);
    nodes_[node].left = part;
    after = node;
  }
  summarise(node);
}

FreeProfile::Index FreeProfile::merge(Index before, Index after) {
  if (before == 0) return after;
  if (after == 0) return before;
  ++visited_;
  if (nodes_[before].rank > nodes_[after].rank) {
    const Index right = merge(nodes_[before].right, after);
    nodes_[before].right = right;
    summarise(before);
    return before;
  }
  const Index left = merge(before, nodes_[after].left);
  nodes_[after].left = left;
  summarise(after);
  return after;
}

void FreeProfile::forget_before(units::Seconds now) {
  forgotten_ = std::max(forgotten_, now.in_base_units());
  while (root_ != 0) {
    const Node* first = &nodes_[root_];
    while (first->left != 0) first = &nodes_[first->left];
    if (first->time > forgotten_) return;
    const Node dropped = *first;
    base_ += dropped.change;
    root_ = changed(root_, dropped.time, dropped.rank, -dropped.change);
  }
}

std::int64_t FreeProfile::free_at(units::Seconds time) const {
  std::int64_t free = base_;
  for (Index at = root_; at != 0;) {
    ++visited_;
    const Node& node = nodes_[at];
    if (node.time <= time.in_base_units()) free += nodes_[node.left].sum + node.change;
    at = node.time <= time.in_base_units() ? node.right : node.left;
  }
  return free;
}

std::int64_t FreeProfile::least(units::Seconds from, units::Seconds to) const {
  return std::min(free_at(from), least_below(root_, base_, from.in_base_units(), to.in_base_units()));
}

// Of the changes in (after, end); a subtree that lies inside as a whole is answered by its root.
std::int64_t FreeProfile::least_below(Index at, std::int64_t before, double after, double end) const {
  if (at == 0) return std::numeric_limits<std::int64_t>::max();
  ++visited_;
  const Node& node = nodes_[at];
  if (after == -std::numeric_limits<double>::infinity() && end == std::numeric_limits<double>::infinity()) {
    return before + node.low;
  }
  const std::int64_t here = before + nodes_[node.left].sum + node.change;
  if (node.time <= after) return least_below(node.right, here, after, end);
  if (node.time >= end) return least_below(node.left, before, after, end);
  const double open = std::numeric_limits<double>::infinity();
  return std::min({least_below(node.left, before, after, open), here, least_below(node.right, here, -open, end)});
}

template <class MayHold, class Holds>
const FreeProfile::Node* FreeProfile::first_that(Index at, std::int64_t before, double after, const MayHold& may_hold,
                                                 const Holds& holds) const {
  if (at == 0) return nullptr;
  ++visited_;
  const Node& node = nodes_[at];
  if (!may_hold(before, node)) return nullptr;
  const std::int64_t here = before + nodes_[node.left].sum + node.change;
  if (node.time > after) {
    if (const Node* found = first_that(node.left, before, after, may_hold, holds)) return found;
    if (holds(here)) return &node;
  }
  return first_that(node.right, here, after, may_hold, holds);
}

const FreeProfile::Node* FreeProfile::first_below(std::int64_t level, double after) const {
  return first_that(
      root_, base_, after, [&](std::int64_t before, const Node& node) { return before + node.low < level; },
      [&](std::int64_t free) { return free < level; });
}

const FreeProfile::Node* FreeProfile::first_reaching(std::int64_t level, double after) const {
  return first_that(
      root_, base_, after, [&](std::int64_t before, const Node& node) { return before + node.high >= level; },
      [&](std::int64_t free) { return free >= level; });
}

std::optional<units::Seconds> FreeProfile::earliest_fit(std::int64_t accelerators, units::Seconds duration,
                                                        units::Seconds not_before) const {
  double start = not_before.in_base_units();
  if (free_at(not_before) < accelerators) {
    const Node* room = first_reaching(accelerators, start);
    if (room == nullptr) return std::nullopt;
    start = room->time;
  }
  for (;;) {
    const Node* shortage = first_below(accelerators, start);
    if (shortage == nullptr || shortage->time >= start + duration.in_base_units()) return units::Seconds{start};
    const Node* room = first_reaching(accelerators, shortage->time);
    if (room == nullptr) return std::nullopt;
    start = room->time;
  }
}

std::vector<FreeProfile::Step> FreeProfile::staircase(units::Seconds from, std::int64_t floor) const {
  constexpr units::Seconds kForEver{std::numeric_limits<double>::infinity()};
  std::vector<Step> steps;
  const Node* fall = nullptr;
  for (units::Seconds at = from;; at = units::Seconds{fall->time}) {
    const std::int64_t free = free_at(at);
    fall = free <= floor ? nullptr : first_below(free, at.in_base_units());
    steps.push_back({fall == nullptr ? kForEver : units::Seconds{fall->time}, free});
    if (fall == nullptr) return steps;
  }
}

}  // namespace gigasim::scheduling
