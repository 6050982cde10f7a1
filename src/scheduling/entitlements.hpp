#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"
#include "planned_ends.hpp"
#include "waiting_queue.hpp"

namespace gigasim::scheduling {

/// The jobs of one privilege, or those of none: who waits, who runs, and what is kept for them.
struct Lane {
  Privilege right;
  std::int64_t reserve = 0;  ///< accelerators, of the capacity at the moment
  WaitingQueue waiting;
  PlannedEnds running;
  std::int64_t queued_accelerators = 0;
  units::Ticks queued_work = 0;  ///< accelerator-ticks by walltime

  [[nodiscard]] std::int64_t unused(std::int64_t used) const { return used < reserve ? reserve - used : 0; }
  [[nodiscard]] std::int64_t unused() const { return unused(running.accelerators()); }
  /// Whether a job of others with this request may use what is free of the reserve.
  [[nodiscard]] bool open_to(units::Seconds walltime) const {
    return right.lent && waiting.empty() && walltime <= right.lend_up_to;
  }
};

/// Who may use how many of a partition's accelerators, now and at a later time. A class is a position in `lanes`.
class Entitlements {
 public:
  Entitlements(const std::vector<Lane>& lanes, const std::int64_t& capacity) : lanes_(lanes), capacity_(capacity) {}

  [[nodiscard]] std::int64_t free() const;
  /// What a job of a class with this request may use now.
  [[nodiscard]] std::int64_t now(std::size_t of, units::Seconds walltime) const;
  /// The same at `time`, when all that is planned to end by then has ended and nothing else has started.
  [[nodiscard]] std::int64_t at(units::Seconds time, std::size_t of, units::Seconds walltime) const;
  /// What it may use when nothing runs and nothing is lent.
  [[nodiscard]] std::int64_t at_most(std::size_t of) const;
  /// First planned end at which a job may use what it needs; nothing when at none.
  [[nodiscard]] std::optional<units::Seconds> first_time(const QueuedJob& job, std::size_t of) const;

 private:
  [[nodiscard]] bool keeps_from(std::size_t lane, std::size_t of, units::Seconds walltime) const {
    return lane != of && !lanes_[lane].open_to(walltime);
  }

  const std::vector<Lane>& lanes_;
  const std::int64_t& capacity_;
};

}  // namespace gigasim::scheduling
