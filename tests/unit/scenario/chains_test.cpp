#include <catch2/catch.hpp>

#include "gigasim/units/grid.hpp"
#include "scenario_files.hpp"

using namespace gigasim;
using scenario::SpeedUp;
using units::Seconds;

namespace {

scenario::Loaded with_streams(std::string_view streams) {
  return load_text(with("{ start: 2027-01-01, length: 30 d }", "    partitions: [{ accelerator: GH200, count: 1024 }]",
                        "  streams:\n" + std::string{streams}));
}

scenario::Moulding moulding(std::string_view speed_up) {
  const auto loaded = with_streams(
      "    - { name: s, arrivals: { rate: 1 jobs/h }, job: { accelerators: 16, runtime: 1 h, moldable: { min: 8, max: "
      "50, speed_up: " +
      std::string{speed_up} + " } } }");
  return *loaded.scenario.workload.streams[0].moldable;
}

}  // namespace

TEST_CASE("a stream comes after another one wherever that stands, with its users and no demand of its own",
          "[scenario][chain]") {
  const auto loaded = with_streams(
      "    - { name: eval, after: tune, job: { accelerators: 1, runtime: 1 min } }\n"
      "    - { name: tune, after: pre-train, after_delay: 1 h, mix: seren }\n"
      "    - { name: pre-train, origin: { FR: 1 }, arrivals: { rate: 1 jobs/h }, job: { accelerators: 8, runtime: "
      "1 "
      "h } }");
  const auto& streams = loaded.scenario.workload.streams;
  CHECK(streams[0].after == scenario::JobChain{1, Seconds{0}});
  CHECK(streams[1].after == scenario::JobChain{2, Seconds{3600}});
  CHECK_FALSE(streams[2].after);
  CHECK(streams[0].origin == streams[2].origin);
  CHECK_FALSE(streams[0].arrivals.rate);
  CHECK(loaded.warnings.empty());
  // What is printed reads back as the same scenario.
  CHECK(load_text(scenario::to_yaml(loaded)).scenario == loaded.scenario);
}

TEST_CASE("speed-up curves give the factors of their formulas", "[scenario][moldable]") {
  SpeedUp amdahl{SpeedUp::Law::kAmdahl, 0.05, {}};
  CHECK(amdahl.at(1) == 1.0);
  CHECK(amdahl.at(20) == Approx(1.0 / (0.05 + 0.95 / 20)));
  CHECK(amdahl.at(1'000'000) == Approx(20.0).epsilon(1e-3));
  SpeedUp power{SpeedUp::Law::kPower, 0.5, {}};
  CHECK(power.at(64) == Approx(8.0));
  SpeedUp points{SpeedUp::Law::kPoints, 1.0, {{8, 8.0}, {16, 14.0}}};
  CHECK(points.at(4) == 4.0);  // in proportion below the first
  CHECK(points.at(8) == 8.0);
  CHECK(points.at(12) == 11.0);  // half way
  CHECK(points.at(16) == 14.0);
  CHECK(points.at(64) == 14.0);
  CHECK(SpeedUp{}.at(7) == 7.0);
}

TEST_CASE("candidates are min, twice, four times ... and max", "[scenario][moldable]") {
  CHECK(moulding("linear").candidates() == std::vector<std::int64_t>{8, 16, 32, 50});
  CHECK(scenario::Moulding{4, 4, {}}.candidates() == std::vector<std::int64_t>{4});
  // 1 h on 16 is 1152 s on 50 with linear speed-up, and stays 1 h on 16 to the tick.
  CHECK(moulding("linear").scaled(Seconds{3600}, 16, 50) == units::ceil_to_grid(Seconds{1152}));
  CHECK(moulding("linear").scaled(Seconds{3600.5}, 16, 16) == Seconds{3600.5});
}

TEST_CASE("each form of a speed-up is read and printed", "[scenario][moldable]") {
  CHECK(moulding("linear").speed_up == SpeedUp{});
  CHECK(moulding("{ amdahl: 5 % }").speed_up == SpeedUp{SpeedUp::Law::kAmdahl, 0.05, {}});
  CHECK(moulding("{ power: 0.9 }").speed_up == SpeedUp{SpeedUp::Law::kPower, 0.9, {}});
  CHECK(moulding("{ \"16\": 14, \"8\": 8 }").speed_up == SpeedUp{SpeedUp::Law::kPoints, 1.0, {{8, 8.0}, {16, 14.0}}});
  for (const char* form : {"linear", "{ amdahl: 5 % }", "{ power: 0.9 }", "{ \"8\": 8, \"16\": 14 }"}) {
    const auto loaded = with_streams(
        "    - { name: s, arrivals: { rate: 1 jobs/h }, job: { accelerators: 16, runtime: 1 h, moldable: { min: 8, "
        "max: "
        "50, speed_up: " +
        std::string{form} + " } } }");
    CHECK(load_text(scenario::to_yaml(loaded)).scenario == loaded.scenario);
  }
}
