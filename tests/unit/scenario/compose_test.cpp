#include <catch2/catch.hpp>

#include "gigasim/units/digest.hpp"
#include "scenario_files.hpp"

using namespace gigasim::scenario;
using Messages = std::vector<std::string>;

namespace {

std::string base() {
  return R"(gigasim: 1
name: base
seed: 7
period: { start: 2027-01-01, warm_up: 1 d, length: 30 d }
sites:
  - name: athens
    country: GR
    location: [37.72, 24.05]
    labels: { owner: state, size: small }
    partitions:
      - { accelerator: GH200, count: 1024 }
      - { name: old, accelerator: A100, count: 256 }
  - { name: rome, country: IT, location: [41.9, 12.5], partitions: [{ accelerator: H100, count: 512 }] }
workload:
  streams:
    - { name: research, demand: { load: 80 % }, mix: [seren.eval], origin: { GR: 1, IT: 1 } }
    - { name: solver, arrivals: { rate: 4 jobs/h }, job: { accelerators: 8, runtime: { lognormal: { median: 2 h, sigma: 1 } } } }
variants:
  no-rome: { sites: [{ name: rome, remove: true }] }
  big: { sites: [{ name: rome, partitions: [{ name: h100-sxm-80, count: 2048 }] }] }
)";
}

}  // namespace

