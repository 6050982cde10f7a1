#include "declare_priority.hpp"

#include "job_labels.hpp"
#include "list_type.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

Type<double> weight() {
  return number({0.0, std::nullopt, false});
}

std::string in_words(double weight_by_default) {
  return fmt::format("`{}`", weight().print(weight_by_default));
}

/// Names, each with a factor from 0 to 1.
Type<std::map<std::string, double>> factors(const std::string& example) {
  using Factors = std::map<std::string, double>;
  static const Type<double> kFactor = number({0.0, 1.0, false});
  Type<Factors> type;
  type.written = fmt::format("`{}`: numbers from 0 to 1", example);
  type.schema = {{"type", "object"}, {"additionalProperties", kFactor.schema}};
  type.read = [example](const YamlNode& node, Context& context) -> Setting<Factors> {
    if (!node.is_map()) return expected("a map of factors such as " + example, node, context), Setting<Factors>{};
    Factors result;
    for (const Entry& entry : node.entries) {
      const auto step = context.enter(entry.key);
      if (const auto value = kFactor.read(entry.value, context)) result[entry.key] = *value;
    }
    return given(std::move(result), node);
  };
  type.print = [](const Factors& factors) {
    std::vector<std::string> parts;
    for (const auto& [name, factor] : factors) {
      parts.push_back(fmt::format("{}: {}", yaml_text(name), kFactor.print(factor)));
    }
    return parts.empty() ? std::string{"{}"} : fmt::format("{{ {} }}", fmt::join(parts, ", "));
  };
  return type;
}

}  // namespace

const Object<PrioritySpec>& priority_object() {
  static const Object<PrioritySpec> object = [] {
    const auto time_in_words = [](double seconds) {
      return fmt::format("`{}`", duration(false).print(units::Seconds{seconds}));
    };
    Object<PrioritySpec> o{"priority",
                           "What `queue_policy: multifactor` weighs, see [scheduling](models/scheduling.md)."};
    o.field("age", &PrioritySpec::age, weight(), otherwise(in_words(kPriorityAge.value())),
            "Weight of the time since submission, over `age_limit`");
    o.field("age_limit", &PrioritySpec::age_limit, duration(false), otherwise(time_in_words(kPriorityAgeLimit.value())),
            "From this age on a job gets no older");
    o.field("size", &PrioritySpec::size, weight(), otherwise("`0`"),
            "Weight of the accelerators asked for, over those online in the partition");
    o.field("favour_small", &PrioritySpec::favour_small, yes(), otherwise("`false`"),
            "The smaller a job, the more `size` counts for it");
    o.field("access_class", &PrioritySpec::access_class, weight(), otherwise("`0`"), "Weight of the access class");
    o.field("classes", &PrioritySpec::classes, factors("{ aif_fast_lane: 0.8 }"), otherwise("none: all 0"),
            "Factors of access classes; others have 0");
    o.field("fair_share", &PrioritySpec::fair_share, weight(), otherwise(in_words(kPriorityFairShare.value())),
            "Weight of fair share: 1 for who has used nothing, 0.5 for who has used its share");
    o.field("share_by", &PrioritySpec::share_by,
            one_of<ShareHolder>({{"user", ShareHolder::kUser}, {"project", ShareHolder::kProject}}),
            defaults_to("user"),
            "Who has a share: each user that a log knows, or each project (Slurm's account, SWF's group), its users "
            "together; jobs of which neither is known share one by stream");
    o.field("half_life", &PrioritySpec::half_life, duration(false),
            otherwise(time_in_words(kFairShareHalfLife.value())), "Half-life of what was used");
    o.field("qos", &PrioritySpec::qos, weight(), otherwise("`0`"), "Weight of the quality of service");
    o.field("levels", &PrioritySpec::levels, factors("{ high: 1 }"), otherwise("none: all 0"),
            "Factors of the values of the label `qos`; others have 0");
    return o;
  }();
  return object;
}

const Object<PreemptionSpec>& preemption_object() {
  static const Object<PreemptionSpec> object = [] {
    Object<PreemptionSpec> o{"preemption", "Jobs that do not wait for running jobs of others, but stop them."};
    Need remove = otherwise("`false`");
    remove.only_in_merges = "there is nothing of this name to remove";
    o.field("name", &PreemptionSpec::name, identifier(), required(), "Name in messages");
    o.field("by", &PreemptionSpec::by, one_or_more(label_text()), required(),
            "Whose jobs do not wait: those that carry any of these. Besides labels, `access_class=ID` and "
            "`stream=NAME`");
    o.field("of", &PreemptionSpec::of, one_or_more(label_text()), required(), "Whose running jobs make room");
    o.field("mode", &PreemptionSpec::mode,
            one_of<PreemptionMode>({{"requeue", PreemptionMode::kRequeue}, {"suspend", PreemptionMode::kSuspend}}),
            required(), "A stopped job starts again from the beginning (`requeue`) or where it was (`suspend`)");
    o.field("cost", &PreemptionSpec::cost, duration(true), otherwise("`0 s`"),
            "Time that a stopped job needs on top of what is left, each time that it starts again");
    o.field("remove", &PreemptionSpec::remove, yes(), remove, "Takes the rule of this name out");
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
