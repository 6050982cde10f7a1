#pragma once

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "capacity_plan.hpp"
#include "planned_ends.hpp"

namespace gigasim::scheduling {

/// What runs on a partition and what is planned there, with reservations.
class PlannedRoom {
 public:
  /// Either staircase will do.
  struct Limits {
    std::vector<Staircase> either;
    [[nodiscard]] bool allow(std::int64_t accelerators, double walltime_s) const {
      return std::any_of(either.begin(), either.end(),
                         [&](const Staircase& stairs) { return stairs.allow(accelerators, walltime_s); });
    }
  };
  /// The place of the blocked head while others are tried; none for a head that fits nowhere.
  struct Hold {
    QueuedJob job;
    std::optional<CapacityPlan::Place> place;
  };

  explicit PlannedRoom(const std::vector<Reservation>& reservations) : plan_(reservations) {}

  void set_capacity(std::int64_t accelerators) { plan_.set_capacity(accelerators); }
  [[nodiscard]] std::int64_t capacity() const { return plan_.capacity(); }
  [[nodiscard]] std::int64_t free() const { return plan_.capacity() - running_.accelerators(); }
  [[nodiscard]] const PlannedEnds& running() const { return running_; }
  [[nodiscard]] CapacityPlan& plan() { return plan_; }
  [[nodiscard]] const CapacityPlan& plan() const { return plan_; }
  void advance(units::Seconds now) { plan_.advance(now); }
  void expect(const QueuedJob& job) { longest_ = std::max(longest_, CapacityPlan::held_for(job)); }

  [[nodiscard]] std::optional<CapacityPlan::Place> place_now(const QueuedJob& job, units::Seconds now) const {
    // A job without a walltime that has just started still holds what the plan no longer counts.
    return job.accelerators <= free() ? plan_.place_now(job, now) : std::nullopt;
  }
  [[nodiscard]] bool fits(const QueuedJob& job, units::Seconds now) const { return place_now(job, now).has_value(); }
  /// Whether it fits in what is reserved for it.
  [[nodiscard]] bool fits_reserved(const QueuedJob& job, units::Seconds now) const {
    const auto place = place_now(job, now);
    return place && place->pool != 0;
  }
  [[nodiscard]] std::optional<units::Seconds> room_for(const QueuedJob& job, units::Seconds now) const {
    const auto place = plan_.earliest(job, now);
    return place ? std::optional{place->start} : std::nullopt;
  }

  [[nodiscard]] std::optional<Hold> reserve(const QueuedJob& job, units::Seconds now) {
    Hold hold{job, plan_.earliest(job, now)};
    if (hold.place) plan_.take(job, *hold.place);
    return hold;
  }
  void release(const Hold& hold) {
    if (hold.place) plan_.give_back(hold.job, *hold.place);
  }
  /// By 1 + index of the reservation that a candidate may use.
  [[nodiscard]] std::vector<Limits> limits(const Hold& /*hold*/, units::Seconds now) const {
    std::vector<Limits> by_lane;
    for (std::size_t lane = 0; lane <= plan_.num_reservations(); ++lane) {
      by_lane.push_back({plan_.staircases(static_cast<std::int32_t>(lane) - 1, now, longest_, free())});
    }
    return by_lane;
  }

  /// What some job could have now, whatever reservation it may use: exact where there are none, else no less.
  [[nodiscard]] Limits any_lane(units::Seconds now) const {
    Limits limits{plan_.staircases(-1, now, longest_, free())};
    for (std::size_t r = 0; r < plan_.num_reservations(); ++r) {
      limits.either.push_back(plan_.staircases(static_cast<std::int32_t>(r), now, longest_, free()).back());
    }
    return limits;
  }

  void start(const QueuedJob& job, units::Seconds now, Hold* /*hold*/) { start(job, *plan_.place_now(job, now)); }
  void start(const QueuedJob& job, const CapacityPlan::Place& place) {
    plan_.take(job, place);
    if (place.pool != 0) pools_[job.id] = place.pool;
    running_.insert(job.id, place.start + job.walltime, job.accelerators);
  }
  void end(const QueuedJob& job, units::Seconds started) {
    const auto pool = pools_.find(job.id);
    plan_.give_back(job, {started, pool == pools_.end() ? 0 : pool->second});
    if (pool != pools_.end()) pools_.erase(pool);
    running_.erase(job.id, started + job.walltime);
  }
  [[nodiscard]] std::uint64_t nodes_visited() const { return plan_.nodes_visited(); }

 private:
  CapacityPlan plan_;
  PlannedEnds running_;
  std::unordered_map<std::int64_t, std::size_t> pools_;  // of running jobs in a reservation; looked up only
  units::Seconds longest_{0};                            // of all walltimes so far
};

}  // namespace gigasim::scheduling
