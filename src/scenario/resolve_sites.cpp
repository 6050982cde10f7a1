#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "catalogue_types.hpp"
#include "cost_types.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/software_stacks.hpp"
#include "gigasim/scenario/rollout.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/text.hpp"
#include "resolve.hpp"
#include "site_calendar.hpp"

namespace gigasim::scenario {
namespace {

void check_dates(const Setting<units::UtcTime>& online, const Setting<units::UtcTime>& offline, Context& context) {
  if (!online || !offline) return;
  const auto step = context.enter("offline");
  if (*offline <= *online) {
    return context.error(offline.origin, fmt::format("must be after online ({}), got {}", units::format_utc(*online),
                                                     units::format_utc(*offline)));
  }
  const units::UtcTime first = end_of(offline, &Bounds::low);
  const units::UtcTime last = end_of(online, &Bounds::high);
  if (first > last) return;
  context.warning(
      offline.origin,
      fmt::format("may be as early as {}, and online as late as {}: with such dates (`rollout.dates: drawn`) "
                  "the machine never runs",
                  units::format_utc(first), units::format_utc(last)));
}

void check_powers(const PowerSpec& power, Context& context) {
  if (!power.idle || !power.full || *power.full >= *power.idle) return;
  const bool full_given = power.full.origin.kind != Origin::Kind::kCatalogue;
  const auto step = context.enter(full_given ? "power.full" : "power.idle");
  const auto text = [](units::Watts w) { return units::format_quantity(w.in_base_units(), units::power_units()); };
  context.error(full_given ? power.full.origin : power.idle.origin,
                fmt::format("full power ({}) is below idle power ({})", text(*power.full), text(*power.idle)));
}

/// Who may run where is said of trusted partitions only.
void check_trust(const PartitionSpec& spec, Context& context) {
  if (spec.trusted.value_or(false)) return;
  const auto needs_trust = [&](const char* key, const Origin& at) {
    const auto step = context.enter(key);
    context.error(at, "needs trusted: true beside it");
  };
  if (spec.trusted_only.value_or(false)) needs_trust("trusted_only", spec.trusted_only.origin);
  if (spec.wipe.value_or(units::Seconds{0}) > units::Seconds{0}) needs_trust("wipe", spec.wipe.origin);
}

Partition resolve_partition(PartitionSpec& spec, Context& context) {
  if (spec.accelerator) {
    const auto& accelerator = *catalogue::find_accelerator(*spec.accelerator);
    const Origin from = catalogue_origin("accelerators", accelerator.id);
    spec.per_node.settle(accelerator.per_node, from);
    spec.h100_equivalent.settle(accelerator.h100_equivalent, from);
    const Origin power_from = catalogue_origin("accelerators", accelerator.id, "power_conf", "power_source");
    spec.power.idle.settle(accelerator.idle_power, power_from);
    spec.power.full.settle(accelerator.full_power, power_from);
  }
  check_dates(spec.online, spec.offline, context);
  check_powers(spec.power, context);
  check_trust(spec, context);
  Partition partition;
  partition.name = spec.name.value_or("");
  partition.accelerator = spec.accelerator.value_or("");
  if (spec.accelerator) {
    const auto& accelerator = *catalogue::find_accelerator(*spec.accelerator);
    partition.vendor = accelerator.vendor;
    partition.memory = units::Bytes{accelerator.memory_gb * 1e9};
  }
  partition.count = spec.count.value_or(0);
  partition.count_basis.word = basis_word(spec.count.origin);
  partition.per_node = spec.per_node.value_or(1);
  partition.pod = spec.pod.value_or(1);
  partition.online = spec.online.value;
  partition.offline = spec.offline.value;
  partition.h100_equivalent = spec.h100_equivalent.value_or(1.0);
  partition.idle_power = spec.power.idle.value_or(units::Watts{0});
  partition.full_power = spec.power.full.value_or(units::Watts{0});
  partition.trusted = spec.trusted.value_or(false);
  partition.trusted_only = spec.trusted_only.value_or(false);
  partition.wipe = units::ceil_to_grid(spec.wipe.value_or(units::Seconds{0}));
  return partition;
}

void check_partitions(const SiteSpec& spec, Context& context) {
  const bool antenna = spec.kind.value_or(SiteKind::kFactory) == SiteKind::kAntenna;
  if (antenna && !spec.partitions.empty()) {
    const auto step = context.enter("partitions");
    context.error(spec.partitions.front().at, "an antenna has no partitions (use kind: factory)");
  } else if (!antenna && spec.partitions.empty() &&
             !context.diagnostics().has_errors_under(context.path() + ".partitions")) {
    context.error(spec.at, "needs at least one partition (only kind: antenna has none)");
  }
}

void settle_connections(SiteSpec& spec, const std::vector<Partition>& partitions) {
  if (spec.name) spec.title.settle(*spec.name);
  if (spec.country) {
    const auto& country = *catalogue::find_country(*spec.country);
    spec.wan.attach.settle(country.nren_node, catalogue_origin("wan-nodes", country.nren_node));
  }
  std::int64_t accelerators = 0;
  for (const Partition& partition : partitions) accelerators += partition.count;
  const units::BytesPerSecond per_accelerator{kDefaultSpinePerAccelerator.value()};
  if (accelerators > 0) spec.fabric.spine.settle(per_accelerator * static_cast<double>(accelerators));
}

/// A named stack must be of the key's task, and run on an accelerator of the site.
void check_stack(const char* key, const Setting<std::string>& setting, catalogue::SoftwareTask task,
                 const std::vector<Partition>& partitions, Context& context) {
  if (!setting) return;
  const auto step = context.enter("software");
  const auto inner = context.enter(key);
  const catalogue::SoftwareStack& stack = *catalogue::find_software_stack(*setting);
  if (stack.task != task) {
    context.error(setting.origin,
                  fmt::format("{} is software for {}", stack.id,
                              stack.task == catalogue::SoftwareTask::kServing ? "serving" : "training"));
    return;
  }
  const bool runs = std::any_of(partitions.begin(), partitions.end(), [&](const Partition& partition) {
    const auto* accelerator = catalogue::find_accelerator(partition.accelerator);
    return accelerator != nullptr && accelerator->vendor == stack.vendor;
  });
  if (!runs) {
    context.error(setting.origin,
                  fmt::format("{} runs on accelerators of {}: the site has none", stack.id, stack.vendor));
  }
}

void check_software(const SiteSpec& spec, const std::vector<Partition>& partitions, Context& context) {
  check_stack("training", spec.software.training, catalogue::SoftwareTask::kTraining, partitions, context);
  check_stack("serving", spec.software.serving, catalogue::SoftwareTask::kServing, partitions, context);
}

Site resolve_site(SiteSpec& spec, const Rollout& rollout, Context& context) {
  Site site;
  for (PartitionSpec& partition : spec.partitions) {
    const auto step = context.enter("partitions");
    const auto item = context.enter_named(partition.name.value_or("?"));
    site.partitions.push_back(resolve_partition(partition, context));
  }
  check_partitions(spec, context);
  check_dates(spec.online, spec.offline, context);
  settle_connections(spec, site.partitions);
  site.name = spec.name.value_or("");
  site.title = spec.title.value_or("");
  site.kind = spec.kind.value_or(SiteKind::kFactory);
  site.country = spec.country.value_or("");
  site.location = spec.location.value_or({});
  site.online = spec.online.value;
  site.offline = spec.offline.value;
  site.pue = spec.pue.value_or(1.0);
  site.software_efficiency = spec.software_efficiency.value;
  site.training_software = spec.software.training.value_or("");
  site.serving_software = spec.software.serving.value_or("");
  check_software(spec, site.partitions, context);
  site.connection = spec.power.connection.value;
  site.storage_capacity = spec.storage.capacity.value_or(units::Bytes{0});
  site.storage_bandwidth = spec.storage.bandwidth.value_or(units::BytesPerSecond{0});
  site.spine_bandwidth = spec.fabric.spine.value_or(units::BytesPerSecond{0});
  site.wan_access = spec.wan.access.value_or(units::BytesPerSecond{0});
  site.wan_attach = spec.wan.attach.value_or("");
  site.onboarding = spec.onboarding.value;
  site.labels = spec.labels.value_or({});
  site.shares = resolve_shares(spec.shares, context);
  site.queue_policy = spec.queue_policy.value_or("");
  site.time_shares = resolve_time_shares(spec.time_shares, context);
  site.cost = spec.cost.value_or({});
  resolve_rollout(spec, rollout, site, context);
  return site;
}

bool ever_online(const Site& site, const Period& period) {
  const auto end = period.start + (period.warm_up + period.length);
  return std::any_of(site.partitions.begin(), site.partitions.end(), [&](const Partition& partition) {
    const std::vector<CapacityStep> steps = capacity_steps(site, partition);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool begins = period.until_drained || steps[i].from < end;
      const bool lasts = i + 1 == steps.size() || steps[i + 1].from > period.start;
      if (steps[i].accelerators > 0 && begins && lasts) return true;
    }
    return false;
  });
}

}  // namespace

