#include "origin_hours.hpp"

#include <algorithm>

#include "figures.hpp"

namespace gigasim::metrics {

std::vector<OriginHours> sum_origins(const Books& books) {
  const std::size_t nowhere = books.machines.books().size();
  const std::vector<Wide> none(nowhere + 1);
  std::vector<OriginHours> origins(books.origins.size() + 1, {false, none, none, none, none});
  for (const JobRecord& job : books.jobs.jobs()) {
    OriginHours& sums = job.origin < 0 ? origins.back() : origins[static_cast<std::size_t>(job.origin)];
    const std::size_t at = job.place.site < 0 ? nowhere : books.machines.index(job.place);
    const Ticks held = held_ticks(job, books);
    sums.occurs = true;
    sums.delivered[at] += held;
    if (!job.in_results_period) continue;
    sums.served[at] += held;
    const Ticks rest = job.was_stopped()
                           ? job.accelerators * ticks_to_run(job, books)
                           : std::max<Ticks>(0, asked_ticks(job, books.scenario.scheduling.overrun) - held);
    (job.outcome == Outcome::kRunning ? sums.under_way : sums.not_served)[at] += rest;
  }
  for (const StoppedRun& run : books.jobs.stopped_runs()) {
    const JobRecord& job = books.jobs.jobs()[static_cast<std::size_t>(run.job)];
    OriginHours& sums = job.origin < 0 ? origins.back() : origins[static_cast<std::size_t>(job.origin)];
    const Ticks held = held_ticks(run, books);
    sums.delivered[books.machines.index(run.place)] += held;
    if (job.in_results_period) sums.served[books.machines.index(run.place)] += held;
  }
  return origins;
}

}  // namespace gigasim::metrics
