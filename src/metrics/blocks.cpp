#include "blocks.hpp"

#include <algorithm>
#include <span>
#include <string>

namespace gigasim::metrics {
namespace {

constexpr double kJoulesPerMwh = 3.6e9;
constexpr double kMetresPerKilometre = 1000.0;

/// Accelerator-ticks and energy of machines, or of the part of them that a group of jobs had.
struct Deliveries {
  Wide delivered = 0, available = 0;
  double h100_delivered = 0.0, h100_available = 0.0;  ///< H100-equivalent ticks
  double it_joules = 0.0, facility_joules = 0.0;
  Wide idle_held = 0, trusted_delivered = 0, trusted_available = 0;
  std::int64_t trusted = 0;  ///< accelerators
};

void add_trusted(Deliveries& sum, const PartitionBook& book, Ticks delivered) {
  if (!book.machine->trusted) return;
  sum.trusted += book.machine->count;
  sum.trusted_delivered += delivered;
  sum.trusted_available += book.online.inside();
}

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
    sum.idle_held += book.idle_held.inside();
    add_trusted(sum, book, book.busy.inside());
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
    add_trusted(sum, books[p], held[p]);
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
  block.held_idle_accelerator_hours = to_hours(static_cast<double>(d.idle_held));
  block.trusted_utilisation = {
      d.trusted, ratio(static_cast<double>(d.trusted_delivered), static_cast<double>(d.trusted_available))};
}

/// Whether a reserve is counted in a group: at the machines of the network or the site, or kept for the group's jobs.
bool counts_reserve(const Books& books, const Group& group, const ReserveBook& reserve) {
  const scenario::Privilege& privilege =
      books.scenario.scheduling.privileges[static_cast<std::size_t>(reserve.privilege)];
  const auto named = [&](const std::string& label) {
    return std::find(privilege.labels.begin(), privilege.labels.end(), label) != privilege.labels.end();
  };
  switch (group.kind) {
    case GroupKind::kNetwork:
      return true;
    case GroupKind::kSite:
      return books.machines.books()[reserve.partition].place.site == group.site;
    case GroupKind::kLabel:
      return named(group.name);
    case GroupKind::kAccessClass:
      return named("access_class=" + group.name);
    case GroupKind::kStream:
      return named("stream=" + group.name);
    case GroupKind::kOrigin:
      break;
  }
  return false;
}

double reserved_unused_h100_ticks(const Books& books, const Group& group) {
  double ticks = 0.0;
  for (const ReserveBook& reserve : books.reserves.books()) {
    if (!counts_reserve(books, group, reserve)) continue;
    const double h100 = books.machines.books()[reserve.partition].machine->h100_equivalent;
    ticks += static_cast<double>(reserve.unused.inside()) * h100;
  }
  return ticks;
}

Distribution::Figure share_in_time(const GroupSums& sums, std::int64_t jobs) {
  if (jobs == 0) return {};
  const double at_least = static_cast<double>(sums.in_time) / static_cast<double>(jobs);
  if (sums.undecided == 0) return {at_least, false};
  return {at_least, true, static_cast<double>(sums.in_time + sums.undecided) / static_cast<double>(jobs)};
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
  block.unserved_h100_equivalent_hours = to_hours(sums.unserved);
  block.started_within_target = share_in_time(sums, distributions.queue_time_s.count);
  block.reserved_unused_h100_equivalent_hours = to_hours(reserved_unused_h100_ticks(books, group));
  block.peak_power_mw = static_cast<double>(group.facility.highest()) / 1e12;
  return block;
}

}  // namespace gigasim::metrics
