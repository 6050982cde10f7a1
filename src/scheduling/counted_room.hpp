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

  void set_capacity(std::int64_t accelerators) {
    kept_.more_up_to(kForEver, accelerators - capacity_);
    capacity_ = accelerators;
  }
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

  /// For ever when it needs more than there is: then nobody who is behind it can delay it. O(1) while the same head, or
  /// one as wide, stays blocked.
  [[nodiscard]] std::optional<Hold> reserve(const QueuedJob& job, units::Seconds /*now*/) const {
    if (job.accelerators > capacity_) return Hold{kForEver, 0};
    if (kept_.accelerators != job.accelerators) {
      const std::int64_t missing = job.accelerators - free();
      const auto release = running_.first_release(missing);
      kept_ = {job.accelerators, {release.time, release.accelerators - missing}, missing - release.before};
    }
    return kept_.hold;
  }
  void release(const Hold& /*hold*/) const {}
  [[nodiscard]] Limits limits(const Hold& hold, units::Seconds now) const {
    return {free(), hold.time - now, hold.spare};
  }

  void start(const QueuedJob& job, units::Seconds now, Hold* hold) {
    const units::Seconds end = now + job.walltime;
    if (hold != nullptr && end > hold->time) hold->spare -= job.accelerators;
    running_.insert(job.id, end, job.accelerators);
    kept_.more_up_to(end, -job.accelerators);
  }
  void end(const QueuedJob& job, units::Seconds started) {
    running_.erase(job.id, started + job.walltime);
    kept_.more_up_to(started + job.walltime, job.accelerators);
  }
  [[nodiscard]] static std::uint64_t nodes_visited() { return 0; }

 private:
  static constexpr units::Seconds kForEver{std::numeric_limits<double>::infinity()};
  /// The last reservation that was looked for, as long as it holds: nearly all that starts or ends leaves it where it
  /// is.
  struct Kept {
    std::int64_t accelerators = 0;  ///< of the head; 0: none is known
    Hold hold{};
    std::int64_t lacking = 0;  ///< so many accelerators more were enough before `hold.time` already

    /// So many more accelerators will be free before `end` than was thought.
    void more_up_to(units::Seconds end, std::int64_t more) {
      if (accelerators == 0 || end < hold.time) return;
      lacking -= more;
      if (end > hold.time) hold.spare += more;
      if (lacking <= 0 || hold.spare < 0) accelerators = 0;
    }
  };

  std::int64_t capacity_ = 0;
  PlannedEnds running_;
  mutable Kept kept_;
};

}  // namespace gigasim::scheduling
