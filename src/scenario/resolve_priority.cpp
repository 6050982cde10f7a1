#include <fmt/format.h>

#include <algorithm>

#include "job_labels.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

void check_names(const Setting<std::map<std::string, double>>& factors, const std::string& field,
                 const std::string& key, const GroupNames& groups, Context& context) {
  if (!factors) return;
  const auto step = context.enter(field);
  for (const auto& [name, factor] : *factors) {
    if (const std::string problem = groups.complaint(key, name); !problem.empty()) {
      context.error(factors.origin, problem);
    }
  }
}

std::vector<std::int32_t> streams_with(const std::vector<std::string>& labels, const std::vector<Stream>& streams) {
  std::vector<std::int32_t> with;
  for (std::size_t s = 0; s < streams.size(); ++s) {
    const bool any =
        std::any_of(labels.begin(), labels.end(), [&](const std::string& label) { return carries(streams[s], label); });
    if (any) with.push_back(static_cast<std::int32_t>(s));
  }
  return with;
}

Preemption rule_of(const PreemptionSpec& spec, const std::vector<Stream>& streams) {
  Preemption rule;
  rule.name = spec.name.value_or("");
  rule.by = spec.by.value_or({});
  rule.of = spec.of.value_or({});
  rule.mode = spec.mode.value_or(PreemptionMode::kRequeue);
  rule.cost = spec.cost.value_or(units::Seconds{0});
  rule.by_streams = streams_with(rule.by, streams);
  rule.of_streams = streams_with(rule.of, streams);
  return rule;
}

/// Whether jobs of `from` stop jobs of `to`, or of others that stop them, and so on. `seen` are streams looked at.
bool reaches(std::int32_t from, std::int32_t to, const std::vector<Preemption>& rules, std::vector<bool>& seen) {
  for (const Preemption& rule : rules) {
    if (std::find(rule.by_streams.begin(), rule.by_streams.end(), from) == rule.by_streams.end()) continue;
    for (const std::int32_t of : rule.of_streams) {
      if (of == to) return true;
      if (seen[static_cast<std::size_t>(of)]) continue;
      seen[static_cast<std::size_t>(of)] = true;
      if (reaches(of, to, rules, seen)) return true;
    }
  }
  return false;
}

/// Jobs that stop each other would never come to an end.
void check_cycle(const PreemptionSpec& spec, const std::vector<Preemption>& rules, const std::vector<Stream>& streams,
                 Context& context) {
  for (const std::int32_t by : rules.back().by_streams) {
    std::vector<bool> seen(streams.size(), false);
    if (!reaches(by, by, rules, seen)) continue;
    const auto step = context.enter("of");
    return context.error(spec.of.origin,
                         fmt::format("jobs of stream {} would stop jobs that may stop them, or themselves",
                                     streams[static_cast<std::size_t>(by)].name));
  }
}

bool goes_by_priority(const Scenario& scenario) {
  return std::any_of(scenario.sites.begin(), scenario.sites.end(), [&](const Site& site) {
    return !site.partitions.empty() && scenario.scheduling.policy_at(site) == "multifactor";
  });
}

/// What preemption does not go with.
void check_company(const PreemptionSpec& first, const Scenario& scenario, Context& context) {
  if (!scenario.scheduling.privileges.empty()) context.error(first.at, "not together with scheduling.privileges");
  if (!scenario.scheduling.queues.reservations.empty()) {
    context.error(first.at, "not together with scheduling.reservations");
  }
  for (const Site& site : scenario.sites) {
    const std::string& policy = scenario.scheduling.policy_at(site);
    if (!site.partitions.empty() && policy.starts_with("conservative")) {
      return context.error(
          first.at,
          fmt::format("not with queue_policy {} (site {}): it places all jobs by the estimated ends of those that run, "
                      "and is not made for jobs that are stopped (easy and its kin, fcfs and multifactor are)",
                      policy, site.name));
    }
    for (const Partition& partition : site.partitions) {
      if (partition.wipe == units::Seconds{0}) continue;
      return context.error(first.at, fmt::format("partition {} of site {} is wiped after each job (`wipe`): no job "
                                                 "there can make room at once",
                                                 partition.name, site.name));
    }
  }
}

}  // namespace

PriorityRules priority_rules_of(const PrioritySpec& spec) {
  const PriorityRules by_default;
  return {spec.age.value_or(by_default.age),
          spec.size.value_or(by_default.size),
          spec.access_class.value_or(by_default.access_class),
          spec.fair_share.value_or(by_default.fair_share),
          spec.qos.value_or(by_default.quality_of_service),
          spec.age_limit.value_or(by_default.age_limit),
          spec.half_life.value_or(by_default.half_life),
          spec.favour_small.value_or(by_default.favour_small),
          spec.classes.value_or({}),
          spec.levels.value_or({}),
          spec.share_by.value_or(by_default.share_by)};
}

void resolve_priority(const SchedulingSpec& spec, Scenario& scenario, Context& context) {
  if (!spec.priority) return;
  const auto step = context.enter("scheduling");
  const auto inner = context.enter("priority");
  const GroupNames groups{scenario};
  if (!context.diagnostics().has_errors_under("workload")) {
    check_names(spec.priority->classes, "classes", "access_class", groups, context);
    check_names(spec.priority->levels, "levels", "qos", groups, context);
  }
  scenario.scheduling.priority = priority_rules_of(*spec.priority);
  if (spec.queue_policy && !goes_by_priority(scenario)) {
    context.warning(spec.priority->at, "has no effect: only queue_policy multifactor reads it");
  }
}

void resolve_preemption(const SchedulingSpec& spec, Scenario& scenario, Context& context) {
  if (spec.preemption.empty()) return;
  const auto step = context.enter("scheduling");
  const auto list = context.enter("preemption");
  const bool streams_known = !context.diagnostics().has_errors_under("workload");
  const GroupNames groups{scenario};
  std::vector<Preemption>& rules = scenario.scheduling.preemption;
  for (const PreemptionSpec& one : spec.preemption) {
    const auto item = context.enter_named(one.name.value_or("?"));
    rules.push_back(rule_of(one, scenario.workload.streams));
    if (!streams_known) continue;
    for (const auto& [key, labels] : {std::pair{"by", &one.by}, std::pair{"of", &one.of}}) {
      const auto field = context.enter(key);
      check_labels(*labels, "preemption concerns", groups, context);
    }
    check_cycle(one, rules, scenario.workload.streams, context);
  }
  check_company(spec.preemption.front(), scenario, context);
}

}  // namespace gigasim::scenario
