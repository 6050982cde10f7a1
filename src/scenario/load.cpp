#include "gigasim/scenario/load.hpp"

#include <utility>

#include "compose.hpp"
#include "declarations.hpp"
#include "expectation_type.hpp"
#include "gigasim/catalogue/overlay.hpp"
#include "own_tables.hpp"
#include "request_traces.hpp"
#include "resolve.hpp"
#include "split_sectors.hpp"
#include "unused_keys.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

bool has_options(const LoadOptions& options) {
  return !options.variant.empty() || !options.set.empty();
}

Rollout rollout_of(const ScenarioSpec& spec) {
  return {spec.rollout.dates.value_or(RolloutDates::kBest), static_cast<std::uint64_t>(spec.seed.value_or(1))};
}

/// The capacity of the file as it is, against which the demand of its variants is measured too.
Capacity reference_capacity(const Composed& composed, std::span<const MetricName> metrics, Diagnostics& diagnostics) {
  Diagnostics own;
  Context context{own};
  context.know_metrics(metrics);
  ScenarioSpec spec = scenario_object().read(composed.base, context);
  const std::vector<Site> sites = resolve_sites(spec.sites, rollout_of(spec), context);
  if (own.has_errors_under("sites") || own.has_errors_under("period")) diagnostics.take_errors(own);
  return capacity_of(sites, resolve_period(spec.period));
}

Surroundings surroundings(const Scenario& scenario, const Diagnostics& diagnostics) {
  Surroundings around;
  around.sites_good =
      !diagnostics.has_errors_under("sites") && !diagnostics.has_errors_under("period") && !scenario.sites.empty();
  around.own = capacity_of(scenario.sites, scenario.period);
  around.sites = &scenario.sites;
  around.period = &scenario.period;
  around.until_drained = scenario.period.until_drained;
  return around;
}

/// Turns what is written into values. Fills in the spec.
Scenario resolve(ScenarioSpec& spec, const Composed& composed, bool is_reference, const std::filesystem::path& file,
                 RequestTraces& traces, Context& context) {
  spec.name.settle(file.stem().string());
  spec.description.settle("");
  Scenario scenario;
  scenario.name = *spec.name;
  scenario.description = *spec.description;
  const Rollout rollout = rollout_of(spec);
  scenario.seed = rollout.seed;
  scenario.rollout_dates = rollout.dates;
  scenario.period = resolve_period(spec.period);
  scenario.sites = resolve_sites(spec.sites, rollout, context);
  Diagnostics& diagnostics = context.diagnostics();
  const Capacity reference = is_reference ? Capacity{} : reference_capacity(composed, context.metrics(), diagnostics);
  Surroundings around = surroundings(scenario, diagnostics);
  around.reference = is_reference ? around.own : reference;
  around.folder = file.parent_path();
  around.traces = &traces;
  scenario.workload = resolve_workload(spec.workload, around, context);
  scenario.countries = resolve_countries(scenario.sites, scenario.workload);
  Scheduling& scheduling = scenario.scheduling;
  scheduling.queue_policy = spec.scheduling.queue_policy.value_or("");
  scheduling.broker = spec.scheduling.broker.value_or("");
  scheduling.overrun = spec.scheduling.overrun.value_or(Overrun::kKill);
  scheduling.target_queue_time = spec.scheduling.target_queue_time.value_or(units::Seconds{kTargetQueueTime.value()});
  scheduling.shares = resolve_share_rule(spec.scheduling, scenario, context);
  resolve_privileges(spec.scheduling.privileges, scenario, context);
  resolve_queueing(spec, scenario, context);
  resolve_priority(spec.scheduling, scenario, context);
  resolve_preemption(spec.scheduling, scenario, context);
  resolve_brokering(spec, scenario, context);
  resolve_failures(spec, scenario, context);
  check_services(spec, scenario, context);
  if (around.sites_good) check_objectives_reach(spec, scenario, context);
  scenario.network.wan = spec.network.wan.value_or(WanCapacity::kBest);
  scenario.cost = spec.cost.value_or({});
  scenario.expectations = resolve_expectations(spec.expect, scenario, context);
  if (around.sites_good) warn_about_sites(spec.sites, scenario.sites, scenario.period, context);
  warn_about_unused_keys(spec, scenario, context);
  return scenario;
}

void throw_if_wrong(const Diagnostics& diagnostics) {
  if (diagnostics.num_errors() > 0) throw ScenarioError{diagnostics.errors()};
}

}  // namespace

Loaded load(const std::filesystem::path& file, const LoadOptions& options) {
  Diagnostics diagnostics;
  auto composed = compose(file, diagnostics);
  if (!composed) throw ScenarioError{diagnostics.errors()};
  check_variants(*composed, options.metrics, diagnostics);
  const YamlNode tree = apply_options(*composed, options, diagnostics);
  Context context{diagnostics};
  context.know_metrics(options.metrics);
  ScenarioSpec spec = scenario_object().read(tree, context);
  split_by_sector(spec.workload, context);
  Loaded loaded;
  RequestTraces traces{options.read_requests};
  loaded.scenario = resolve(spec, *composed, !has_options(options), file, traces, context);
  loaded.scenario.variant = options.variant;
  throw_if_wrong(diagnostics);
  Printer printer;
  printer.leaf("gigasim", "1", tree.find("gigasim")->origin);
  for (const OwnTable& table : composed->own_tables) {
    printer.leaf("catalogue." + table.kind, yaml_text(path_seen_from(file.parent_path(), table.file)), table.at);
  }
  scenario_object().print(spec, printer);
  loaded.resolved = printer.take();
  loaded.warnings = diagnostics.warnings();
  loaded.ranges = context.take_ranges();
  loaded.catalogue_edition = catalogue::edition_in_use();
  loaded.inputs = std::move(composed->inputs);
  loaded.inputs.insert(loaded.inputs.end(), traces.inputs().begin(), traces.inputs().end());
  return loaded;
}

std::vector<std::string> variant_names(const std::filesystem::path& file) {
  Diagnostics diagnostics;
  const auto composed = compose(file, diagnostics);
  if (!composed) throw ScenarioError{diagnostics.errors()};
  std::vector<std::string> names;
  for (const Entry& entry : composed->variants.entries) names.push_back(entry.key);
  return names;
}

}  // namespace gigasim::scenario
