#include <catch2/catch.hpp>

#include "gigasim/scenario/load.hpp"
#include "scenario_files.hpp"

using namespace gigasim::scenario;
using gigasim::units::Seconds;

namespace {

/// One site and three streams, with these lines under `scheduling`.
std::string three_streams(const std::string& scheduling) {
  return R"(gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites: [{ name: athens, country: GR, location: [38, 24], partitions: [{ accelerator: GH200, count: 1000 }] }]
workload:
  demand: { load: 80 % }
  streams:
    - { name: big, share: 20 %, mix: [seren.eval], access_class: aif_large_scale, labels: { qos: high } }
    - { name: small, share: 20 %, mix: [seren.eval], access_class: aif_fast_lane, labels: { user_type: sme } }
    - { name: rest, mix: [seren.eval], labels: { user_type: research } }
scheduling:
)" + scheduling;
}

constexpr const char* kFull = R"(  queue_policy: multifactor
  priority: { age: 100, age_limit: 3 d, size: 2.5, favour_small: true, access_class: 10, classes: { aif_fast_lane: 0.8 },
    fair_share: 1000, half_life: 14 d, qos: 5, levels: { high: 1 } }
  preemption:
    - { name: urgent, by: access_class=aif_large_scale, of: [user_type=research, stream=small], mode: suspend, cost: 10 min }
)";

}  // namespace

TEST_CASE("priority says what multifactor weighs", "[scenario][priority]") {
  const auto loaded = load_text(three_streams(kFull));
  const PriorityRules expected{100,
                               2.5,
                               10,
                               1000,
                               5,
                               Seconds{3 * 86400.0},
                               Seconds{14 * 86400.0},
                               true,
                               {{"aif_fast_lane", 0.8}},
                               {{"high", 1.0}}};
  CHECK(loaded.scenario.scheduling.priority == expected);
  CHECK(loaded.warnings.empty());
}

TEST_CASE("a preemption rule knows the streams that its labels mean", "[scenario][preemption]") {
  const auto loaded = load_text(three_streams(kFull));
  REQUIRE(loaded.scenario.scheduling.preemption.size() == 1);
  const Preemption& rule = loaded.scenario.scheduling.preemption.front();
  CHECK(rule.by_streams == std::vector<std::int32_t>{0});
  CHECK(rule.of_streams == std::vector<std::int32_t>{1, 2});
  CHECK(rule.mode == PreemptionMode::kSuspend);
  CHECK(rule.cost == Seconds{600});
}

TEST_CASE("without a word, age and fair share count alike, limits are Slurm's, and nobody is preempted",
          "[scenario][priority]") {
  const auto loaded = load_text(three_streams("  queue_policy: multifactor\n"));
  const PriorityRules& rules = loaded.scenario.scheduling.priority;
  CHECK(rules.age == 1.0);
  CHECK(rules.fair_share == 1.0);
  CHECK(rules.size == 0.0);
  CHECK(rules.age_limit == Seconds{7 * 86400.0});
  CHECK(rules.half_life == Seconds{7 * 86400.0});
  CHECK(loaded.scenario.scheduling.preemption.empty());
}

TEST_CASE("a scenario with priority and preemption reads back from its resolved form", "[scenario][priority]") {
  const auto loaded = load_text(three_streams(kFull));
  const auto again = load_text(to_yaml(loaded));
  CHECK(again.scenario.scheduling.priority == loaded.scenario.scheduling.priority);
  CHECK(again.scenario.scheduling.preemption == loaded.scenario.scheduling.preemption);
}

TEST_CASE("a variant changes and removes preemption rules by name", "[scenario][preemption]") {
  const std::string text = three_streams(kFull) + R"(variants:
  dearer: { scheduling: { preemption: [{ name: urgent, cost: 1 h }] } }
  none: { scheduling: { preemption: [{ name: urgent, remove: true }] } }
)";
  CHECK(load_text(text, {"dearer", {}, {}}).scenario.scheduling.preemption.front().cost == Seconds{3600});
  CHECK(load_text(text, {"none", {}, {}}).scenario.scheduling.preemption.empty());
}

TEST_CASE("weights that nobody reads are warned of", "[scenario][priority]") {
  const auto loaded = load_text(three_streams("  priority: { age: 1 }\n"));
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0].ends_with("scheduling.priority: has no effect: only queue_policy multifactor reads it"));
}
