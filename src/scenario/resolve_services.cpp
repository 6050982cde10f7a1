#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <set>

#include "ai_work_types.hpp"
#include "context_length.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/request_lengths.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/text.hpp"
#include "objective_reach.hpp"
#include "request_counts.hpp"
#include "resolve.hpp"
#include "service_places.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

constexpr std::int64_t kMostInHint = 16;  // accelerators of a replica

RequestDemand request_demand(RequestDemandSpec& spec, const Surroundings& around, Context& context) {
  RequestDemand demand;
  if (spec.trace) {
    resolve_request_trace(spec, around, demand, context);
    return demand;
  }
  demand.is_peak = spec.peak.value.has_value();
  demand.rate = spec.peak ? *spec.peak : spec.mean.value_or(units::PerSecond{0});
  demand.profile = spec.profile.value_or("constant");
  demand.growth_per_year = spec.growth.value_or(0.0);
  if (spec.bursts) {
    demand.burst_sigma = spec.bursts->sigma.value_or(0.0);
    demand.burst_length = spec.bursts->length.value_or(units::Seconds{0});
  }
  if (spec.request_lengths) {
    const auto& lengths = *catalogue::find_request_lengths(*spec.request_lengths);
    demand.input_tokens = lengths.input.mean;
    demand.output_tokens = lengths.output.mean;
    demand.input_cv = lengths.input.cv;
    demand.output_cv = lengths.output.cv;
    demand.request_lengths = *spec.request_lengths;
    return demand;
  }
  if (!spec.tokens) {
    const auto step = context.enter("demand");
    context.error(spec.at, "needs tokens or request_lengths: how long requests and answers are");
    return demand;
  }
  demand.input_tokens = spec.tokens->input.value_or(0.0);
  demand.output_tokens = spec.tokens->output.value_or(0.0);
  return demand;
}

/// How many replicas the machines hold.
std::int64_t most_replicas(const std::vector<ServicePlace>& places, const std::vector<Site>& sites) {
  std::int64_t most = 0;
  for (const ServicePlace& place : places) {
    const Site& site = sites[static_cast<std::size_t>(place.site)];
    most += site.partitions[static_cast<std::size_t>(place.partition)].count / place.accelerators;
  }
  return most;
}

void settle_numbers(ReplicasSpec& spec, std::int64_t most, Context& context) {
  if (spec.count) {
    if (spec.scale_by && *spec.scale_by != ScaleBy::kFixed) {
      const auto step = context.enter("scale_by");
      context.error(spec.scale_by.origin, "count is a number that stays: give min and max instead, or leave it out");
    }
    spec.scale_by.settle(ScaleBy::kFixed);
    return;
  }
  if (spec.scale_by && *spec.scale_by == ScaleBy::kFixed) {
    const auto step = context.enter("scale_by");
    context.error(spec.scale_by.origin, "fixed needs count, the number of replicas");
  }
  spec.scale_by.settle(ScaleBy::kLoad);
  spec.min.settle(1);
  spec.max.settle(std::max(most, *spec.min));
  if (*spec.min <= *spec.max) return;
  const auto step = context.enter("min");
  context.error(spec.min.origin, fmt::format("must be at most max ({}), got {}", *spec.max, *spec.min));
}

Replicas replicas_of(ReplicasSpec& spec, const std::vector<ServicePlace>& places, const std::vector<Site>& sites,
                     Context& context) {
  const auto step = context.enter("replicas");
  const std::int64_t most = most_replicas(places, sites);
  settle_numbers(spec, most, context);
  spec.target_load.settle(kServiceTargetLoad.value());
  spec.interval.settle(units::ceil_to_grid(units::Seconds{kServiceInterval.value()}));
  spec.start_up.settle(units::ceil_to_grid(units::Seconds{kServiceStartUp.value()}));
  spec.scale_in_after.settle(units::ceil_to_grid(units::Seconds{kServiceScaleInAfter.value()}));
  Replicas replicas;
  replicas.min = spec.count ? *spec.count : spec.min.value_or(1);
  replicas.max = spec.count ? *spec.count : spec.max.value_or(1);
  replicas.scale_by = *spec.scale_by;
  replicas.target_load = *spec.target_load;
  replicas.interval = *spec.interval;
  replicas.start_up = *spec.start_up;
  replicas.scale_in_after = *spec.scale_in_after;
  if (!places.empty() && replicas.min > most) {
    const auto inner = context.enter(spec.count ? "count" : "min");
    context.error(spec.count ? spec.count.origin : spec.min.origin,
                  fmt::format("the machines hold {} replicas at most, got {}", most, replicas.min));
  }
  return replicas;
}

