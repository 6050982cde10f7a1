#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "free_profile.hpp"
#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::scheduling {

/// How many accelerators a job may need that starts now, by how long it runs.
struct Staircase {
  std::vector<FreeProfile::Step> steps;  ///< accelerators fall from step to step
  units::Seconds now{0};
  std::int64_t free = 0;  ///< and never more than these

  [[nodiscard]] bool allow(std::int64_t accelerators, double walltime_s) const;
};

/// The free accelerators of a partition over time, with its reservations taken out. Each reservation that somebody may
/// use is a pool of its own: a job that may use it is placed wholly in there, so that it ends when the window closes at
/// the latest, or wholly in what is free beside all reservations.
///
/// A standing reservation has no end: its windows are entered as far ahead as a question reaches. O(k log n) more for k
/// windows that are new.
class CapacityPlan {
 public:
  struct Place {
    units::Seconds start;
    std::size_t pool = 0;  ///< 0: beside the reservations; 1 + i: in reservation i
    bool operator==(const Place&) const = default;
  };

  explicit CapacityPlan(const std::vector<Reservation>& reservations);

  void set_capacity(std::int64_t accelerators);
  [[nodiscard]] std::int64_t capacity() const { return capacity_; }
  /// Nothing will be asked of the time before any more.
  void advance(units::Seconds now);

  /// Where the job can start now, if it can; its reservation first.
  [[nodiscard]] std::optional<Place> place_now(const QueuedJob& job, units::Seconds now) const;
  /// Where it can start first, not before a time; its reservation first when both serve it alike. Nothing when it needs
  /// more than there is, or when no gap between windows is long enough.
  [[nodiscard]] std::optional<Place> earliest(const QueuedJob& job, units::Seconds not_before) const;
  void take(const QueuedJob& job, const Place& place);
  void give_back(const QueuedJob& job, const Place& place);
  /// What the jobs that may use `reservation` (-1: those that may use none) can have now, exact for walltimes up to
  /// `longest`.
  [[nodiscard]] std::vector<Staircase> staircases(std::int32_t reservation, units::Seconds now, units::Seconds longest,
                                                  std::int64_t free) const;
  /// Free now in some pool.
  [[nodiscard]] bool has_room(units::Seconds now) const;
  /// When a window closes next, or opens for those who may use it.
  [[nodiscard]] std::optional<units::Seconds> next_turn(units::Seconds now) const;
  [[nodiscard]] std::size_t num_reservations() const { return windows_.size(); }
  [[nodiscard]] std::uint64_t nodes_visited() const;

  /// For how long a place is held: a job of no walltime holds it for one tick, so that it is seen.
  static units::Seconds held_for(const QueuedJob& job) { return std::max(job.walltime, units::from_ticks(1)); }

 private:
  struct Window {
    Reservation reservation;
    std::int64_t held = 0;                                        // accelerators at the present capacity
    std::deque<std::pair<units::Seconds, units::Seconds>> known;  // entered in the pools and not over
    std::optional<units::Seconds> next;                           // start of the first that is not entered
  };

  [[nodiscard]] std::int64_t wanted(const Reservation& reservation) const;
  void enter(std::size_t window, std::int64_t accelerators, units::Seconds from, units::Seconds to) const;
  void look_ahead(units::Seconds until) const;
  [[nodiscard]] std::optional<Place> earliest_in(std::size_t pool, const QueuedJob& job,
                                                 units::Seconds not_before) const;
  [[nodiscard]] bool ever_fits(std::size_t pool, const QueuedJob& job) const;

  std::int64_t capacity_ = 0;
  // How far windows are entered is no part of what the plan says: questions may enter more.
  mutable std::vector<FreeProfile> pools_;
  mutable std::vector<Window> windows_;
  mutable units::Seconds seen_{-1.0};  // windows that begin up to here are entered
  units::Seconds longest_cycle_{0};
};

}  // namespace gigasim::scheduling
