#include <fmt/format.h>

#include <algorithm>

#include "gigasim/scenario/rollout.hpp"
#include "gigasim/units/text.hpp"
#include "site_calendar.hpp"

namespace gigasim::scenario {
namespace {

void check_delays(const SiteSpec& spec, Context& context) {
  const auto complain = [&](const Setting<units::Seconds>& delay) {
    const auto step = context.enter("delay");
    context.error(delay.origin, "a delay moves an `online` date, and none is given");
  };
  bool any_date = spec.online.value.has_value();
  for (const PartitionSpec& partition : spec.partitions) {
    any_date = any_date || partition.online.value;
    if (!partition.delay || partition.online || spec.online) continue;
    const auto list = context.enter("partitions");
    const auto item = context.enter_named(partition.name.value_or("?"));
    complain(partition.delay);
  }
  if (spec.delay && !any_date) complain(spec.delay);
}

void check_upgrades(const ConnectionSpec& spec, Context& context) {
  const auto power = context.enter("power");
  const auto list = context.enter("upgrades");
  Setting<units::Watts> before = spec.connection;
  std::optional<units::UtcTime> date;
  for (const UpgradeSpec& upgrade : spec.upgrades) {
    const auto item = context.enter_named(upgrade.name.value_or("?"));
    if (!upgrade.date || !upgrade.connection) continue;
    if (!spec.connection) {
      context.error(upgrade.at, "needs power.connection, the power before the first upgrade");
    } else if (date && *upgrade.date <= *date) {
      context.error(upgrade.date.origin, fmt::format("upgrades must come in order of time, got {} after {}",
                                                     units::format_utc(*upgrade.date), units::format_utc(*date)));
    } else if (*upgrade.connection < *before) {
      context.error(upgrade.connection.origin, "a connection does not become weaker (take partitions offline instead)");
    }
    before = upgrade.connection;
    date = upgrade.date.value;
  }
}

void warn_about_power(const SiteSpec& spec, const Site& site, Context& context) {
  if (!site.connection) return;
  units::Watts strongest = *site.connection;
  for (const UpgradeSpec& upgrade : spec.power.upgrades)
    strongest = std::max(strongest, upgrade.connection.value_or(strongest));
  units::Watts it_power{0};
  std::int64_t most = 0;
  std::int64_t all = 0;
  for (const Partition& partition : site.partitions) {
    it_power += partition.full_power * static_cast<double>(partition.count);
    std::int64_t powered = 0;
    for (const CapacityStep& step : partition.steps) powered = std::max(powered, step.accelerators);
    most += partition.cancelled ? partition.count : powered;
    all += partition.count;
  }
  if (most == all) return;
  const auto step = context.enter("power.connection");
  context.warning(
      spec.power.connection.origin,
      fmt::format("feeds {} of {} accelerators: at full power and PUE {} all need {:.4g} MW, the connection "
                  "has {:.4g} MW",
                  most, all, units::format_number(site.pue), it_power.in_base_units() * site.pue / 1e6,
                  strongest.in_base_units() / 1e6));
}

/// A partition that never runs, for want of power or of time, has a step that says so: without any it would run whole.
std::vector<CapacityStep> stated(const std::vector<CapacityStep>& steps) {
  return steps.empty() ? std::vector<CapacityStep>{{kAlways, 0}} : steps;
}

}  // namespace

void resolve_rollout(const SiteSpec& spec, const Rollout& rollout, Site& site, Context& context) {
  check_delays(spec, context);
  check_upgrades(spec.power, context);
  const SiteCalendar calendar(spec, rollout);
  const auto planned = supply(site, calendar.planned());
  const bool all_cancelled = calendar.cancelled(spec.cancellation, "");
  for (std::size_t p = 0; p < site.partitions.size(); ++p) {
    const PartitionSpec& partition = spec.partitions[p];
    site.partitions[p].cancelled =
        all_cancelled || calendar.cancelled(partition.cancellation, partition.name.value_or(""));
  }
  const auto real = supply(site, calendar.real());
  for (std::size_t p = 0; p < site.partitions.size(); ++p) {
    if (!site.partitions[p].cancelled) site.partitions[p].steps = stated(real[p]);
    if (planned[p] != real[p]) site.partitions[p].planned = stated(planned[p]);
  }
  warn_about_power(spec, site, context);
}

}  // namespace gigasim::scenario
