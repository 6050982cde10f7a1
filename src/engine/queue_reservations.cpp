#include "queue_reservations.hpp"

#include <algorithm>

#include "gigasim/units/grid.hpp"

namespace gigasim::engine {

QueueReservations reservations_in(const scenario::Scenario& scenario, const scenario::Site& site,
                                  const scenario::Partition& partition) {
  QueueReservations here;
  here.of_stream.assign(scenario.workload.streams.size(), -1);
  for (const scenario::Reservation& r : scenario.scheduling.queues.reservations) {
    if (std::find(r.sites.begin(), r.sites.end(), site.name) == r.sites.end()) continue;
    if (!r.partition.empty() && r.partition != partition.name) continue;
    for (std::size_t stream = 0; stream < r.streams.size(); ++stream) {
      std::int32_t& first = here.of_stream[stream];
      if (r.streams[stream] && first < 0) first = static_cast<std::int32_t>(here.all.size());
    }
    here.all.push_back({r.accelerators, r.share, units::ceil_to_grid(r.from), units::ceil_to_grid(r.length),
                        units::ceil_to_grid(r.every.value_or(units::Seconds{0})), r.labels.empty()});
  }
  return here;
}

bool QueueReservations::leave_room_for(const scheduling::QueuedJob& job, std::int64_t capacity) const {
  if (all.empty()) return true;
  Gap& gap = gaps[{job.reservation, job.accelerators, capacity}];
  if (job.walltime <= gap.fits) return true;
  if (job.walltime >= gap.fails) return false;
  const bool fits = scheduling::ever_fits(job, capacity, all);
  (fits ? gap.fits : gap.fails) = job.walltime;
  return fits;
}

}  // namespace gigasim::engine
