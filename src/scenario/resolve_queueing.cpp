#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <variant>

#include "gigasim/scenario/defaults.hpp"
#include "gigasim/units/share.hpp"
#include "gigasim/units/text.hpp"
#include "job_labels.hpp"
#include "limits.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

constexpr std::array<std::string_view, 2> kPolicyWithPrivileges{"easy", "fcfs"};
constexpr std::array<std::string_view, 2> kPolicyOfPlaces{"conservative", "conservative-compress"};
constexpr std::array<std::string_view, 3> kPolicyThatPlans{"conservative", "conservative-compress", "multifactor"};
// Standing windows of a run without an end are compared over so long.
constexpr units::Seconds kWhileDrained{366 * 86400.0};

template <class Words>
bool is_among(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <class Words>
bool any_site_has(const Words& policies, const Scenario& scenario) {
  return std::any_of(scenario.sites.begin(), scenario.sites.end(),
                     [&](const Site& site) { return is_among(policies, scenario.scheduling.policy_at(site)); });
}

BackfillRules backfill_of(BackfillSpec& spec, const Scenario& scenario, Context& context) {
  const bool planned = any_site_has(kPolicyThatPlans, scenario);
  const auto step = context.enter("backfill");
  const auto check = [&](const auto& setting, const char* key) {
    if (!setting || planned || scenario.sites.empty()) return;
    const auto field = context.enter(key);
    context.error(setting.origin, fmt::format("needs queue_policy: {}, got {}", fmt::join(kPolicyThatPlans, " | "),
                                              scenario.scheduling.queue_policy));
  };
  check(spec.depth, "depth");
  check(spec.window, "window");
  if (any_site_has(kPolicyOfPlaces, scenario)) spec.depth.settle(kBackfillDepth.whole());
  return {spec.depth.value, spec.window.value};
}

bool reserves_at(const ReservationSpec& spec, const Site& site) {
  const auto among = [](const auto& list, const auto& one) {
    return !list || std::find(list->begin(), list->end(), one) != list->end();
  };
  return among(spec.at_sites, site.name) && among(spec.at_kinds, site.kind);
}

bool holds_in(const Reservation& reservation, const Partition& partition) {
  return reservation.partition.empty() || reservation.partition == partition.name;
}

Reservation resolve_reservation(const ReservationSpec& spec, const Scenario& scenario) {
  Reservation reservation;
  reservation.name = spec.name.value_or("");
  reservation.labels = spec.label.value_or({});
  reservation.partition = spec.partition.value_or("");
  const ReservedAmount amount = spec.accelerators.value_or({});
  reservation.accelerators = amount.accelerators;
  reservation.share = amount.share;
  reservation.from = spec.from.value_or(scenario.period.start) - scenario.period.start;
  reservation.length = spec.length.value_or(units::Seconds{0});
  reservation.every = spec.every.value;
  for (const Site& site : scenario.sites) {
    const bool here = std::any_of(site.partitions.begin(), site.partitions.end(),
                                  [&](const Partition& partition) { return holds_in(reservation, partition); });
    if (here && reserves_at(spec, site)) reservation.sites.push_back(site.name);
  }
  for (const Stream& stream : scenario.workload.streams) {
    const auto& labels = reservation.labels;
    reservation.streams.push_back(
        std::any_of(labels.begin(), labels.end(), [&](const std::string& label) { return carries(stream, label); }));
  }
  return reservation;
}

void check_reserved_places(const ReservationSpec& spec, const Reservation& reservation, const std::vector<Site>& sites,
                           Context& context) {
  std::vector<std::string> names;
  std::vector<std::string> partitions;
  for (const Site& site : sites) {
    names.push_back(site.name);
    if (!reserves_at(spec, site)) continue;
    for (const Partition& partition : site.partitions) partitions.push_back(partition.name);
  }
  for (const std::string& name : spec.at_sites.value_or({})) {
    if (is_among(names, name)) continue;
    const auto step = context.enter("at_sites");
    context.error(spec.at_sites.origin, fmt::format("unknown site \"{}\"{}", name, did_you_mean(name, names)));
    return;
  }
  if (spec.partition && !is_among(partitions, *spec.partition)) {
    const auto step = context.enter("partition");
    context.error(spec.partition.origin, fmt::format("no site where it holds has a partition \"{}\"{}", *spec.partition,
                                                     did_you_mean(*spec.partition, partitions)));
    return;
  }
  for (const Site& site : sites) {
    for (const Partition& partition : site.partitions) {
      if (!reserves_at(spec, site) || !holds_in(reservation, partition)) continue;
      if (reservation.accelerators <= partition.count) continue;
      const auto step = context.enter("accelerators");
      context.error(spec.accelerators.origin, fmt::format("partition {} of site {} has {}, got {}", partition.name,
                                                          site.name, partition.count, reservation.accelerators));
      return;
    }
  }
}

/// The longest that jobs of a stream usually run.
units::Seconds longest_of(const Stream& stream) {
  units::Seconds longest{0};
  for (const JobClass& job_class : stream.classes) {
    if (const auto* constant = std::get_if<ConstantRuntime>(&job_class.runtime)) {
      longest = std::max(longest, constant->value);
    } else if (const auto* exponential = std::get_if<ExponentialRuntime>(&job_class.runtime)) {
      longest = std::max(longest, exponential->mean);
    } else if (const auto* lognormal = std::get_if<LognormalRuntime>(&job_class.runtime)) {
      longest = std::max(longest, lognormal->median);
    }
  }
  return longest;
}

/// Each pass of a scheduler looks through all windows that a job would meet.
void check_windows_of_jobs(const ReservationSpec& spec, units::Seconds every, const std::vector<Stream>& streams,
                           Context& context) {
  const auto step = context.enter("every");
  for (const Stream& stream : streams) {
    const double windows = longest_of(stream) / every;
    if (windows <= static_cast<double>(limits::kWindows)) continue;
    return context.error(spec.every.origin,
                         fmt::format("opens {:.3g} windows while a job of stream {} runs: at most {} are possible",
                                     windows, stream.name, units::grouped(limits::kWindows)));
  }
}

void check_windows(const ReservationSpec& spec, const Reservation& reservation, const Period& period,
                   Context& context) {
  if (!spec.from || !spec.length) return;
  if (reservation.every && *reservation.every < reservation.length) {
    const auto step = context.enter("every");
    context.error(spec.every.origin, "must be at least `length`, or the windows overlap");
    return;
  }
  // A run until drained has no end that is known: a year of it is looked at.
  const units::Seconds length = period.until_drained ? kWhileDrained : period.warm_up + period.length;
  if (reservation.every && length / *reservation.every > static_cast<double>(limits::kWindows)) {
    const auto step = context.enter("every");
    context.error(spec.every.origin,
                  fmt::format("opens {:.3g} windows {}: at most {} are possible", length / *reservation.every,
                              period.until_drained ? "a year" : "in the period", units::grouped(limits::kWindows)));
    return;
  }
  const auto step = context.enter("from");
  const units::UtcTime end = period.start + (period.warm_up + period.length);
  if (!period.until_drained && *spec.from >= end) {
    context.error(spec.from.origin, fmt::format("must be in the period, which ends at {}, got {}",
                                                units::format_utc(end), units::format_utc(*spec.from)));
  } else if (!reservation.every && reservation.from + reservation.length <= units::Seconds{0}) {
    context.error(spec.from.origin,
                  fmt::format("the window is over before the period starts at {}", units::format_utc(period.start)));
  }
}

/// What is reserved of a partition changes by so much at a time.
struct ReservedChange {
  units::Seconds at;
  double accelerators;
};

std::vector<ReservedChange> changes_in(const Partition& partition, const std::string& site,
                                       const std::vector<Reservation>& reservations, units::Seconds end) {
  std::vector<ReservedChange> changes;
  for (const Reservation& r : reservations) {
    if (!holds_in(r, partition) || !is_among(r.sites, site) || r.length <= units::Seconds{0}) continue;
    const double held =
        r.accelerators > 0 ? static_cast<double>(r.accelerators) : r.share * static_cast<double>(partition.count);
    for (units::Seconds from = r.from; from < end; from += *r.every) {
      changes.push_back({from, held});
      changes.push_back({from + r.length, -held});
      if (!r.every) break;
    }
  }
  // At one moment windows close before others open.
  std::sort(changes.begin(), changes.end(), [](const ReservedChange& a, const ReservedChange& b) {
    return a.at != b.at ? a.at < b.at : a.accelerators < b.accelerators;
  });
  return changes;
}

/// Whether the reservations up to the last one leave something everywhere and at any time.
bool check_reserved_sum(const ReservationSpec& last, const Scenario& scenario, Context& context) {
  const Period& period = scenario.period;
  const units::Seconds end = period.until_drained ? kWhileDrained : period.warm_up + period.length;
  for (const Site& site : scenario.sites) {
    for (const Partition& partition : site.partitions) {
      double held = 0.0;
      for (const auto& change : changes_in(partition, site.name, scenario.scheduling.queues.reservations, end)) {
        held += change.accelerators;
        if (held <= static_cast<double>(partition.count) * (1.0 + 1e-9)) continue;
        const auto step = context.enter("accelerators");
        context.error(
            last.accelerators.origin,
            fmt::format("the reservations of site {}, partition {}, sum to {} at {}, more than 100 %", site.name,
                        partition.name, units::format_percent(held / static_cast<double>(partition.count)),
                        units::format_utc(period.start + change.at)));
        return false;
      }
    }
  }
  return true;
}

void resolve_reservations(const std::vector<ReservationSpec>& specs, Scenario& scenario, Context& context) {
  const Diagnostics& diagnostics = context.diagnostics();
  const bool groups_known = !diagnostics.has_errors_under("sites") && !diagnostics.has_errors_under("workload");
  const GroupNames groups{scenario};
  std::vector<Reservation>& reservations = scenario.scheduling.queues.reservations;
  const auto list = context.enter("reservations");
  for (const ReservationSpec& spec : specs) {
    const auto item = context.enter_named(spec.name.value_or("?"));
    const auto errors_before = diagnostics.num_errors();
    const Reservation reservation = resolve_reservation(spec, scenario);
    if (groups_known) {
      const auto label = context.enter("label");
      check_labels(spec.label, "a reservation belongs to", groups, context);
    }
    if (groups_known) check_reserved_places(spec, reservation, scenario.sites, context);
    if (!diagnostics.has_errors_under("period")) check_windows(spec, reservation, scenario.period, context);
    if (reservation.every && diagnostics.num_errors() == errors_before) {
      check_windows_of_jobs(spec, *reservation.every, scenario.workload.streams, context);
    }
    if (diagnostics.num_errors() > errors_before || !spec.accelerators) continue;
    reservations.push_back(reservation);
    if (!check_reserved_sum(spec, scenario, context)) reservations.pop_back();
  }
}

/// A policy that cannot do what is asked of it says so.
void check_privileged_policies(const std::vector<PrivilegeSpec>& specs, const Scenario& scenario, Context& context) {
  if (specs.empty()) return;
  const auto list = context.enter("privileges");
  for (std::size_t p = 0; p < specs.size() && p < scenario.scheduling.privileges.size(); ++p) {
    const auto item = context.enter_named(specs[p].name.value_or("?"));
    for (const Site& site : scenario.sites) {
      if (!is_among(scenario.scheduling.privileges[p].sites, site.name)) continue;
      const std::string& policy = scenario.scheduling.policy_at(site);
      if (!policy.empty() && !is_among(kPolicyWithPrivileges, policy)) {
        return context.error(specs[p].at, fmt::format("privileges need queue_policy: easy | fcfs, got {} at site {}",
                                                      policy, site.name));
      }
      for (const Reservation& reservation : scenario.scheduling.queues.reservations) {
        if (!is_among(reservation.sites, site.name)) continue;
        return context.error(specs[p].at, fmt::format("a site may have privileges or reservations, got both at site {} "
                                                      "(reservation {})",
                                                      site.name, reservation.name));
      }
    }
  }
}

}  // namespace

void resolve_queueing(ScenarioSpec& spec, Scenario& scenario, Context& context) {
  const auto step = context.enter("scheduling");
  QueueRules& queues = scenario.scheduling.queues;
  queues.estimate = spec.scheduling.estimate.value_or(Estimate::kRequest);
  queues.backfill = backfill_of(spec.scheduling.backfill, scenario, context);
  resolve_reservations(spec.scheduling.reservations, scenario, context);
  check_privileged_policies(spec.scheduling.privileges, scenario, context);
}

}  // namespace gigasim::scenario
