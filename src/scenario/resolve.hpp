#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics.hpp"
#include "spec.hpp"

/// From a scenario as written to plain values: defaults that depend on other values or on the catalogue are filled in
/// (in the spec too, so that it can be printed), and what must fit together is checked.
namespace gigasim::scenario {

/// What the demand is measured against: the scenario file without variant and settings.
struct Capacity {
  double accelerators = 0.0;              ///< time mean of those online in the results period
  std::int64_t largest_partition = 0;     ///< accelerators
  std::vector<double> of_partition;       ///< as `accelerators`, in the order of sites and partitions
  std::map<std::string, double> of_type;  ///< as `accelerators`, by catalogue id
  bool operator==(const Capacity&) const = default;
};

class RequestTraces;

/// What resolving the streams has to know about the rest.
struct Surroundings {
  Capacity reference, own;
  const std::vector<Site>* sites = nullptr;
  bool sites_good = true;  ///< without this, nothing is said about what fits where
  const Period* period = nullptr;
  bool until_drained = false;
  std::filesystem::path folder;  ///< of the scenario file
  RequestTraces* traces = nullptr;
};

[[nodiscard]] Period resolve_period(const PeriodSpec& spec);
/// What decides which of the planned dates come true.
struct Rollout {
  RolloutDates dates = RolloutDates::kBest;
  std::uint64_t seed = 1;
};
[[nodiscard]] std::vector<Site> resolve_sites(std::vector<SiteSpec>& specs, const Rollout& rollout, Context& context);
/// Settles when how many accelerators of a site can run: chosen dates, delays, cancellations and the connection's
/// power.
void resolve_rollout(const SiteSpec& spec, const Rollout& rollout, Site& site, Context& context);
void warn_about_sites(const std::vector<SiteSpec>& specs, const std::vector<Site>& sites, const Period& period,
                      Context& context);

/// What the catalogue knows of the countries of sites and users.
[[nodiscard]] std::map<std::string, Country> resolve_countries(const std::vector<Site>& sites,
                                                               const Workload& workload);

[[nodiscard]] Capacity capacity_of(const std::vector<Site>& sites, const Period& period);

[[nodiscard]] Workload resolve_workload(WorkloadSpec& spec, const Surroundings& around, Context& context);
/// Weights of the countries that users are in.
[[nodiscard]] OriginWeights resolve_origin(const OriginSpec& spec, const std::vector<Site>& sites);
/// Path of a file named in a scenario: relative to the file that names it, or to the working folder for --set.
[[nodiscard]] std::filesystem::path located(const Setting<std::string>& file);
/// Fills in a service's demand from the trace that it names, if any.
void resolve_request_trace(RequestDemandSpec& spec, const Surroundings& around, RequestDemand& demand,
                           Context& context);
/// Fills in the services, each with a stream behind those that are there.
void resolve_services(WorkloadSpec& spec, const Surroundings& around, Workload& workload, Context& context);
/// What services do not go with. All else is there already.
void check_services(const ScenarioSpec& spec, const Scenario& scenario, Context& context);
/// Says for which users a service is too far away for its objective. The workload is there already, sites are good.
void check_objectives_reach(const ScenarioSpec& spec, const Scenario& scenario, Context& context);
/// Fills in the classes, sizes and walltimes of a synthetic stream.
void resolve_jobs(StreamSpec& spec, const Surroundings& around, Stream& stream, Context& context);

/// Fills in how fast jobs run that were recorded on another accelerator, and the mean over the accelerators that the
/// demand is measured against. Streams, services and the reference are there already.
void resolve_speeds(WorkloadSpec& spec, const Surroundings& around, Workload& workload, Context& context);

/// Fills in the terms of access, from the access class where it has some.
void resolve_projects(StreamSpec& spec, const Surroundings& around, Stream& stream, Context& context);
/// Users of a type that their access class is not for.
void check_eligibility(const StreamSpec& spec, Stream& stream, Context& context);

/// Whose time a site's is; what nobody states is private.
[[nodiscard]] std::optional<TimeShares> resolve_time_shares(std::optional<TimeSharesSpec>& spec, Context& context);
/// Whose share of a site's time the jobs of each stream use. Where sites have shares all streams need a holder, and
/// carry the label `share`.
void settle_time_holders(std::vector<StreamSpec>& specs, const std::vector<Site>& sites, std::vector<Stream>& streams,
                         Context& context);
/// What the shares mean for queues, and whether policy and privileges go with it. Sites and queue policy are there
/// already.
[[nodiscard]] ShareRule resolve_share_rule(const SchedulingSpec& spec, const Scenario& scenario, Context& context);

/// Fills in which stream comes after which; `streams` are there already.
void resolve_chains(std::vector<StreamSpec>& specs, std::vector<Stream>& streams, Context& context);

/// Fills in the privileges, and which of them the jobs of each stream have. Sites and streams are there already.
void resolve_privileges(const std::vector<PrivilegeSpec>& specs, Scenario& scenario, Context& context);

/// Fills in which sites may take which jobs, what the broker weighs and when jobs are brokered anew; checks that what
/// these ask is known. All else is there already.
void resolve_brokering(const ScenarioSpec& spec, Scenario& scenario, Context& context);

/// Fills in how queues work beside their order, and checks that it fits the policies. Sites, streams and privileges are
/// there already.
void resolve_queueing(ScenarioSpec& spec, Scenario& scenario, Context& context);
/// Fills in what the `multifactor` policy weighs.
[[nodiscard]] PriorityRules priority_rules_of(const PrioritySpec& spec);
void resolve_priority(const SchedulingSpec& spec, Scenario& scenario, Context& context);
/// Fills in whose jobs stop whose. Sites, streams and privileges are there already.
void resolve_preemption(const SchedulingSpec& spec, Scenario& scenario, Context& context);

/// Fills in how nodes fail and what jobs save; checks that what queues do goes with it. All else is there already.
void resolve_failures(ScenarioSpec& spec, Scenario& scenario, Context& context);

/// Citation of a catalogue row as an origin.
[[nodiscard]] Origin catalogue_origin(std::string_view kind, std::string_view id,
                                      std::string_view confidence_column = "confidence",
                                      std::string_view source_column = "source");

}  // namespace gigasim::scenario
