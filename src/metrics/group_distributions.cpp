#include "group_distributions.hpp"

#include "distribution.hpp"
#include "figures.hpp"
#include "rising_order.hpp"

namespace gigasim::metrics {
namespace {

/// A job with a queue time, and what its groups are found by.
struct Entry {
  JobFigures figures;
  std::int32_t stream, origin, site;
  std::size_t quarter;
};

std::vector<Entry> entries_of(const Books& books) {
  std::vector<Entry> entries;
  entries.reserve(books.jobs.jobs().size());
  for (const JobRecord& job : books.jobs.jobs()) {
    if (!has_queue_time(job)) continue;
    entries.push_back({figures_of(job, books.scenario.scheduling.overrun, books.now), job.stream, job.origin,
                       job.place.site, books.groups.quarter_at(units::to_ticks(job.submit))});
  }
  return entries;
}

template <class Visit>
void for_each_group(const Books& books, const Entry& entry, Visit&& visit) {
  books.groups.for_each(entry.stream, entry.origin, entry.site, visit);
  books.groups.for_each_of_quarter(entry.quarter, visit);
}

struct Sizes {
  std::vector<SampleSize> jobs, weighted;  ///< by group
};

Sizes sizes_of(const Books& books, const std::vector<Entry>& entries) {
  const std::size_t num_groups = books.groups.all().size();
  Sizes sizes{std::vector<SampleSize>(num_groups), std::vector<SampleSize>(num_groups)};
  for (const Entry& entry : entries) {
    for_each_group(books, entry, [&](std::size_t group) {
      ++sizes.jobs[group].count;
      ++sizes.jobs[group].weight;
      ++sizes.weighted[group].count;
      sizes.weighted[group].weight += entry.figures.weight;
    });
  }
  return sizes;
}

std::vector<RisingDistribution> start(const std::vector<SampleSize>& sizes) {
  return {sizes.begin(), sizes.end()};
}

/// Calls `pass(entry, value)` in the rising order of one of the figures.
template <class Pass>
void in_rising_order(const std::vector<Entry>& entries, double JobFigures::*figure, Pass pass) {
  std::vector<double> values;
  values.reserve(entries.size());
  for (const Entry& entry : entries) values.push_back(entry.figures.*figure);
  for (const std::uint32_t e : rising_order(values)) pass(entries[e], values[e]);
}

}  // namespace

std::vector<GroupDistributions> describe_groups(const Books& books) {
  const std::vector<Entry> entries = entries_of(books);
  const Sizes sizes = sizes_of(books, entries);
  std::vector<RisingDistribution> queue = start(sizes.jobs);
  std::vector<RisingDistribution> weighted = start(sizes.weighted);
  std::vector<RisingDistribution> slowdown = queue;
  in_rising_order(entries, &JobFigures::queue_time_s, [&](const Entry& entry, double value) {
    for_each_group(books, entry, [&](std::size_t group) {
      queue[group].add({value, 1, entry.figures.censored});
      weighted[group].add({value, entry.figures.weight, entry.figures.censored});
    });
  });
  in_rising_order(entries, &JobFigures::slowdown, [&](const Entry& entry, double value) {
    for_each_group(books, entry, [&](std::size_t group) { slowdown[group].add({value, 1, entry.figures.censored}); });
  });
  std::vector<GroupDistributions> result;
  for (std::size_t g = 0; g < queue.size(); ++g) {
    result.push_back({queue[g].result(), weighted[g].result(), slowdown[g].result()});
  }
  return result;
}

}  // namespace gigasim::metrics
