#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sorted_queue.hpp"
#include "waiting_queue.hpp"

namespace gigasim::scheduling {

/// A queue in order of arrival whose backfill candidates are tried by walltime, the shortest first: EASY-SJBF (Tsafrir,
/// Etsion and Feitelson 2007).
class ShortestCandidates {
 public:
  using Slot = SortedQueue::Slot;
  using Cursor = SortedQueue::Cursor;

  void set_time(units::Seconds /*now*/) {}
  void push_back(const QueuedJob& job) {
    by_arrival_.push_back(job);
    by_walltime_.push_back(job);
  }
  void erase(const Slot& slot) {
    by_arrival_.erase(*by_arrival_.slot_of(slot.second));
    by_walltime_.erase(slot);
  }
  void clear() {
    by_arrival_.clear();
    by_walltime_.clear();
  }
  [[nodiscard]] std::optional<Slot> slot_of(std::int64_t id) const { return by_walltime_.slot_of(id); }
  [[nodiscard]] bool empty() const { return by_walltime_.empty(); }
  [[nodiscard]] const QueuedJob& operator[](const Slot& slot) const { return by_walltime_[slot]; }
  [[nodiscard]] Slot front() const { return *slot_of(by_arrival_[by_arrival_.front()].id); }
  [[nodiscard]] Cursor behind_front() const { return from_front(); }
  [[nodiscard]] Cursor from_front() const { return by_walltime_.from_front(); }
  /// The next candidate that the limits allow, and moves behind it. They never allow the blocked head.
  template <class Allowing>
  [[nodiscard]] std::optional<Slot> next_candidate(Cursor& cursor, const Allowing& limits) const {
    return by_walltime_.next_candidate(cursor, limits);
  }
  [[nodiscard]] static bool goes_before(const QueuedJob& a, const QueuedJob& b) { return a.id < b.id; }
  [[nodiscard]] bool tried_before(const QueuedJob& a, const QueuedJob& b) const {
    return by_walltime_.tried_before(a, b);
  }
  /// Accelerator-ticks by walltime of the jobs that are ahead of one that joins.
  [[nodiscard]] units::Ticks work_ahead(const QueuedJob& job) const { return by_arrival_.work_ahead(job); }
  [[nodiscard]] std::vector<std::int64_t> ids() const { return by_arrival_.ids(); }
  [[nodiscard]] std::uint64_t nodes_visited() const { return by_walltime_.nodes_visited(); }

 private:
  WaitingQueue by_arrival_;
  SortedQueue by_walltime_{SortKey::kWalltime};
};

}  // namespace gigasim::scheduling
