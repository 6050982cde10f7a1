#include "blocks.hpp"

#include <algorithm>

#include "delays.hpp"
#include "reserve_hours.hpp"
#include "time_shares.hpp"

namespace gigasim::metrics {
namespace {

constexpr double kJoulesPerMwh = 3.6e9;
constexpr double kMetresPerKilometre = 1000.0;

/// Accelerator-ticks and energy of machines, or of the part of them that a group of jobs had.
struct Deliveries {
  Wide delivered = 0, available = 0;
  double h100_delivered = 0.0, h100_available = 0.0;  ///< H100-equivalent ticks
  double h100_lost = 0.0;                             ///< to delays
  double full_watt_ticks = 0.0;                       ///< of what was online, as if all of it were busy
  double it_joules = 0.0, facility_joules = 0.0;
  Wide idle_held = 0, trusted_delivered = 0, trusted_available = 0;
  std::int64_t trusted = 0;  ///< accelerators
};

void add_trusted(Deliveries& sum, const PartitionBook& book, Ticks delivered, Ticks online) {
  if (!book.machine->trusted) return;
  sum.trusted += book.machine->count;
  sum.trusted_delivered += delivered;
  sum.trusted_available += online;
}

void add_energy(Deliveries& sum, const PartitionBook& book, double watt_ticks) {
  const double joules = watt_ticks / units::kTicksPerSecond;
  sum.it_joules += joules;
  sum.facility_joules += joules * book.pue;
}

/// Where a group's figures come from.
struct Scope {
  std::size_t first = 0, end = 0;  ///< partitions
  Window window;
  bool machines = true;  ///< all that the machines did, or only what the group's jobs held
};

Scope scope_of(const Books& books, const Group& group) {
  Scope scope{0, books.machines.books().size(), books.window, false};
  if (group.kind == GroupKind::kSite) {
    const auto of_site = books.machines.of_site(group.site);
    scope.first = static_cast<std::size_t>(of_site.data() - books.machines.books().data());
    scope.end = scope.first + of_site.size();
  }
  if (group.is_span()) {
    scope.window = {books.quarters.books()[group.first_quarter].window.begin,
                    books.quarters.books()[group.last_quarter].window.end};
  }
  scope.machines = group.kind == GroupKind::kNetwork || group.kind == GroupKind::kSite || group.is_span();
  return scope;
}

MachineTime time_of(const Books& books, const Group& group, std::size_t partition) {
  const PartitionBook& book = books.machines.books()[partition];
  if (!group.is_span()) {
    return {book.busy.inside(), book.online.inside(), book.idle_held.inside(), book.eased.inside()};
  }
  MachineTime sum;
  for (std::size_t q = group.first_quarter; q <= group.last_quarter; ++q) {
    sum.busy += books.quarters.books()[q].machines[partition].busy;
    sum.online += books.quarters.books()[q].machines[partition].online;
    sum.idle_held += books.quarters.books()[q].machines[partition].idle_held;
    sum.eased += books.quarters.books()[q].machines[partition].eased;
  }
  return sum;
}

double eased_ticks(Ticks hundredths) {
  constexpr double kHundredth = 100.0;
  return static_cast<double>(hundredths) / kHundredth;
}

/// Power is linear in the busy accelerators: idle x online + (full - idle) x busy. Its integral needs no more than the
/// two exact ones.
void add_machine(Deliveries& sum, const PartitionBook& book, MachineTime time) {
  const auto busy = static_cast<double>(time.busy);
  const auto online = static_cast<double>(time.online);
  const double idle_w = book.machine->idle_power.in_base_units();
  const double full_w = book.machine->full_power.in_base_units();
  sum.delivered += time.busy;
  sum.h100_delivered += busy * book.machine->h100_equivalent;
  add_energy(sum, book, idle_w * online + (full_w - idle_w) * (busy - eased_ticks(time.eased)));
}

/// A group of jobs draws the full power of what it holds.
void add_held(Deliveries& sum, const PartitionBook& book, Ticks held, Ticks eased) {
  const auto ticks = static_cast<double>(held);
  const double idle_w = book.machine->idle_power.in_base_units();
  const double full_w = book.machine->full_power.in_base_units();
  sum.delivered += held;
  sum.h100_delivered += ticks * book.machine->h100_equivalent;
  add_energy(sum, book, full_w * ticks - (full_w - idle_w) * eased_ticks(eased));
}

/// A group of jobs is set against all machines.
Deliveries deliveries_of(const Books& books, const Group& group, const GroupSums& sums, const Scope& scope) {
  Deliveries sum;
  for (std::size_t p = scope.first; p < scope.end; ++p) {
    const PartitionBook& book = books.machines.books()[p];
    const MachineTime time = time_of(books, group, p);
    const auto online = static_cast<double>(time.online);
    const auto& site = books.scenario.sites[static_cast<std::size_t>(book.place.site)];
    const Wide lost = lost_to_delay(site, *book.machine, books.scenario.period.start, scope.window);
    sum.available += time.online;
    sum.h100_available += online * book.machine->h100_equivalent;
    sum.h100_lost += static_cast<double>(lost) * book.machine->h100_equivalent;
    sum.full_watt_ticks += online * book.machine->full_power.in_base_units();
    add_trusted(sum, book, scope.machines ? time.busy : sums.held[p], time.online);
    if (scope.machines) {
      sum.idle_held += time.idle_held;
      add_machine(sum, book, time);
    } else {
      add_held(sum, book, sums.held[p], sums.eased.empty() ? 0 : sums.eased[p]);
    }
  }
  return sum;
}

Ticks waiting_of(const Books& books, const Group& group) {
  if (!group.is_span()) return group.waiting.inside();
  Ticks waiting = 0;
  for (std::size_t q = group.first_quarter; q <= group.last_quarter; ++q) waiting += books.quarters.books()[q].waiting;
  return waiting;
}

std::int64_t peak_of(const Books& books, const Group& group) {
  if (!group.is_span()) return group.facility.highest();
  std::int64_t peak = 0;
  for (std::size_t q = group.first_quarter; q <= group.last_quarter; ++q) {
    peak = std::max(peak, books.quarters.books()[q].peak);
  }
  return peak;
}

double ratio(double part, double whole) {
  return whole > 0.0 ? part / whole : 0.0;
}

/// `per_unit`: how many of the whole numbers make one.
Mean mean_of(const Tally& tally, double per_unit) {
  if (tally.count == 0) return {};
  return {tally.count, static_cast<double>(tally.sum) / per_unit / static_cast<double>(tally.count)};
}

void fill_capacity(Block& block, const Deliveries& d, double period) {
  block.accelerators_online = ratio(static_cast<double>(d.available), period);
  block.h100_equivalents_online = ratio(d.h100_available, period);
  block.it_power_online_mw = ratio(d.full_watt_ticks, period) / 1e6;
  block.h100_equivalent_hours_lost_to_delay = to_hours(d.h100_lost);
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

Distribution::Figure share_in_time(const GroupSums& sums, std::int64_t jobs) {
  if (jobs == 0) return {};
  const double at_least = static_cast<double>(sums.in_time) / static_cast<double>(jobs);
  if (sums.undecided == 0) return {at_least, false};
  return {at_least, true, static_cast<double>(sums.in_time + sums.undecided) / static_cast<double>(jobs)};
}

std::size_t index_of(const Books& books, const Group& group) {
  return static_cast<std::size_t>(&group - books.groups.all().data());
}

void fill_access(Block& block, const GroupAccess& access) {
  block.projects = access.projects;
  block.projects_waiting = access.waiting;
  block.decision_time_s = access.decision_s;
  block.onboarding_time_s = access.onboarding_s;
  block.time_to_access_s = access.time_to_access_s;
  block.granted = access.granted;
}

}  // namespace

Block make_block(const Books& books, const Group& group, const GroupSums& sums, const GroupDistributions& distributions,
                 const GroupAccess& access) {
  const Scope scope = scope_of(books, group);
  const auto period = static_cast<double>(scope.window.end - scope.window.begin);  // ticks
  const Deliveries deliveries = deliveries_of(books, group, sums, scope);
  Block block;
  block.name = group.name;
  block.jobs = sums.jobs;
  block.queue_time_s = distributions.queue_time_s;
  block.queue_time_weighted_s = distributions.queue_time_weighted_s;
  block.bounded_slowdown = distributions.bounded_slowdown;
  fill_hours(block, deliveries, sums);
  fill_capacity(block, deliveries, period);
  block.finished_per_day = ratio(static_cast<double>(sums.jobs.finished) * 24.0, to_hours(period));
  block.oldest_queued_age_s = units::from_ticks(sums.oldest_age).in_base_units();
  block.queue_length_mean = ratio(static_cast<double>(waiting_of(books, group)), period);
  block.pods_per_job = mean_of(sums.pods, 1.0);
  block.walltime_accuracy = sums.accuracy;
  block.walltime_accuracy.value = ratio(sums.accuracy.value, static_cast<double>(sums.accuracy.count));
  block.distance_km = mean_of(sums.metres, kMetresPerKilometre);
  fill_access(block, access);
  block.delivered = delivered_shares(books, group, sums);
  block.energy_it_mwh = deliveries.it_joules / kJoulesPerMwh;
  block.energy_mwh = deliveries.facility_joules / kJoulesPerMwh;
  block.mean_power_mw = ratio(block.energy_mwh, to_hours(period));
  block.unserved_h100_equivalent_hours = to_hours(sums.unserved);
  block.started_within_target = share_in_time(sums, distributions.queue_time_s.count);
  block.reserved_unused_h100_equivalent_hours = to_hours(reserved_unused_h100_ticks(books, group));
  block.preemptions = sums.preemptions;
  block.preemption_lost_accelerator_hours = to_hours(static_cast<double>(sums.lost));
  if (!group.is_span()) {
    block.preempted_accelerator_hours = books.reliability.preempted_hours(index_of(books, group));
    block.reliability =
        books.reliability.figures(index_of(books, group), block.accelerator_hours, scope.first, scope.end);
  }
  block.has_machines = scope.machines;
  block.inference_accelerator_hours = to_hours(static_cast<double>(sums.inference));
  block.inference_h100_equivalent_hours = to_hours(sums.inference_h100);
  if (!books.scenario.workload.services.empty()) block.service = books.services.figures_of(group, books.origins);
  block.ai = ai_figures(books, group, sums.work);
  block.peak_power_mw = static_cast<double>(peak_of(books, group)) / 1e12;
  return block;
}

}  // namespace gigasim::metrics
