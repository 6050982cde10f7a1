#include "cost_types.hpp"
#include "declarations.hpp"
#include "declare_brokering.hpp"
#include "declare_failures.hpp"
#include "declare_priority.hpp"
#include "declare_privilege.hpp"
#include "declare_queueing.hpp"
#include "expectation_type.hpp"
#include "gigasim/catalogue/overlay.hpp"
#include "gigasim/catalogue/table.hpp"
#include "job_types.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

Need at_top(Need need) {
  need.only_at_top = true;
  return need;
}

const Object<PeriodSpec>& period_object() {
  static const Object<PeriodSpec> object = [] {
    Object<PeriodSpec> o{"period", "What is simulated. Results cover `length` after `warm_up`."};
    o.field("start", &PeriodSpec::start, date(), required(), "First moment of the run");
    o.field("warm_up", &PeriodSpec::warm_up, duration(true), defaults_to("0 s"), "Time that results leave out");
    o.field("length", &PeriodSpec::length, period_length(), required(),
            "Time that results cover; `until_drained` ends when every job has, and needs streams that end");
    return o;
  }();
  return object;
}

const Object<RolloutSpec>& rollout_object() {
  static const Object<RolloutSpec> object = [] {
    Object<RolloutSpec> o{"rollout", "Which of the dates that a plan can mean come true."};
    o.field(
        "dates", &RolloutSpec::dates,
        one_of<RolloutDates>({{"best", RolloutDates::kBest},
                              {"earliest", RolloutDates::kEarliest},
                              {"latest", RolloutDates::kLatest},
                              {"drawn", RolloutDates::kDrawn}}),
        defaults_to("best"),
        "Of the sites' date ranges: the best estimate, one of the ends, or drawn from the seed (triangular), and then "
        "cancellations are drawn too; otherwise what is as likely as not to be cancelled is, but not in `earliest`");
    return o;
  }();
  return object;
}

const Object<SchedulingSpec>& scheduling_object() {
  static const Object<SchedulingSpec> object = [] {
    const auto words = [](const std::vector<std::string>& names) {
      std::vector<std::pair<std::string, std::string>> choices;
      choices.reserve(names.size());
      for (const std::string& name : names) choices.emplace_back(name, name);
      return one_of<std::string>(choices);
    };
    Object<SchedulingSpec> o{"scheduling", "Who runs when and where."};
    o.field("queue_policy", &SchedulingSpec::queue_policy, queue_policy_word(), defaults_to("easy"),
            "Order of a partition's queue and who may pass others, see [scheduling](models/scheduling.md)");
    o.map("backfill", &SchedulingSpec::backfill, backfill_object(), otherwise(""));
    o.field("estimate", &SchedulingSpec::estimate,
            one_of<Estimate>({{"request", Estimate::kRequest}, {"actual", Estimate::kActual}}), defaults_to("request"),
            "What schedulers take a job's runtime to be: its walltime request, or what it will really be");
    o.field("broker", &SchedulingSpec::broker,
            words({"home", "nearest", "round_robin", "least_loaded", "earliest_start", "weighted"}),
            defaults_to("home"), "Which site a job goes to");
    o.map("weights", &SchedulingSpec::weights, weights_object(), otherwise("`{ queue: 1 }`"));
    o.field("rebroker_after", &SchedulingSpec::rebroker_after, interval(), otherwise("never"),
            "A job that has waited in a queue for so long is brokered anew, and moves if another site is expected to "
            "start it earlier; again after as long");
    o.field("overrun", &SchedulingSpec::overrun,
            one_of<Overrun>({{"kill", Overrun::kKill}, {"extend", Overrun::kExtend}}), defaults_to("kill"),
            "What happens to a job at its walltime");
    o.field("shares", &SchedulingSpec::shares,
            one_of<ShareRule>({{"none", ShareRule::kNone}, {"target", ShareRule::kTarget}, {"cap", ShareRule::kCap}}),
            defaults_to("none"),
            "What `time_shares` of sites mean: nothing but a figure in the results, what the fair share of "
            "`queue_policy: multifactor` steers towards, or what a holder's jobs hold at most in each partition");
    o.field("target_queue_time", &SchedulingSpec::target_queue_time, duration(true),
            otherwise(fmt::format("`{}`", duration(true).print(units::Seconds{kTargetQueueTime.value()}))),
            "The metric `started_within_target` is the share of jobs that wait no longer");
    o.list("privileges", &SchedulingSpec::privileges, privilege_object(), otherwise("none"),
           "Rights of some jobs before others; a job has the first one that names a label of it");
    o.list("reservations", &SchedulingSpec::reservations, reservation_object(), otherwise("none"),
           "Accelerators set aside in windows of time, for some jobs or for maintenance");
    o.map("priority", &SchedulingSpec::priority, priority_object(), otherwise(""));
    o.list("preemption", &SchedulingSpec::preemption, preemption_object(), otherwise("none"),
           "Whose jobs stop running jobs of whom; of several rules for the same two, the first holds");
    return o;
  }();
  return object;
}

