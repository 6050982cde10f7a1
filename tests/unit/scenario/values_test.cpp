#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace gigasim::scenario;
using namespace gigasim::units;
using Messages = std::vector<std::string>;

namespace {

std::string site(const std::string& keys) {
  return with("{ start: 2027-01-01, length: 30 d }", "    partitions: [{ accelerator: GH200, count: 1024 }]\n" + keys,
              "  streams: [{ name: research, demand: { load: 50 % }, mix: [seren.eval] }]");
}

}  // namespace

TEST_CASE("the ten lines of a first scenario are enough, and everything else has its default", "[scenario][values]") {
  const auto loaded = load_text(simple());
  const Scenario& s = loaded.scenario;
  CHECK(s.name == "case");
  CHECK(s.seed == 1);
  CHECK(s.period.warm_up == Seconds{0});
  const Site& athens = s.sites.at(0);
  CHECK(athens.title == "athens");
  CHECK(athens.kind == SiteKind::kFactory);
  CHECK(athens.pue == 1.2);
  CHECK(athens.storage_capacity == Bytes{100e15});
  CHECK(athens.storage_bandwidth == BytesPerSecond{1e12});
  CHECK(athens.spine_bandwidth == BytesPerSecond{1024 * 25e9});
  CHECK(athens.wan_access == BytesPerSecond{50e9});
  CHECK(athens.wan_attach == "nren_gr");
  CHECK(athens.partitions.at(0).name == "gh200-96");
  CHECK(athens.partitions[0].per_node == 4);
  CHECK(athens.partitions[0].pod == 128);
  CHECK(athens.partitions[0].idle_power < athens.partitions[0].full_power);
  CHECK(s.scheduling == Scheduling{});
  CHECK(s.network == Network{});
  CHECK(loaded.warnings.empty());
}

TEST_CASE("each value cites its origin: file and line, catalogue row, or default", "[scenario][values]") {
  const auto loaded = load_text(simple());
  CHECK(origin_of(loaded, "sites[athens].partitions[gh200-96].count").ends_with("case.yaml:7"));
  CHECK(origin_of(loaded, "sites[athens].partitions[gh200-96].per_node")
            .starts_with("catalogue accelerators/GH200-96 (medium): "));
  CHECK(origin_of(loaded, "sites[athens].pue") == "default");
  CHECK(value_of(loaded, "sites[athens].pue") == "1.2");
}

TEST_CASE("a run uses the best value of a range, and the range is noted", "[scenario][values]") {
  const auto loaded = load_text(site("    pue: { best: 1.3, low: 1.1, high: 1.4, source: \"press, 2026\" }\n"));
  CHECK(loaded.scenario.sites[0].pue == 1.3);
  REQUIRE(loaded.ranges.size() == 1);
  CHECK(loaded.ranges[0].path == "sites[athens].pue");
  CHECK(loaded.ranges[0].best == "1.3");
  CHECK(loaded.ranges[0].low == "1.1");
  CHECK(loaded.ranges[0].high == "1.4");
  CHECK(loaded.ranges[0].source == "press, 2026");
}

TEST_CASE("numbers, quantities, percentages and dates may all be ranges", "[scenario][values]") {
  const auto loaded =
      load_text(with("{ start: 2027-01-01, length: { best: 30 d, low: 1 d } }",
                     "    online: { best: 2026-05-01, low: 2026-03-01, high: 2027 }\n"
                     "    partitions: [{ accelerator: GH200, count: { best: 8, high: 16 } }]",
                     "  streams: [{ name: a, arrivals: { rate: { best: 2 jobs/h, low: 1 jobs/h } }, "
                     "job: { accelerators: { best: 4, low: 1 }, runtime: { best: 1 h, high: 2 h } } }]"));
  CHECK(loaded.scenario.period.length == Seconds{30 * 86400.0});
  CHECK(loaded.scenario.sites[0].partitions[0].count == 8);
  CHECK(loaded.scenario.workload.streams[0].classes[0].sizes == SizePmf{{4, 1.0}});
  std::vector<std::string> paths;
  for (const RangeNote& note : loaded.ranges) paths.push_back(note.path);
  CHECK(std::count(paths.begin(), paths.end(), "sites[athens].online") == 1);
  CHECK(std::count(paths.begin(), paths.end(), "period.length") == 1);
  CHECK(std::count(paths.begin(), paths.end(), "workload.streams[a].job.runtime") == 1);
}

TEST_CASE("a vague date means its middle, with its ends as the range", "[scenario][values]") {
  // 2026-Q4 has 92 days: 1 October + 46 d = 16 November.
  const auto loaded = load_text(site("    online: 2026-Q4\n"));
  CHECK(format_utc(*loaded.scenario.sites[0].online) == "2026-11-16");
  REQUIRE(loaded.ranges.size() == 1);
  CHECK(loaded.ranges[0].low == "2026-10-01");
  CHECK(loaded.ranges[0].high == "2027-01-01");
}

TEST_CASE("durations are rounded up to the time grid", "[scenario][values]") {
  // 0.1 s = 102.4 ticks of 1/1024 s, so 103 ticks.
  const auto loaded = load_text(
      with("{ start: 2027-01-01, length: 30 d }", "    partitions: [{ accelerator: GH200, count: 8 }]",
           "  streams: [{ name: a, arrivals: { rate: 1 jobs/h }, job: { accelerators: 8, runtime: 0.1 s } }]"));
  CHECK(std::get<ConstantRuntime>(loaded.scenario.workload.streams[0].classes[0].runtime).value ==
        Seconds{103.0 / 1024.0});
}

TEST_CASE("Norway is a country and not a truth value", "[scenario][values]") {
  const auto loaded = load_text(
      site("  - { name: oslo, country: NO, location: [59.9, 10.7], partitions: [{ accelerator: H100, count: 8 }] }\n"));
  CHECK(loaded.scenario.sites.at(1).country == "NO");
}

TEST_CASE("suspicious but legal input is a warning with its place", "[scenario][values]") {
  const auto never =
      load_text(site("    online: 2030-01-01\n  - { name: b, country: IT, location: [41.9, 12.5], partitions: "
                     "[{ accelerator: H100, count: 1024 }] }\n"));
  REQUIRE(never.warnings.size() == 1);
  CHECK(never.warnings[0].ends_with("case.yaml:8:13: sites[athens]: is never online in the period"));

  // 1000 accelerators x 1 kW x PUE 1.5 = 1.5 MW. 1 MW / 1.5 = 666.7 kW: 666 accelerators, 664 in whole nodes of four.
  const auto hungry =
      load_text(with("{ start: 2027-01-01, length: 30 d }",
                     "    pue: 1.5\n    power: { connection: 1 MW }\n"
                     "    partitions: [{ accelerator: GH200, count: 1000, power: { idle: 100 W, full: 1 kW } }]",
                     "  streams: [{ name: research, demand: { load: 50 % }, mix: [seren.eval] }]"));
  REQUIRE(hungry.warnings.size() == 1);
  CHECK(hungry.warnings[0].ends_with(
      "sites[athens].power.connection: feeds 664 of 1000 accelerators: at full power and PUE 1.5 all need 1.5 MW, the "
      "connection has 1 MW"));

  const auto busy = load_text(simple(), {"", {{"workload.streams[research].demand.load", "100 %"}}});
  REQUIRE(busy.warnings.size() == 1);
  CHECK(busy.warnings[0] ==
        "--set workload.streams[research].demand.load=100 %: workload.streams[research].demand.load: a load of "
        "100 % has no steady state: queues grow for as long as it lasts");
}
