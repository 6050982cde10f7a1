#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace gigasim::scenario;
using Messages = std::vector<std::string>;

namespace {

LoadOptions set(std::string path, std::string value) {
  return {"", {{std::move(path), std::move(value)}}};
}

}  // namespace

TEST_CASE("the option --set puts a value in by name or index, and makes maps on the way", "[scenario][set]") {
  CHECK(load_text(simple(), set("sites[athens].pue", "1.5")).scenario.sites[0].pue == 1.5);
  CHECK(load_text(simple(), set("sites[0].pue", "1.5")).scenario.sites[0].pue == 1.5);
  CHECK(load_text(simple(), set("sites[athens].partitions[gh200-96].count", "64"))
            .scenario.sites[0]
            .partitions[0]
            .count == 64);
  CHECK(load_text(simple(), set("sites[athens].power.connection", "9 MW")).scenario.sites[0].connection ==
        gigasim::units::Watts{9e6});
  CHECK(load_text(simple(), set("scheduling", "{ broker: nearest }")).scenario.scheduling.broker == "nearest");
}

TEST_CASE("the option --set comes after the variant, and the last one counts", "[scenario][set]") {
  const LoadOptions options{"a", {{"seed", "5"}, {"seed", "6"}}};
  CHECK(load_text(simple() + "variants: { a: { seed: 4 } }\n", options).scenario.seed == 6);
}

TEST_CASE("the option --set can take an item of a named list out", "[scenario][set]") {
  const std::string two =
      with("{ start: 2027-01-01, length: 30 d }",
           "    partitions: [{ accelerator: GH200, count: 1024 }, { name: old, accelerator: A100, count: 8 }]",
           "  streams: [{ name: research, demand: { load: 80 % }, mix: [seren.eval] }]");
  CHECK(load_text(two, set("sites[athens].partitions[old].remove", "true")).scenario.sites[0].partitions.size() == 1);
}

TEST_CASE("a resolved value tells that it came by --set", "[scenario][set]") {
  CHECK(origin_of(load_text(simple(), set("seed", "5")), "seed") == "--set");
}

TEST_CASE("mistakes of --set have it as their place", "[scenario][set]") {
  CHECK(complaints(simple(), set("workload.demand.lod", "95 %")) ==
        Messages{"--set workload.demand.lod=95 %: workload.demand.lod: unknown key (did you mean \"load\"?)"});
  CHECK(complaints(simple(), set("sites[athen].pue", "1.1")) ==
        Messages{"--set sites[athen].pue=1.1: sites: there is no item \"athen\" (did you mean \"athens\"?)"});
  CHECK(
      complaints(simple(), set("sites.athens.pue", "1.1")) ==
      Messages{"--set sites.athens.pue=1.1: sites: is a list, so it has no key \"athens\" (write an item as [name])"});
  CHECK(complaints(simple(), set("period[0]", "1")) ==
        Messages{"--set period[0]=1: period: is not a list, so it has no item \"0\""});
  CHECK(complaints(simple(), set("sites[", "1")) == Messages{"--set sites[=1: not a path such as sites[athens].pue"});
  CHECK(complaints(simple(), set("extends", "x")) == Messages{"--set extends=x: extends: cannot be set"});
  CHECK(complaints(simple(), set("seed", "")) == Messages{"--set seed=: seed: has no value"});
  CHECK(complaints(simple(), set("seed", "[1")) ==
        Messages{"--set seed=[1: seed: a key must be a text, got a list (is a bracket not closed?)"});
}
