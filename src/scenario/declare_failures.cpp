#include "declare_failures.hpp"

#include "catalogue_types.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

constexpr Limits kShare{0.0, 1.0, false};
constexpr Limits kAtLeastOnce{1.0, std::nullopt, false};
constexpr Limits kWeibullShape{0.2, 10.0, false};  // beyond these all nodes fail at once, or never

/// A duration, or a word for none.
Type<std::optional<units::Seconds>> duration_or(const std::string& word, const Type<units::Seconds>& time) {
  using Time = std::optional<units::Seconds>;
  Type<Time> type;
  type.written = fmt::format("`{}` or {}", word, time.written);
  type.schema = any_of({Json{{"const", word}}, time.schema});
  type.read = [word, time](const YamlNode& node, Context& context) -> Setting<Time> {
    if (node.is_scalar() && node.text == word) return given(Time{}, node);
    const auto setting = time.read(node, context);
    return {setting ? std::optional<Time>{*setting} : std::nullopt, setting.origin, setting.bounds};
  };
  type.print = [word, time](const Time& value) { return value ? time.print(*value) : word; };
  return type;
}

Type<std::map<std::string, units::PerSecond>> rates_by_accelerator() {
  using Rates = std::map<std::string, units::PerSecond>;
  static const Type<units::PerSecond> kRate = node_failure_rate();
  Type<Rates> type;
  type.written = "`{ ACCELERATOR: rate, ... }`";
  type.schema = {{"type", "object"}, {"additionalProperties", kRate.schema}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<Rates> {
    if (!node.is_map()) return expected("a map such as { GB300: 8 per 1000 node-d }", node, context), Setting<Rates>{};
    Rates rates;
    for (const Entry& entry : node.entries) {
      const auto step = context.enter(entry.key);
      const auto id = accelerator_id().read(scalar_node(entry.key, entry.at), context);
      const auto rate = kRate.read(entry.value, context);
      if (id && rate) rates[*id] = *rate;
    }
    return given(std::move(rates), node);
  };
  type.print = [](const Rates& rates) {
    std::vector<std::string> parts;
    for (const auto& [id, rate] : rates) parts.push_back(fmt::format("{}: {}", yaml_text(id), kRate.print(rate)));
    return parts.empty() ? std::string{"{}"} : fmt::format("{{ {} }}", fmt::join(parts, ", "));
  };
  return type;
}

const Object<EarlyFailuresSpec>& early_object() {
  static const Object<EarlyFailuresSpec> object = [] {
    Object<EarlyFailuresSpec> o{"early_failures", "New machines fail more often."};
    o.field("factor", &EarlyFailuresSpec::factor, number(kAtLeastOnce), required(), "On the rate, in the beginning");
    o.field("length", &EarlyFailuresSpec::length, duration(false), required(), "So long after a partition is online");
    return o;
  }();
  return object;
}

const Object<LemonsSpec>& lemons_object() {
  static const Object<LemonsSpec> object = [] {
    Object<LemonsSpec> o{"lemons", "Some nodes fail again and again; which ones is drawn."};
    o.field("share", &LemonsSpec::share, percent(kShare), required(), "Of a partition's nodes");
    o.field("factor", &LemonsSpec::factor, number(kAtLeastOnce), required(), "On their rate");
    return o;
  }();
  return object;
}

const Object<WideOutagesSpec>& wide_outages_object() {
  static const Object<WideOutagesSpec> object = [] {
    Object<WideOutagesSpec> o{"wide_outages", "Outages that take all nodes of a pod, or of a site, down at once."};
    o.field("rate", &WideOutagesSpec::rate, outage_rate(), required(), "Of one pod, or of one site");
    o.field("repair", &WideOutagesSpec::repair, duration(false), required(),
            "Mean time to repair, exponentially distributed");
    return o;
  }();
  return object;
}

}  // namespace

const Object<FailuresSpec>& failures_object() {
  static const Object<FailuresSpec> object = [] {
    const auto by_default = [](const auto& type, const auto& value) {
      return otherwise(fmt::format("`{}`", type.print(value)));
    };
    Object<FailuresSpec> o{"failures", "How nodes fail and come back, see [failures](models/failures.md)."};
    o.field("rate", &FailuresSpec::rate, node_failure_rate(),
            by_default(node_failure_rate(), units::PerSecond{kFailureRate.value()}),
            "Interruptions of a node that nobody planned");
    o.field("rates", &FailuresSpec::rates, rates_by_accelerator(), otherwise("`rate` for all"),
            "By accelerator, instead of `rate`");
    o.field("shape", &FailuresSpec::shape, number(kWeibullShape), otherwise("`1`: failures come at a constant rate"),
            "Of the Weibull law of a node's time to failure: below 1 those that have just failed fail again sooner");
    o.map("early", &FailuresSpec::early, early_object(), otherwise(""));
    o.map("lemons", &FailuresSpec::lemons, lemons_object(), otherwise(""));
    o.field("repair", &FailuresSpec::repair, duration_or("by_class", duration(false)), otherwise("`by_class`"),
            "How long a node is down: always as long, or drawn by class of failure");
    o.field("restart", &FailuresSpec::restart, duration(true),
            by_default(duration(true), units::Seconds{kRestartTime.value()}),
            "From an interruption until the job begins to load its checkpoint: detection, another node, start-up");
    o.field("spares", &FailuresSpec::spares, percent({0.0, 0.5, false}), otherwise("`0 %`"),
            "Share of each partition's nodes that run no jobs and take the place of those that fail");
    o.map("pods", &FailuresSpec::pods, wide_outages_object(), otherwise(""));
    o.map("sites", &FailuresSpec::sites, wide_outages_object(), otherwise(""));
    return o;
  }();
  return object;
}

const Object<CheckpointSpec>& checkpoint_object() {
  static const Object<CheckpointSpec> object = [] {
    Object<CheckpointSpec> o{"checkpoint",
                             "What its jobs save to the storage of their site, whose bandwidth they share."};
    o.field("size", &CheckpointSpec::size, data_volume(),
            otherwise("14 B per trained parameter where the job names an AI model"), "Of one checkpoint");
    o.field("interval", &CheckpointSpec::interval, duration_or("optimal", interval()), otherwise("`optimal`"),
            "Work between two checkpoints; `optimal` loses least (Daly), and never saves where nothing fails");
    o.field("mode", &CheckpointSpec::asynchronous, one_of<bool>({{"synchronous", false}, {"asynchronous", true}}),
            defaults_to("synchronous"),
            "Whether work stops until a checkpoint is written, or goes on after `staging`; one that is not written "
            "when its job is interrupted is lost");
    o.field("staging", &CheckpointSpec::staging, duration(true),
            otherwise(fmt::format("`{}`", duration(true).print(units::Seconds{kCheckpointStaging.value()}))),
            "With `asynchronous`: so long work stops for a copy to the memory of the hosts");
    o.field("load", &CheckpointSpec::load, data_volume(true), otherwise("`0 B`"),
            "Read from storage at each start, besides the checkpoint when a job goes on");
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
