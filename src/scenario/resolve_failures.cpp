#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

WideOutages outages_of(const std::optional<WideOutagesSpec>& spec) {
  if (!spec) return {};
  return {spec->rate.value_or(units::PerSecond{0}), spec->repair.value_or(units::Seconds{0})};
}

Failures failures_of(FailuresSpec& spec) {
  spec.rate.settle(units::PerSecond{kFailureRate.value()});
  spec.rates.settle({});
  spec.shape.settle(1.0);
  spec.repair.settle(std::nullopt);
  spec.restart.settle(units::Seconds{kRestartTime.value()});
  spec.spares.settle(0.0);
  Failures failures;
  failures.rate = *spec.rate;
  failures.rates = *spec.rates;
  failures.shape = *spec.shape;
  if (spec.early) {
    failures.early_factor = spec.early->factor.value_or(1.0);
    failures.early_length = spec.early->length.value_or(units::Seconds{0});
  }
  if (spec.lemons) {
    failures.lemon_share = spec.lemons->share.value_or(0.0);
    failures.lemon_factor = spec.lemons->factor.value_or(1.0);
  }
  failures.repair = *spec.repair;
  failures.restart = *spec.restart;
  failures.spares = *spec.spares;
  failures.pods = outages_of(spec.pods);
  failures.sites = outages_of(spec.sites);
  return failures;
}

/// The early time counts from a date.
void warn_about_early(const FailuresSpec& spec, const std::vector<Site>& sites, Context& context) {
  if (!spec.early) return;
  std::size_t undated = 0;
  std::string first;
  for (const Site& site : sites) {
    for (const Partition& partition : site.partitions) {
      if (site.online || partition.online) continue;
      if (undated++ == 0) first = fmt::format("{} of site {}", partition.name, site.name);
    }
  }
  if (undated == 0) return;
  const auto step = context.enter("early");
  const std::string others = undated == 1 ? "" : fmt::format(" and {} more", undated - 1);
  context.warning(
      spec.early->at,
      fmt::format("does nothing where no `online` date says when nodes are new: partition {}{}", first, others));
}

/// What nodes that fail do not go with: queues that keep promises, or count what is not there.
void check_queues(const FailuresSpec& spec, const Scenario& scenario, Context& context) {
  if (!scenario.scheduling.privileges.empty()) context.error(spec.at, "not together with scheduling.privileges");
  if (!scenario.scheduling.queues.reservations.empty()) {
    context.error(spec.at, "not together with scheduling.reservations");
  }
  if (scenario.scheduling.shares == ShareRule::kCap) context.error(spec.at, "not together with scheduling.shares: cap");
  for (const Site& site : scenario.sites) {
    const std::string& policy = scenario.scheduling.policy_at(site);
    if (!site.partitions.empty() && policy.starts_with("conservative")) {
      return context.error(
          spec.at,
          fmt::format("not with queue_policy {} (site {}): it places all jobs by the estimated ends of those that run, "
                      "and is not made for nodes that fail (easy and its kin, fcfs and multifactor are)",
                      policy, site.name));
    }
    for (const Partition& partition : site.partitions) {
      if (partition.wipe == units::Seconds{0}) continue;
      return context.error(spec.at, fmt::format("partition {} of site {} is wiped after each job (`wipe`), which "
                                                "failures do not know of",
                                                partition.name, site.name));
    }
  }
}

bool takes(const Partition& partition, const Stream& stream) {
  const auto& accepted = stream.needs.accelerators;
  const auto is_it = [&](const AcceptedAccelerator& one) { return one.id == partition.accelerator; };
  if (!accepted.empty() && std::none_of(accepted.begin(), accepted.end(), is_it)) return false;
  if (partition.memory < stream.needs.memory) return false;
  return stream.sensitive ? partition.trusted : !partition.trusted_only;
}

/// Whether jobs of a stream may ever run there, as far as it does not depend on their size.
bool may_take(const Site& site, const Stream& stream, const std::map<std::string, Country>& countries) {
  if (stream.residency == Residency::kEu && !is_eu_member(countries, site.country)) return false;
  const auto from_there = [&](const auto& one) { return one.first == site.country; };
  const bool domestic = std::any_of(stream.origin.begin(), stream.origin.end(), from_there);
  if (stream.residency == Residency::kCountry && !domestic) return false;
  return std::any_of(site.partitions.begin(), site.partitions.end(),
                     [&](const Partition& partition) { return takes(partition, stream); });
}