Origin catalogue_origin(std::string_view kind, std::string_view id, std::string_view confidence_column,
                        std::string_view source_column) {
  Origin at;
  at.kind = Origin::Kind::kCatalogue;
  const catalogue::Table* table = catalogue::find_table(kind);
  const catalogue::Row* row = table == nullptr ? nullptr : table->find(id);
  at.source = std::make_shared<const std::string>(
      row == nullptr ? fmt::format("catalogue {}/{} (): ", kind, id)
                     : catalogue::citation_of(kind, *row, (*row)[confidence_column], (*row)[source_column]));
  return at;
}

std::vector<Site> resolve_sites(std::vector<SiteSpec>& specs, const Rollout& rollout, Context& context) {
  const auto step = context.enter("sites");
  std::vector<Site> sites;
  for (SiteSpec& spec : specs) {
    const auto item = context.enter_named(spec.name.value_or("?"));
    sites.push_back(resolve_site(spec, rollout, context));
  }
  const bool any = std::any_of(sites.begin(), sites.end(), [](const Site& site) { return !site.partitions.empty(); });
  const bool all_antennas =
      std::all_of(sites.begin(), sites.end(), [](const Site& site) { return site.kind == SiteKind::kAntenna; });
  if (!any && all_antennas && !sites.empty()) {
    context.error(specs.front().at, "no site has accelerators: at least one must have a partition");
  }
  return sites;
}

void warn_about_sites(const std::vector<SiteSpec>& specs, const std::vector<Site>& sites, const Period& period,
                      Context& context) {
  const auto step = context.enter("sites");
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const auto item = context.enter_named(sites[i].name);
    if (!sites[i].partitions.empty() && !ever_online(sites[i], period)) {
      const auto& date = specs[i].online ? specs[i].online : specs[i].offline;
      context.warning(date ? date.origin : specs[i].at, "is never online in the period");
    }
  }
}

}  // namespace gigasim::scenario