void check_service_sites(const Setting<std::vector<std::string>>& names, const std::vector<Site>& sites,
                         Context& context) {
  if (!names) return;
  const auto step = context.enter("replicas.sites");
  std::vector<std::string> known;
  known.reserve(sites.size());
  for (const Site& site : sites) known.push_back(site.name);
  for (const std::string& name : *names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto near = units::nearest(name, known);
    context.error(names.origin, fmt::format("unknown site \"{}\"{}", name,
                                            near ? fmt::format(" (did you mean \"{}\"?)", *near) : std::string{}));
  }
}

/// Leaves the places where a replica keeps the objective at least for a request alone.
void check_objective(const ServiceSpec& spec, const ServiceObjective& objective, const ReplicaWish& wish,
                     const std::vector<Site>& sites, std::vector<ServicePlace>& places, Context& context) {
  models::Latency best;
  best.first_token.p95 = best.output_token.p95 = std::numeric_limits<double>::infinity();
  std::vector<ServicePlace> kept;
  for (const ServicePlace& place : places) {
    const models::Latency alone = latency_alone(wish, place, sites);
    best.first_token.p95 = std::min(best.first_token.p95, alone.first_token.p95);
    best.output_token.p95 = std::min(best.output_token.p95, alone.output_token.p95);
    if (objective.is_kept(alone.first_token.p95, alone.output_token.p95)) kept.push_back(place);
  }
  if (!kept.empty()) {
    places = std::move(kept);
    return;
  }
  const auto step = context.enter("slo");
  constexpr double kMilli = 1e3;
  context.error(spec.objective->at,
                fmt::format("no site keeps it even for a request alone: the best 95 % quantiles are ttft_p95 {:.3g} ms "
                            "and tpot_p95 {:.3g} ms, the network not included",
                            kMilli * best.first_token.p95, kMilli * best.output_token.p95));
}

/// Accelerators that share a layer share out whole attention heads.
bool shares_heads(std::int64_t tensor, const Origin& origin, const std::string& ai_model, Context& context) {
  const models::Transformer model = models::transformer_of(*catalogue::find_ai_model(ai_model));
  if (model.shared_by(tensor)) return true;
  std::vector<std::int64_t> possible;
  for (std::int64_t one = 1; one <= kMostInHint; ++one) {
    if (model.shared_by(one)) possible.push_back(one);
  }
  const auto step = context.enter("tensor");
  context.error(origin, fmt::format("must divide the {:.0f} attention heads of {}, got {} (use one of {})", model.heads,
                                    ai_model, tensor, fmt::join(possible, ", ")));
  return false;
}

std::vector<ServicePlace> settle_places(const ServiceSpec& spec, const Service& service, const Surroundings& around,
                                        Context& context) {
  if (!around.sites_good || service.ai_model.empty() || service.demand.input_tokens <= 0.0) return {};
  const ReplicaWish wish{service.ai_model, spec.precision.value, spec.tensor.value, service.demand};
  if (spec.tensor && !shares_heads(*spec.tensor, spec.tensor.origin, service.ai_model, context)) return {};
  const std::vector<std::string> only = spec.replicas.sites.value_or({});
  auto places = places_for(wish, *around.sites, only);
  if (!places.empty()) {
    check_objective(spec, service.objective, wish, *around.sites, places, context);
    return places;
  }
  if (spec.precision && !any_computes_in(*spec.precision, *around.sites, only)) {
    const auto step = context.enter("precision");
    context.error(spec.precision.origin, fmt::format("no accelerator of a site that may run it computes in {}",
                                                     precision().print(*spec.precision)));
    return places;
  }
  const std::string fewest = fewest_that_fit(wish, *around.sites, only);
  const std::string hint =
      fewest.empty() ? "no number of accelerators would do" : fmt::format("the smallest that would: {}", fewest);
  const auto step = context.enter(spec.tensor ? "tensor" : "ai_model");
  context.error(spec.tensor ? spec.tensor.origin : spec.ai_model.origin,
                fmt::format("{} does not fit in the memory of one replica at any site that may run it ({})",
                            service.ai_model, hint));
  return places;
}

bool is_member(const std::string& country) {
  const catalogue::Country* known = catalogue::find_country(country);
  return known != nullptr && known->eu_member;
}

/// Users whose requests nobody may answer.
void warn_about_residency(const ServiceSpec& spec, const Service& service, const OriginWeights& origins,
                          const std::vector<Site>& sites, Context& context) {
  if (service.residency == Residency::kAnywhere || service.places.empty()) return;
  std::vector<std::string> without;
  for (const auto& [origin, weight] : origins) {
    const auto may = [&, code = origin](const ServicePlace& place) {
      const std::string& country = sites[static_cast<std::size_t>(place.site)].country;
      return service.residency == Residency::kCountry ? country == code : is_member(country);
    };
    if (std::none_of(service.places.begin(), service.places.end(), may)) without.push_back(origin);
  }
  if (without.empty()) return;
  const auto step = context.enter("residency");
  context.warning(spec.residency.origin,
                  fmt::format("no site may answer the requests from {}: they are lost", fmt::join(without, ", ")));
}

