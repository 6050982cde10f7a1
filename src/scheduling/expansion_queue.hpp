#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::scheduling {

/// A queue in order of the expansion factor, (wait + walltime) / walltime, the largest first, ties by arrival. The
/// order changes as time goes by: each pass sorts, O(q log q), and scans.
class ExpansionQueue {
 public:
  using Slot = std::size_t;
  using Cursor = Slot;

  void set_time(units::Seconds now);
  void push_back(const QueuedJob& job);
  void erase(Slot slot);
  void clear();
  [[nodiscard]] std::optional<Slot> slot_of(std::int64_t id) const;
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const QueuedJob& operator[](Slot slot) const { return jobs_[slot].job; }
  [[nodiscard]] Slot front() const { return front_; }  ///< only when not empty
  [[nodiscard]] Cursor behind_front() const { return front_ + 1; }
  [[nodiscard]] Cursor from_front() const { return front_; }
  /// The next candidate that the limits allow, and moves behind it.
  template <class Allowing>
  [[nodiscard]] std::optional<Slot> next_candidate(Cursor& cursor, const Allowing& limits) const {
    for (Slot slot = cursor; slot < jobs_.size(); ++slot) {
      ++visited_;
      const QueuedJob& job = jobs_[slot].job;
      if (!jobs_[slot].waits || !limits.allow(job.accelerators, job.walltime.in_base_units())) continue;
      cursor = slot + 1;
      return slot;
    }
    return std::nullopt;
  }
  [[nodiscard]] bool goes_before(const QueuedJob& a, const QueuedJob& b) const;
  [[nodiscard]] bool tried_before(const QueuedJob& a, const QueuedJob& b) const { return goes_before(a, b); }
  /// Accelerator-ticks by walltime of the jobs that are ahead of one that joins: it is last.
  [[nodiscard]] units::Ticks work_ahead(const QueuedJob& /*job*/) const { return work_; }
  /// All waiting ids in order of arrival.
  [[nodiscard]] std::vector<std::int64_t> ids() const;
  [[nodiscard]] std::uint64_t nodes_visited() const { return visited_; }

 private:
  struct Entry {
    QueuedJob job;
    bool waits = true;
  };
  [[nodiscard]] double expansion(const QueuedJob& job) const;

  std::vector<Entry> jobs_;  // sorted at the last set_time(); what was taken out since stays, marked
  std::size_t size_ = 0;
  Slot front_ = 0;
  units::Seconds now_{0};
  units::Ticks work_ = 0;
  mutable std::uint64_t visited_ = 0;
};

}  // namespace gigasim::scheduling
