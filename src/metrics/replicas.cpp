#include "replicas.hpp"

#include <algorithm>

namespace gigasim::metrics {
namespace {

Ticks ticks_within(const ReplicaRun& run, const Window& window) {
  return run.accelerators * window.overlap(units::to_ticks(run.start), units::to_ticks(run.end));
}

Window window_of(const Books& books, const Group& group) {
  if (!group.is_span()) return books.window;
  return {books.quarters.books()[group.first_quarter].window.begin,
          books.quarters.books()[group.last_quarter].window.end};
}

double h100_of(const Books& books, const ReplicaRun& run) {
  return books.machines.at(run.place).machine->h100_equivalent;
}

}  // namespace

std::vector<ReplicaRun> take_replica_runs(Books& books) {
  if (books.scenario.workload.services.empty()) return {};
  const auto [replicas, stopped] = books.jobs.take_replicas(books.scenario);
  std::vector<std::pair<JobIndex, ReplicaRun>> runs;
  for (const StoppedRun& run : stopped) {
    const JobRecord& job = replicas.at(run.job);
    runs.emplace_back(run.job, ReplicaRun{job.stream, run.place, run.accelerators, run.start, run.end});
  }
  for (const auto& [index, job] : replicas) {
    const Window last = last_run(job, books.now);
    if (last.begin == last.end) continue;
    runs.emplace_back(index, ReplicaRun{job.stream, job.place, job.accelerators, units::from_ticks(last.begin),
                                        units::from_ticks(last.end)});
  }
  std::stable_sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<ReplicaRun> in_order;
  in_order.reserve(runs.size());
  for (const auto& [index, run] : runs) in_order.push_back(run);
  return in_order;
}

void add_replicas(const Books& books, const std::vector<ReplicaRun>& runs, std::vector<GroupSums>& sums) {
  const auto& groups = books.groups.all();
  for (const ReplicaRun& run : runs) {
    const Ticks held = ticks_within(run, books.window);
    const double h100 = h100_of(books, run);
    books.groups.for_each(run.stream, -1, run.place.site, [&](std::size_t group) {
      sums[group].inference += held;
      sums[group].inference_h100 += h100 * static_cast<double>(held);
      sums[group].held[books.machines.index(run.place)] += held;
    });
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (!groups[g].is_span()) continue;
    for (const ReplicaRun& run : runs) {
      const Ticks held = ticks_within(run, window_of(books, groups[g]));
      sums[g].inference += held;
      sums[g].inference_h100 += h100_of(books, run) * static_cast<double>(held);
    }
  }
  for (const auto& [key, idle] : books.replicas_idle) {
    books.groups.for_each(key.first, -1, -1, [&, partition = key.second, ticks = idle.inside()](std::size_t group) {
      sums[group].eased.resize(books.machines.books().size());
      sums[group].eased[partition] += ticks;
    });
  }
}

}  // namespace gigasim::metrics
