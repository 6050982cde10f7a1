#include <fmt/format.h>

#include <algorithm>

#include "resolve.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

using Users = Eligibility::Users;

bool may_run(const Requirements& needs, const Partition& partition) {
  const auto is_it = [&](const AcceptedAccelerator& one) { return one.id == partition.accelerator; };
  const bool accepted =
      needs.accelerators.empty() || std::any_of(needs.accelerators.begin(), needs.accelerators.end(), is_it);
  return accepted && needs.memory <= partition.memory;
}

/// A type with two speeds would have two runtimes.
void check_twice(const RequiresSpec& spec, Context& context) {
  if (!spec.accelerators) return;
  const auto& list = *spec.accelerators;
  const auto step = context.enter("accelerators");
  for (auto one = list.begin(); one != list.end(); ++one) {
    const bool twice = std::any_of(list.begin(), one, [&](const auto& before) { return before.id == one->id; });
    if (twice) context.error(spec.accelerators.origin, fmt::format("accelerator {} stands twice", one->id));
  }
}

void resolve_needs(const StreamSpec& spec, const std::vector<Site>& sites, bool sites_known, Stream& stream,
                   Context& context) {
  stream.needs.accelerators = spec.needs.accelerators.value_or({});
  stream.needs.memory = spec.needs.memory.value_or(units::Bytes{0});
  stream.residency = spec.residency.value_or(Residency::kAnywhere);
  if (stream.residency == Residency::kCountry && stream.origin.empty()) {
    const auto step = context.enter("residency");
    context.error(spec.residency.origin, "needs an origin: nobody knows where its jobs come from (add origin: DE)");
  }
  const auto step = context.enter("requires");
  check_twice(spec.needs, context);
  const bool suits = std::any_of(sites.begin(), sites.end(), [&](const Site& site) {
    return std::any_of(site.partitions.begin(), site.partitions.end(),
                       [&](const Partition& partition) { return may_run(stream.needs, partition); });
  });
  if (suits || !sites_known || (!spec.needs.accelerators && !spec.needs.memory)) return;
  context.warning(spec.needs.at, "no partition is like this: all its jobs will be refused");
}

/// Whose jobs a site takes is asked of the country that they come from.
void check_eligible(const SiteSpec& spec, const std::vector<Stream>& streams, Context& context) {
  if (!spec.eligible || spec.eligible->users == Users::kAnyone) return;
  const auto unknown = std::find_if(streams.begin(), streams.end(), [](const auto& s) { return s.origin.empty(); });
  if (unknown == streams.end()) return;
  const auto step = context.enter("eligible");
  context.error(
      spec.eligible.origin,
      fmt::format("nobody knows where the jobs of stream {} come from (add origin: DE to the stream)", unknown->name));
}

/// What is weighed must be known of every country with a machine.
void check_known(const Setting<double>& weight, const char* key, const char* what, std::optional<double> Country::*fact,
                 const Scenario& scenario, Context& context) {
  if (weight.value_or(0.0) == 0.0) return;
  for (const Site& site : scenario.sites) {
    const auto country = scenario.countries.find(site.country);
    const bool known = country == scenario.countries.end() || (country->second.*fact).has_value();
    if (site.partitions.empty() || known) continue;
    const auto step = context.enter(key);
    context.error(weight.origin,
                  fmt::format("the catalogue knows no {} of {}, where site {} is", what, site.country, site.name));
    return;
  }
}

void resolve_weights(const SchedulingSpec& spec, Scenario& scenario, Context& context) {
  if (!spec.weights) return;
  const WeightsSpec& weights = *spec.weights;
  const BrokerWeights unsaid;
  const auto step = context.enter("weights");
  const BrokerWeights said{weights.queue.value_or(unsaid.queue), weights.distance.value_or(unsaid.distance),
                           weights.carbon.value_or(unsaid.carbon), weights.price.value_or(unsaid.price)};
  scenario.scheduling.weights = said;
  if (scenario.scheduling.broker != "weighted") {
    context.warning(weights.at,
                    fmt::format("has no effect: the broker is {}, not weighted", scenario.scheduling.broker));
    return;
  }
  if (said.queue + said.distance + said.carbon + said.price == 0.0) {
    context.error(weights.at, "at least one weight must be more than 0");
  }
  check_known(weights.carbon, "carbon", "carbon intensity", &Country::carbon_g_per_kwh, scenario, context);
  check_known(weights.price, "price", "electricity price", &Country::electricity_eur_per_mwh, scenario, context);
}

