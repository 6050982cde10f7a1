#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"

namespace gigasim::scheduling {

/// A queue kept as several, one for the jobs that may use no reservation and one for those of each reservation, so that
/// a search for what each of them may have skips as much as in a queue of one kind. O(k) more, k reservations.
template <class Order>
class LanedQueue {
 public:
  struct Slot {
    std::size_t lane;
    typename Order::Slot slot;
  };
  using Cursor = std::vector<std::optional<typename Order::Cursor>>;

  LanedQueue(const Order& empty, std::size_t num_reservations) : lanes_(num_reservations + 1, empty) {}

  void set_time(units::Seconds now) {
    for (Order& lane : lanes_) lane.set_time(now);
  }
  void push_back(const QueuedJob& job) { lanes_[static_cast<std::size_t>(job.reservation + 1)].push_back(job); }
  void erase(const Slot& at) { lanes_[at.lane].erase(at.slot); }
  void clear() {
    for (Order& lane : lanes_) lane.clear();
  }
  [[nodiscard]] std::optional<Slot> slot_of(std::int64_t id) {
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      if (const auto slot = lanes_[i].slot_of(id)) return Slot{i, *slot};
    }
    return std::nullopt;
  }
  [[nodiscard]] bool empty() const {
    return std::all_of(lanes_.begin(), lanes_.end(), [](const Order& lane) { return lane.empty(); });
  }
  [[nodiscard]] const QueuedJob& operator[](const Slot& at) const { return lanes_[at.lane][at.slot]; }
  [[nodiscard]] Slot front() const {
    std::optional<Slot> first;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      if (!lanes_[i].empty()) first = earlier(first, {i, lanes_[i].front()});
    }
    return *first;
  }
  [[nodiscard]] Cursor behind_front() const {
    const Slot head = front();
    Cursor cursor(lanes_.size());
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      if (!lanes_[i].empty()) cursor[i] = i == head.lane ? lanes_[i].behind_front() : lanes_[i].from_front();
    }
    return cursor;
  }
  [[nodiscard]] std::size_t num_lanes() const { return lanes_.size(); }
  [[nodiscard]] std::optional<Slot> front_of(std::size_t lane) const {
    return lanes_[lane].empty() ? std::nullopt : std::optional{Slot{lane, lanes_[lane].front()}};
  }
  /// `limits` holds those of each lane.
  template <class Limits>
  [[nodiscard]] std::optional<Slot> next_candidate(Cursor& cursor, const std::vector<Limits>& limits) const {
    std::optional<Slot> best;
    typename Order::Cursor behind{};
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      if (!cursor[i]) continue;
      auto from = *cursor[i];
      const auto found = lanes_[i].next_candidate(from, limits[i]);
      if (!found || (best && !lanes_[i].tried_before(lanes_[i][*found], (*this)[*best]))) continue;
      best = Slot{i, *found};
      behind = from;
    }
    if (best) cursor[best->lane] = behind;
    return best;
  }
  [[nodiscard]] std::vector<std::int64_t> ids() const {
    std::vector<std::int64_t> all;
    for (const Order& lane : lanes_) {
      const auto ids = lane.ids();
      all.insert(all.end(), ids.begin(), ids.end());
    }
    std::sort(all.begin(), all.end());
    return all;
  }
  [[nodiscard]] bool goes_before(const QueuedJob& a, const QueuedJob& b) const { return lanes_[0].goes_before(a, b); }
  [[nodiscard]] units::Ticks work_ahead(const QueuedJob& job) const {
    units::Ticks work = 0;
    for (const Order& lane : lanes_) work += lane.work_ahead(job);
    return work;
  }
  [[nodiscard]] std::uint64_t nodes_visited() const {
    std::uint64_t nodes = 0;
    for (const Order& lane : lanes_) nodes += lane.nodes_visited();
    return nodes;
  }

 private:
  std::optional<Slot> earlier(const std::optional<Slot>& a, const Slot& b) const {
    return a && !lanes_[b.lane].goes_before((*this)[b], (*this)[*a]) ? a : std::optional{b};
  }

  std::vector<Order> lanes_;
};

}  // namespace gigasim::scheduling
