#include "blocks.hpp"

#include <span>

namespace gigasim::metrics {
namespace {

constexpr double kJoulesPerMwh = 3.6e9;
constexpr double kMetresPerKilometre = 1000.0;

/// Accelerator-ticks and energy of machines, or of the part of them that a group of jobs had.
struct Deliveries {
  Wide delivered = 0, available = 0;
  double h100_delivered = 0.0, h100_available = 0.0;  ///< H100-equivalent ticks
  double it_joules = 0.0, facility_joules = 0.0;
};

void add_energy(Deliveries& sum, const PartitionBook& book, double watt_ticks) {
  const double joules = watt_ticks / units::kTicksPerSecond;
  sum.it_joules += joules;
  sum.facility_joules += joules * book.pue;
}

/// Power is linear in the busy accelerators: idle x online + (full - idle) x busy. Its integral needs no more than the
/// two exact ones.
Deliveries of_machines(std::span<const PartitionBook> books) {
  Deliveries sum;
  for (const PartitionBook& book : books) {
    const auto busy = static_cast<double>(book.busy.inside());
    const auto online = static_cast<double>(book.online.inside());
    const double idle_w = book.machine->idle_power.in_base_units();
    const double full_w = book.machine->full_power.in_base_units();
    sum.delivered += book.busy.inside();
    sum.available += book.online.inside();
    sum.h100_delivered += busy * book.machine->h100_equivalent;
    sum.h100_available += online * book.machine->h100_equivalent;
    add_energy(sum, book, idle_w * online + (full_w - idle_w) * busy);
  }
  return sum;
}

/// A group of jobs is set against all machines, and draws the full power of those that it holds.
Deliveries of_jobs(std::span<const PartitionBook> books, const std::vector<Ticks>& held) {
  const Deliveries all = of_machines(books);
  Deliveries sum;
  sum.available = all.available;
  sum.h100_available = all.h100_available;
  for (std::size_t p = 0; p < books.size(); ++p) {
    const auto ticks = static_cast<double>(held[p]);
    sum.delivered += held[p];
    sum.h100_delivered += ticks * books[p].machine->h100_equivalent;
    add_energy(sum, books[p], books[p].machine->full_power.in_base_units() * ticks);
  }
  return sum;
}

Deliveries deliveries_of(const Books& books, const Group& group, const GroupSums& sums) {
  switch (group.kind) {
    case GroupKind::kNetwork:
      return of_machines(books.machines.books());
    case GroupKind::kSite:
      return of_machines(books.machines.of_site(group.site));
    default:
      return of_jobs(books.machines.books(), sums.held);
  }
}

double ratio(double part, double whole) {
  return whole > 0.0 ? part / whole : 0.0;
}

/// `per_unit`: how many of the whole numbers make one.
Mean mean_of(const Tally& tally, double per_unit) {
  if (tally.count == 0) return {};
  return {tally.count, static_cast<double>(tally.sum) / per_unit / static_cast<double>(tally.count)};
}

void fill_hours(Block& block, const Deliveries& d, const GroupSums& sums) {
  block.accelerator_hours = to_hours(static_cast<double>(d.delivered));
  block.accelerator_hours_available = to_hours(static_cast<double>(d.available));
  block.h100_equivalent_hours = to_hours(d.h100_delivered);
  block.h100_equivalent_hours_available = to_hours(d.h100_available);
  block.utilisation = ratio(static_cast<double>(d.delivered), static_cast<double>(d.available));
  block.offered_load = ratio(static_cast<double>(sums.asked), static_cast<double>(d.available));
  block.unfinished_accelerator_hours = to_hours(static_cast<double>(sums.left));
}

}  // namespace

Block make_block(const Books& books, const Group& group, const GroupSums& sums,
                 const GroupDistributions& distributions) {
  const auto period = static_cast<double>(books.window.end - books.window.begin);  // ticks
  const Deliveries deliveries = deliveries_of(books, group, sums);
  Block block;
  block.name = group.name;
  block.jobs = sums.jobs;
  block.queue_time_s = distributions.queue_time_s;
  block.queue_time_weighted_s = distributions.queue_time_weighted_s;
  block.bounded_slowdown = distributions.bounded_slowdown;
  fill_hours(block, deliveries, sums);
  block.finished_per_day = ratio(static_cast<double>(sums.jobs.finished) * 24.0, to_hours(period));
  block.oldest_queued_age_s = units::from_ticks(sums.oldest_age).in_base_units();
  block.queue_length_mean = ratio(static_cast<double>(group.waiting.inside()), period);
  block.pods_per_job = mean_of(sums.pods, 1.0);
  block.walltime_accuracy = sums.accuracy;
  block.walltime_accuracy.value = ratio(sums.accuracy.value, static_cast<double>(sums.accuracy.count));
  block.distance_km = mean_of(sums.metres, kMetresPerKilometre);
  block.energy_it_mwh = deliveries.it_joules / kJoulesPerMwh;
  block.energy_mwh = deliveries.facility_joules / kJoulesPerMwh;
  block.mean_power_mw = ratio(block.energy_mwh, to_hours(period));
  block.peak_power_mw = static_cast<double>(group.facility.highest()) / 1e12;
  return block;
}

}  // namespace gigasim::metrics
