#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/scheduling/queue_policy.hpp"

namespace gigasim::engine {

/// The reservations that hold in one partition, and whose they are.
struct QueueReservations {
  std::vector<scheduling::Reservation> all;
  std::vector<std::int32_t> of_stream;  ///< by stream: index of the first that its jobs may use; -1 for none

  /// Which one the jobs of a stream may use; -1 for none.
  [[nodiscard]] std::int32_t usable_by(std::int32_t stream) const {
    return stream < 0 || all.empty() ? -1 : of_stream[static_cast<std::size_t>(stream)];
  }
  /// Whether a job ever finds a gap between the windows, on a machine of this capacity that is empty otherwise. A gap
  /// for a job is one for shorter jobs too: O(log k) but for what no job before it tells, k sizes of jobs.
  [[nodiscard]] bool leave_room_for(const scheduling::QueuedJob& job, std::int64_t capacity) const;

  /// What is known of the jobs of one reservation and size.
  struct Gap {
    units::Seconds fits{-1.0};                                      ///< the longest that finds one
    units::Seconds fails{std::numeric_limits<double>::infinity()};  ///< the shortest that does not
  };
  mutable std::map<std::array<std::int64_t, 3>, Gap> gaps;  ///< by reservation, accelerators and capacity
};

[[nodiscard]] QueueReservations reservations_in(const scenario::Scenario& scenario, const scenario::Site& site,
                                                const scenario::Partition& partition);

}  // namespace gigasim::engine