/// The stream whose jobs are the service's replicas.
Stream stream_of(const ServiceSpec& spec, const std::string& name, std::int32_t service,
                 const std::vector<Site>& sites) {
  Stream stream;
  stream.name = name;
  stream.labels = spec.labels.value_or({});
  stream.labels.emplace("service", name);
  stream.origin = resolve_origin(spec.demand.origin.value_or({}), sites);
  stream.service = service;
  return stream;
}

Service resolve_service(ServiceSpec& spec, const Surroundings& around, Context& context) {
  Service service;
  service.name = spec.name.value_or("");
  service.ai_model = spec.ai_model.value_or("");
  service.demand = request_demand(spec.demand, around, context);
  service.demand.cached_input = spec.prefix_cache_hits.value_or(0.0);
  if (spec.objective) service.objective = {spec.objective->ttft_p95.value, spec.objective->tpot_p95.value};
  service.residency = spec.residency.value_or(Residency::kAnywhere);
  service.routing = spec.routing.value_or(RequestRouting::kSpillOver);
  service.when_short = spec.when_short.value_or(WhenShort::kShed);
  service.fidelity = spec.fidelity.value_or(Fidelity::kFluid);
  check_service_sites(spec.replicas.sites, *around.sites, context);
  if (!context.diagnostics().has_errors_under(context.path())) {
    if (service.demand.input_tokens > 0.0) check_context(spec.demand, service.demand, service.ai_model, context);
    service.places = settle_places(spec, service, around, context);
    service.unmeasured = unmeasured_accelerators(service.ai_model, service.places, *around.sites);
  }
  service.replicas = replicas_of(spec.replicas, service.places, *around.sites, context);
  if (around.until_drained) {
    context.error(spec.at, "a service never ends, so period.length cannot be until_drained");
  }
  return service;
}

void check_service_name(const ServiceSpec& spec, const std::vector<Stream>& streams, Context& context) {
  const auto same = [&](const Stream& stream) { return spec.name && stream.name == *spec.name; };
  if (std::none_of(streams.begin(), streams.end(), same)) return;
  const auto step = context.enter("name");
  context.error(spec.name.origin, fmt::format("a stream is called \"{}\" already", shown(*spec.name)));
}

}  // namespace

void resolve_services(WorkloadSpec& spec, const Surroundings& around, Workload& workload, Context& context) {
  const auto list = context.enter("services");
  const std::size_t streams = workload.streams.size();
  RequestCount count{*around.period};
  for (ServiceSpec& one : spec.services) {
    const auto item = context.enter_named(one.name.value_or("?"));
    check_service_name(one, {workload.streams.begin(), workload.streams.begin() + static_cast<std::ptrdiff_t>(streams)},
                       context);
    Service service = resolve_service(one, around, context);
    count.add(one.demand, service.demand, context);
    service.stream = static_cast<std::int32_t>(workload.streams.size());
    workload.streams.push_back(
        stream_of(one, service.name, static_cast<std::int32_t>(workload.services.size()), *around.sites));
    warn_about_residency(one, service, workload.streams.back().origin, *around.sites, context);
    workload.services.push_back(std::move(service));
  }
}

void check_services(const ScenarioSpec& spec, const Scenario& scenario, Context& context) {
  if (spec.workload.services.empty()) return;
  const ServiceSpec& first = spec.workload.services.front();
  const auto step = context.enter("workload");
  const auto list = context.enter("services");
  const auto item = context.enter_named(first.name.value_or("?"));
  if (!scenario.scheduling.queues.reservations.empty()) {
    context.error(first.at, "not together with scheduling.reservations: a replica runs for as long as it is needed");
  }
  const bool shared = std::any_of(scenario.sites.begin(), scenario.sites.end(),
                                  [](const Site& site) { return site.time_shares.has_value(); });
  if (shared) context.error(first.at, "not together with sites that have time_shares");
}

void check_objectives_reach(const ScenarioSpec& spec, const Scenario& scenario, Context& context) {
  const auto step = context.enter("workload");
  const auto list = context.enter("services");
  for (std::size_t s = 0; s < spec.workload.services.size(); ++s) {
    const ServiceSpec& one = spec.workload.services[s];
    const auto item = context.enter_named(one.name.value_or("?"));
    if (!one.objective || context.diagnostics().has_errors_under(context.path())) continue;
    check_objective_reach(*one.objective, scenario.workload.services[s], scenario, context);
  }
}

}  // namespace gigasim::scenario