void check_storage(const Checkpointing& checkpoint, const CheckpointSpec& spec, const Stream& stream,
                   const Scenario& scenario, Context& context) {
  const Site* largest = nullptr;
  const Site* smallest = nullptr;
  for (const Site& site : scenario.sites) {
    if (!may_take(site, stream, scenario.countries)) continue;
    if (largest == nullptr || site.storage_capacity > largest->storage_capacity) largest = &site;
    if (smallest == nullptr || site.storage_capacity < smallest->storage_capacity) smallest = &site;
  }
  if (smallest == nullptr || checkpoint.size <= smallest->storage_capacity) return;
  const auto terabytes = [](units::Bytes bytes) { return bytes.in_base_units() / 1e12; };
  const auto step = context.enter("size");
  const Origin& at = spec.size ? spec.size.origin : spec.at;
  if (checkpoint.size > largest->storage_capacity) {
    return context.error(at,
                         fmt::format("a checkpoint of {:.4g} TB is larger than the storage of any site that may "
                                     "run it; the largest, of {}, holds {:.4g} TB",
                                     terabytes(checkpoint.size), largest->name, terabytes(largest->storage_capacity)));
  }
  context.warning(at, fmt::format("a checkpoint of {:.4g} TB is larger than the storage of site {} ({:.4g} TB); no "
                                  "such jobs are sent there",
                                  terabytes(checkpoint.size), smallest->name, terabytes(smallest->storage_capacity)));
}

StreamSpec* spec_of(const Stream& stream, std::vector<StreamSpec>& specs) {
  for (StreamSpec& spec : specs) {
    if (spec.name && *spec.name == stream.name) return &spec;
  }
  return nullptr;
}

void resolve_checkpoint(CheckpointSpec& spec, Stream& stream, const Scenario& scenario, Context& context) {
  const bool has_state = stream.work && stream.work->trained_parameters > 0.0;
  if (has_state) {
    spec.size.settle(units::Bytes{kCheckpointBytes.value() * stream.work->trained_parameters});
  } else if (!spec.size && !context.diagnostics().has_errors_under("workload")) {
    context.error(spec.at, R"(missing key "size": what one checkpoint holds, such as "1 TB")");
  }
  spec.interval.settle(std::nullopt);
  spec.asynchronous.settle(false);
  spec.load.settle(units::Bytes{0});
  Checkpointing checkpoint;
  checkpoint.size = spec.size.value_or(units::Bytes{0});
  checkpoint.interval = *spec.interval;
  checkpoint.asynchronous = *spec.asynchronous;
  checkpoint.load = *spec.load;
  if (checkpoint.asynchronous) {
    spec.staging.settle(units::Seconds{kCheckpointStaging.value()});
    checkpoint.staging = *spec.staging;
  } else if (spec.staging) {
    const auto step = context.enter("staging");
    context.error(spec.staging.origin, "only with `mode: asynchronous`: else work stops until a checkpoint is written");
  }
  check_storage(checkpoint, spec, stream, scenario, context);
  stream.checkpoint = checkpoint;
}

}  // namespace

void resolve_failures(ScenarioSpec& spec, Scenario& scenario, Context& context) {
  if (spec.failures) {
    const auto step = context.enter("failures");
    scenario.failures = failures_of(*spec.failures);
    check_queues(*spec.failures, scenario, context);
    warn_about_early(*spec.failures, scenario.sites, context);
  }
  const auto workload = context.enter("workload");
  const auto list = context.enter("streams");
  for (Stream& stream : scenario.workload.streams) {
    StreamSpec* written = spec_of(stream, spec.workload.streams);
    if (written == nullptr || !written->checkpoint) continue;
    const auto item = context.enter_named(stream.name);
    const auto inner = context.enter("checkpoint");
    if (!scenario.scheduling.queues.reservations.empty()) {
      context.error(written->checkpoint->at, "not together with scheduling.reservations");
    }
    resolve_checkpoint(*written->checkpoint, stream, scenario, context);
  }
}

}  // namespace gigasim::scenario
