#include "gigasim/scenario/policy_settings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "declare_priority.hpp"
#include "declare_queueing.hpp"
#include "gigasim/scenario/load.hpp"
#include "resolve.hpp"
#include "set_path.hpp"

namespace gigasim::scenario {
namespace {

/// A scenario of which only the rules of queue policies are there.
struct RulesSpec {
  Origin at;
  BackfillSpec backfill;
  std::optional<PrioritySpec> priority;
};
struct RulesOfScenarioSpec {
  Origin at;
  RulesSpec scheduling;
};

/// Factors are of names that a scenario has declared; here there is none.
bool names_others(std::string_view path) {
  constexpr std::array<std::string_view, 2> kFactors{"scheduling.priority.classes", "scheduling.priority.levels"};
  return std::any_of(kFactors.begin(), kFactors.end(), [&](std::string_view key) { return path.starts_with(key); });
}

}  // namespace

void set_policy_rules(const std::vector<std::pair<std::string, std::string>>& set, Scheduling& scheduling) {
  Object<RulesSpec> rules{"rules", ""};
  rules.map("backfill", &RulesSpec::backfill, backfill_object(), otherwise(""));
  rules.map("priority", &RulesSpec::priority, priority_object(), otherwise(""));
  Object<RulesOfScenarioSpec> object{"rules-of-scenario", ""};
  object.map("scheduling", &RulesOfScenarioSpec::scheduling, rules, otherwise(""));
  Diagnostics diagnostics;
  YamlNode tree = map_node(Origin{});
  for (const auto& setting : set) {
    if (!names_others(setting.first)) {
      set_path(tree, setting, diagnostics);
      continue;
    }
    diagnostics.error(origin_of_setting(setting), setting.first,
                      "needs a scenario: a log has no access classes and labels");
  }
  Context context{diagnostics, Flavour::kPartial};
  const RulesOfScenarioSpec spec = object.read(tree, context);
  if (diagnostics.num_errors() > 0) throw ScenarioError{diagnostics.errors()};
  const BackfillSpec& backfill = spec.scheduling.backfill;
  scheduling.queues.backfill = {backfill.depth.value, backfill.window.value};
  if (spec.scheduling.priority) scheduling.priority = priority_rules_of(*spec.scheduling.priority);
}

}  // namespace gigasim::scenario