TEST_CASE("a file that extends another changes only what it says", "[scenario][compose]") {
  const ScenarioFiles files;
  files.write("base.yaml", base());
  const auto loaded = load(files.write("over.yaml", R"(gigasim: 1
extends: base.yaml
period: { length: 60 d }
sites:
  - name: athens
    labels: { size: large }
    partitions: [{ name: old, remove: true }, { name: gh200-96, count: 2048 }]
  - { name: sofia, country: BG, location: [42.7, 23.3], partitions: [{ accelerator: H100, count: 64 }] }
workload:
  streams:
    - { name: research, origin: FR }
    - { name: solver, job: { runtime: { exponential: 1 h } } }
)"));
  const Scenario& s = loaded.scenario;
  CHECK(s.name == "base");
  CHECK(s.seed == 7);
  CHECK(s.period.warm_up == gigasim::units::Seconds{86400});  // maps merge key by key
  CHECK(s.period.length == gigasim::units::Seconds{60 * 86400});
  REQUIRE(s.sites.size() == 3);  // lists of named things merge by name, new ones come last
  CHECK(s.sites[0].name == "athens");
  CHECK(s.sites[2].name == "sofia");
  CHECK(s.sites[0].labels == std::map<std::string, std::string>{{"owner", "state"}, {"size", "large"}});
  REQUIRE(s.sites[0].partitions.size() == 1);     // one taken out
  CHECK(s.sites[0].partitions[0].count == 2048);  // one changed
  CHECK(s.sites[0].partitions[0].accelerator == "GH200-96");
  CHECK(s.workload.streams[0].origin == OriginWeights{{"FR", 1.0}});
  CHECK(std::get<ExponentialRuntime>(s.workload.streams[1].classes[0].runtime).mean == gigasim::units::Seconds{3600});
  CHECK(s.workload.streams[1].classes[0].sizes == SizePmf{{8, 1.0}});
}

TEST_CASE("every file that was read is an input with the digest of its bytes", "[scenario][compose]") {
  const ScenarioFiles files;
  const auto base_file = files.write("base.yaml", base());
  const std::string over = "gigasim: 1\nextends: base.yaml\n";
  const auto file = files.write("over.yaml", over);
  const auto loaded = load(file);
  REQUIRE(loaded.inputs.size() == 2);
  CHECK(loaded.inputs[0].path == file.string());
  CHECK(loaded.inputs[0].digest == gigasim::units::sha256_hex(over));
  CHECK(loaded.inputs[1].path == base_file.string());
  CHECK(loaded.inputs[1].digest == gigasim::units::sha256_hex(base()));
}

TEST_CASE("variants are inherited, merged and listed in file order", "[scenario][compose]") {
  const ScenarioFiles files;
  files.write("base.yaml", base());
  const auto file = files.write("over.yaml", R"(gigasim: 1
extends: base.yaml
variants:
  big: { seed: 9 }
  other: { seed: 10 }
)");
  CHECK(variant_names(file) == std::vector<std::string>{"no-rome", "big", "other"});
  const auto big = load(file, {"big", {}}).scenario;
  CHECK(big.seed == 9);
  CHECK(big.sites[1].partitions[0].count == 2048);
  CHECK(big.variant == "big");
}

TEST_CASE("an inherited variant can be taken out, and one that is not there cannot", "[scenario][compose]") {
  const ScenarioFiles files;
  files.write("base.yaml", base());
  const auto file = files.write("over.yaml", "gigasim: 1\nextends: base.yaml\nvariants:\n  big: { remove: true }\n");
  CHECK(variant_names(file) == std::vector<std::string>{"no-rome"});
  CHECK(complaints(simple() + "variants:\n  big: { remove: true }\n") ==
        Messages{"case.yaml:11:8: variants.big: there is no variant of this name to take out"});
}

TEST_CASE("a variant sees the demand of the file without variant", "[scenario][compose]") {
  const ScenarioFiles files;
  const auto file = files.write("base.yaml", base());
  const double reference = load(file).scenario.workload.reference_accelerators;
  CHECK(reference == 1024 + 256 + 512);
  CHECK(load(file, {"no-rome", {}}).scenario.workload.reference_accelerators == reference);
  CHECK(load(file, {"big", {}}).scenario.workload.reference_accelerators == reference);
  CHECK(load(file, {"", {{"sites[rome].partitions[h100-sxm-80].count", "64"}}})
            .scenario.workload.reference_accelerators == reference);
  CHECK(load(file, {"big", {{"workload.demand.of", "own"}}}).scenario.workload.reference_accelerators ==
        1024 + 256 + 2048);
}

TEST_CASE("an unknown variant is an error that names those there are", "[scenario][compose]") {
  CHECK(complaints(base(), {"no-roma", {}}) ==
        Messages{"case.yaml:19:3: variants: there is no variant \"no-roma\" (did you mean \"no-rome\"?)"});
  CHECK(complaints(simple(), {"x", {}}) ==
        Messages{"case.yaml:1:1: variants: there is no variant \"x\" (the file has none)"});
}

TEST_CASE("a mistake in a variant is found without asking for the variant", "[scenario][compose]") {
  CHECK(complaints(simple() + "variants:\n  a: { seed: -1 }\n") ==
        Messages{"case.yaml:11:14: variants.a.seed: must be at least 0, got -1"});
}

TEST_CASE("a base that has a mistake is named as the place", "[scenario][compose]") {
  const ScenarioFiles files;
  files.write("base.yaml", "gigasim: 1\nseed: x\n");
  try {
    static_cast<void>(
        load(files.write("over.yaml", "gigasim: 1\nextends: base.yaml\nperiod: { start: 2027-01-01, length: 1 d }\n")));
    FAIL("loaded");
  } catch (const ScenarioError& error) {
    REQUIRE(error.messages().size() == 3);
    const std::string folder = files.folder().string();
    CHECK(error.messages()[0] == folder + "/base.yaml:2:7: seed: must be a whole number, got x");
    CHECK(error.messages()[1] == folder + "/over.yaml:1:1: missing key \"sites\"");
    CHECK(error.messages()[2] == folder + "/over.yaml:1:1: missing key \"workload\"");
  }
}

TEST_CASE("upgrades of a grid connection merge by name, can be taken out, and have a name each",
          "[scenario][compose]") {
  const std::string text = R"(gigasim: 1
period: { start: 2027-01-01, length: 10 d }
sites:
  - name: a
    country: LU
    location: [49.6, 6.1]
    power: { connection: 400 kW, upgrades: [{ name: u, date: 2027-01-05, connection: 800 kW }] }
    partitions: [{ accelerator: H100, count: 100 }]
workload: { streams: [{ name: s, arrivals: { rate: 1 jobs/h }, job: { accelerators: 8, runtime: 2 h } }] }
variants:
  more: { sites: [{ name: a, power: { upgrades: [{ name: v, date: 2027-01-08, connection: 900 kW }] } }] }
  none: { sites: [{ name: a, power: { upgrades: [{ name: u, remove: true }] } }] }
)";
  const auto written = [&](const LoadOptions& options) { return to_yaml(load_text(text, options)); };
  const auto has = [](const std::string& yaml, const char* name) {
    return yaml.find(std::string{"name: "} + name + " ") != std::string::npos;
  };
  CHECK(has(written({}), "u"));
  const std::string more = written({"more", {}});
  CHECK(has(more, "u"));
  CHECK(has(more, "v"));
  CHECK_FALSE(has(written({"none", {}}), "u"));
  std::string twice = text;
  const std::string one = "{ name: u, date: 2027-01-05, connection: 800 kW }";
  twice.insert(twice.find(one), "{ name: u, date: 2027-01-04, connection: 700 kW }, ");
  const Messages told = complaints(twice);
  REQUIRE(told.size() == 1);
  CHECK(told.front().find("a second upgrade of the name \"u\" (first at line 7)") != std::string::npos);
}