const Object<NetworkSpec>& network_object() {
  static const Object<NetworkSpec> object = [] {
    Object<NetworkSpec> o{"network", "The research networks between the sites."};
    o.field(
        "wan", &NetworkSpec::wan,
        one_of<WanCapacity>({{"low", WanCapacity::kLow}, {"best", WanCapacity::kBest}, {"hyper", WanCapacity::kHyper}}),
        defaults_to("best"),
        "Capacities of the links: low or best estimate of today, or the planned hyperconnected network");
    return o;
  }();
  return object;
}

Json own_tables_schema() {
  Json kinds = Json::array();
  for (const catalogue::Table& table : catalogue::tables()) kinds.push_back(table.kind);
  return {{"type", "object"}, {"propertyNames", {{"enum", kinds}}}, {"additionalProperties", file_path().schema}};
}

}  // namespace

const Object<ScenarioSpec>& scenario_object() {
  static const Object<ScenarioSpec> object = [] {
    // The schema is that of the built-in facts, whatever scenario is read first.
    const catalogue::ScopedEdition built_in{catalogue::kBuiltIn};
    Object<ScenarioSpec> o{"scenario", "One file says everything about a run."};
    o.consumed(
        "gigasim",
        [](SchemaWriter&) -> Json {
          return {{"const", 1}};
        },
        "`1`", at_top(required()), "Version of the format, also in files that extend");
    o.field("name", &ScenarioSpec::name, text(), otherwise("the file's name"), "Title of the scenario");
    o.field("description", &ScenarioSpec::description, paragraph(), otherwise("empty"), "What the scenario is about");
    o.consumed(
        "extends", [](SchemaWriter&) { return file_path().schema; }, "path", at_top(otherwise("")),
        "Scenario file, relative to this one, that this one is merged over");
    o.consumed(
        "catalogue", [](SchemaWriter&) { return own_tables_schema(); }, "`{ KIND: file.csv, ... }`",
        at_top(otherwise("the built-in facts")),
        "Own tables, paths relative to this file: the columns of the built-in table of that kind; rows replace "
        "those of the same id or join, see [the catalogue](catalogue.md)");
    o.field("seed", &ScenarioSpec::seed, plain_whole(0), defaults_to("1"), "Seed of all random draws");
    o.map("period", &ScenarioSpec::period, period_object(), required());
    o.map("rollout", &ScenarioSpec::rollout, rollout_object(), otherwise(""));
    o.list("sites", &ScenarioSpec::sites, site_object(), required(), "Where jobs run and users are");
    o.map("workload", &ScenarioSpec::workload, workload_object(), required());
    o.map("scheduling", &ScenarioSpec::scheduling, scheduling_object(), otherwise(""));
    o.map("network", &ScenarioSpec::network, network_object(), otherwise(""));
    o.map("failures", &ScenarioSpec::failures, failures_object(), otherwise(""));
    o.field(
        "cost", &ScenarioSpec::cost, cost_values(CostScope::kScenario), otherwise("catalogue cost-parameters"),
        "Figures of the cost model for all sites, see [cost](models/cost.md); no result of the run depends on them");
    o.values("expect", &ScenarioSpec::expect, expectation(), otherwise("none"),
             "What the results must be: checked at the end of a run, see [expectations](expectations.md)");
    o.consumed(
        "variants",
        [](SchemaWriter& writer) -> Json {
          const Json removal = {{"type", "object"},
                                {"properties", {{"remove", {{"const", true}}}}},
                                {"required", {"remove"}},
                                {"additionalProperties", false}};
          const Json variant = {{"anyOf", {scenario_object().schema(writer, Flavour::kVariant), removal}}};
          return {{"type", "object"}, {"propertyNames", identifier().schema}, {"additionalProperties", variant}};
        },
        "`{ NAME: partial scenario, ... }`", at_top(otherwise("")),
        "Named what-ifs, each merged over this scenario by `--variant NAME`; those of the file that it extends are "
        "there, "
        "too, but for those with `remove: true`");
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