/// Re-brokering asks each queue when a job will start that waits there.
void check_estimates(const Setting<units::Seconds>& rebroker_after, const Scenario& scenario, Context& context) {
  const auto fail = [&](const std::string& message) { context.error(rebroker_after.origin, message); };
  for (const Site& site : scenario.sites) {
    const std::string& here = scenario.scheduling.policy_at(site);
    if (site.partitions.empty() || here == "easy" || here == "fcfs") continue;
    fail(fmt::format("needs queue_policy easy or fcfs: {} at site {} cannot tell when a waiting job will start", here,
                     site.name));
    break;
  }
  const auto tells_nothing = [&](bool used, const char* what) {
    if (!used) return;
    fail(fmt::format("cannot be combined with {}: their queues cannot tell when a waiting job will start", what));
  };
  tells_nothing(!scenario.scheduling.privileges.empty(), "privileges");
  tells_nothing(!scenario.scheduling.queues.reservations.empty(), "reservations");
  if (!scenario.scheduling.preemption.empty()) {
    fail("cannot be combined with preemption: a stopped job goes on where it ran");
  }
}

/// Whether the jobs of a stream run faster on one partition than on another.
bool has_speeds(const Stream& stream) {
  const auto& accepted = stream.needs.accelerators;
  const auto differs = [](const SizedWork& size) {
    for (std::size_t p = 0; p < size.partition.size(); ++p) {
      if (size.speed_on(p) != 1.0) return true;
    }
    return false;
  };
  return std::any_of(accepted.begin(), accepted.end(), [](const auto& one) { return one.speed != 1.0; }) ||
         (stream.work && std::any_of(stream.work->sizes.begin(), stream.work->sizes.end(), differs));
}

/// What is left of a stopped job is kept in seconds of its own, at speed 1; a job that saves its work knows what part
/// of it is done.
void check_stopped(const ScenarioSpec& spec, const Scenario& scenario, Context& context) {
  const std::vector<PreemptionSpec>& specs = spec.scheduling.preemption;
  const auto list = context.enter("preemption");
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto item = context.enter_named(specs[i].name.value_or("?"));
    const auto field = context.enter("of");
    for (const std::int32_t of : scenario.scheduling.preemption[i].of_streams) {
      const Stream& stream = scenario.workload.streams[static_cast<std::size_t>(of)];
      const auto s = static_cast<std::size_t>(of);  // streams of services stand behind the written ones
      const bool saves = s < spec.workload.streams.size() && spec.workload.streams[s].checkpoint.has_value();
      if (!has_speeds(stream) || saves) continue;
      context.error(specs[i].of.origin,
                    stream.work ? fmt::format("jobs of stream {} have speeds of their own on each accelerator, which "
                                              "stopped jobs cannot have: give the stream a checkpoint, name one "
                                              "accelerator under requires, or leave the stream out",
                                              stream.name)
                                : fmt::format("jobs of stream {} have speeds (requires.accelerators), which stopped "
                                              "jobs cannot have: give the stream a checkpoint, leave the speeds "
                                              "out, or the stream",
                                              stream.name));
      break;
    }
  }
}

void resolve_rebrokering(const SchedulingSpec& spec, Scenario& scenario, Context& context) {
  scenario.scheduling.rebroker_after = spec.rebroker_after.value;
  if (!spec.rebroker_after) return;
  const auto step = context.enter("rebroker_after");
  check_estimates(spec.rebroker_after, scenario, context);
  std::size_t partitions = 0;
  for (const Site& site : scenario.sites) partitions += site.partitions.size();
  if (partitions == 1) context.warning(spec.rebroker_after.origin, "has no effect: there is one partition");
}

}  // namespace

void resolve_brokering(const ScenarioSpec& spec, Scenario& scenario, Context& context) {
  const Diagnostics& diagnostics = context.diagnostics();
  const bool sites_known = !diagnostics.has_errors_under("sites");
  const bool streams_known = !diagnostics.has_errors_under("workload");
  {
    const auto step = context.enter("sites");
    for (std::size_t i = 0; i < spec.sites.size(); ++i) {
      const auto item = context.enter_named(spec.sites[i].name.value_or("?"));
      scenario.sites[i].eligible = spec.sites[i].eligible.value_or({});
      if (streams_known) check_eligible(spec.sites[i], scenario.workload.streams, context);
    }
  }
  {
    const auto step = context.enter("workload");
    const auto list = context.enter("streams");
    for (std::size_t i = 0; i < spec.workload.streams.size(); ++i) {
      const StreamSpec& stream = spec.workload.streams[i];
      const auto item = context.enter_named(stream.name.value_or("?"));
      resolve_needs(stream, scenario.sites, sites_known, scenario.workload.streams[i], context);
    }
  }
  const auto step = context.enter("scheduling");
  resolve_weights(spec.scheduling, scenario, context);
  resolve_rebrokering(spec.scheduling, scenario, context);
  if (sites_known && streams_known) check_stopped(spec, scenario, context);
}

}  // namespace gigasim::scenario
