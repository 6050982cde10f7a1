#pragma once

#include <limits>
#include <optional>

#include "planned_ends.hpp"
#include "waiting_queue.hpp"

namespace gigasim::scheduling {

/// What runs on a partition without reservations: what will be free is what estimated ends free.
class CountedRoom {
 public:
  using Limits = WaitingQueue::Limits;
  /// What the blocked head leaves to others: until when, and how many accelerators even after that.
  struct Hold {
    units::Seconds time;
    std::int64_t spare;
  };

  void set_capacity(std::int64_t accelerators) { capacity_ = accelerators; }
  [[nodiscard]] std::int64_t capacity() const { return capacity_; }
  [[nodiscard]] std::int64_t free() const { return capacity_ - running_.accelerators(); }
  [[nodiscard]] const PlannedEnds& running() const { return running_; }
  void advance(units::Seconds /*now*/) {}
  void expect(const QueuedJob& /*job*/) {}

  [[nodiscard]] bool fits(const QueuedJob& job, units::Seconds /*now*/) const { return job.accelerators <= free(); }
  [[nodiscard]] std::optional<units::Seconds> room_for(const QueuedJob& job, units::Seconds now) const {
    if (job.accelerators <= free()) return now;
    return running_.first_release(job.accelerators - free()).time;
  }

  /// For ever when it needs more than there is: then nobody who is behind it can delay it.
  [[nodiscard]] std::optional<Hold> reserve(const QueuedJob& job, units::Seconds /*now*/) const {
    if (job.accelerators > capacity_) return Hold{units::Seconds{std::numeric_limits<double>::infinity()}, 0};
    const std::int64_t missing = job.accelerators - free();
    const auto release = running_.first_release(missing);
    return Hold{release.time, release.accelerators - missing};
  }
  void release(const Hold& /*hold*/) const {}
  [[nodiscard]] Limits limits(const Hold& hold, units::Seconds now) const {
    return {free(), hold.time - now, hold.spare};
  }

  void start(const QueuedJob& job, units::Seconds now, Hold* hold) {
    if (hold != nullptr && now + job.walltime > hold->time) hold->spare -= job.accelerators;
    running_.insert(job.id, now + job.walltime, job.accelerators);
  }
  void end(const QueuedJob& job, units::Seconds started) { running_.erase(job.id, started + job.walltime); }
  [[nodiscard]] static std::uint64_t nodes_visited() { return 0; }

 private:
  std::int64_t capacity_ = 0;
  PlannedEnds running_;
};

}  // namespace gigasim::scheduling
