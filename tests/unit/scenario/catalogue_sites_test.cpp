#include <algorithm>
#include <catch2/catch.hpp>

#include "gigasim/catalogue/catalogue.hpp"
#include "scenario_files.hpp"

using namespace gigasim::scenario;
using Messages = std::vector<std::string>;

namespace {

std::string with_sites(const std::string& sites) {
  return "gigasim: 1\nperiod: { start: 2028-01-01, length: 30 d }\nsites:\n" + sites +
         "workload:\n  streams: [{ name: a, demand: { load: 50 % }, mix: [seren.eval] }]\n";
}

const Site& site_named(const Scenario& s, const std::string& name) {
  const auto found = std::find_if(s.sites.begin(), s.sites.end(), [&](const Site& one) { return one.name == name; });
  REQUIRE(found != s.sites.end());
  return *found;
}

}  // namespace

TEST_CASE("a kind stands for all its rows, each with the row's facts", "[scenario][catalogue]") {
  const auto loaded = load_text(with_sites("  - catalogue: ai-factories\n"));
  const auto* table = gigasim::catalogue::find_table("ai-factories");
  REQUIRE(loaded.scenario.sites.size() == table->rows.size());
  for (const auto& row : table->rows) {
    const Site& one = site_named(loaded.scenario, row.id());
    CHECK(one.title == row["name"]);
    CHECK(one.country == row["country"]);
    CHECK(one.location.lat_deg == row.number("lat"));
    CHECK(one.wan_attach == row["wan_node"]);
    CHECK(one.pue == row.number("pue").value_or(1.2));
    REQUIRE(one.partitions.size() == 1);
    CHECK(static_cast<double>(one.partitions[0].count) == row.number("count"));
    CHECK(one.online.has_value() == !row["online"].empty());
  }
}

TEST_CASE("a value from the catalogue cites its row, its confidence and its source", "[scenario][catalogue]") {
  const auto loaded = load_text(with_sites("  - catalogue: jaif\n"));
  const auto* row = gigasim::catalogue::find_table("ai-factories")->find("jaif");
  const std::string path = "sites[jaif].partitions[" + loaded.scenario.sites[0].partitions[0].name + "].count";
  CHECK(origin_of(loaded, path) == "catalogue ai-factories/jaif (" + (*row)["count_conf"] + "): " + (*row)["source"]);
  CHECK(origin_of(loaded, "sites[jaif].country") ==
        "catalogue ai-factories/jaif (" + (*row)["confidence"] + "): " + (*row)["source"]);
}

TEST_CASE("other keys of the entry hold for each site, and a further entry changes one", "[scenario][catalogue]") {
  const auto s =
      load_text(
          with_sites("  - { name: jaif, pue: 1.07 }\n  - { catalogue: ai-factories, pue: 1.5, labels: { set: eu } }\n"
                     "  - { name: hammerhai, remove: true }\n"))
          .scenario;
  CHECK(site_named(s, "lumi-aif").pue == 1.5);
  CHECK(site_named(s, "lumi-aif").labels.at("set") == "eu");
  CHECK(site_named(s, "jaif").pue == 1.07);
  CHECK(site_named(s, "jaif").labels.at("set") == "eu");
  CHECK(std::none_of(s.sites.begin(), s.sites.end(), [](const Site& one) { return one.name == "hammerhai"; }));
}

TEST_CASE("one row beside its kind changes that site only by its own keys", "[scenario][catalogue]") {
  const auto s =
      load_text(
          with_sites(
              "  - { catalogue: ai-factories, pue: 1.5 }\n  - { catalogue: jaif, storage: { capacity: 1 PB } }\n"))
          .scenario;
  CHECK(site_named(s, "jaif").pue == 1.5);
  CHECK(site_named(s, "jaif").storage_capacity == gigasim::units::Bytes{1e15});
}

TEST_CASE("antennas have users and no accelerators", "[scenario][catalogue]") {
  const auto s = load_text(with_sites("  - catalogue: ai-factories\n  - catalogue: antennas\n")).scenario;
  const Site& malta = site_named(s, "mt");
  CHECK(malta.kind == SiteKind::kAntenna);
  CHECK(malta.partitions.empty());
}

TEST_CASE("a supercomputer may be taken under another name", "[scenario][catalogue]") {
  const auto s = load_text(with_sites("  - { catalogue: leonardo, name: leo }\n")).scenario;
  CHECK(s.sites.at(0).name == "leo");
  CHECK(s.sites[0].kind == SiteKind::kSupercomputer);
}

TEST_CASE("a gigafactory candidate needs the partitions that nobody has published", "[scenario][catalogue]") {
  CHECK(complaints(with_sites("  - catalogue: pt-sines\n")) ==
        Messages{"case.yaml:4:5: sites[pt-sines]: needs at least one partition (only kind: antenna has none)"});
  const auto s =
      load_text(with_sites("  - { catalogue: pt-sines, partitions: [{ accelerator: GB300, count: 40000 }] }\n"))
          .scenario;
  CHECK(s.sites[0].kind == SiteKind::kGigafactory);
}

TEST_CASE("a mistake that holds for all sites of a kind is one message", "[scenario][catalogue]") {
  CHECK(complaints(with_sites("  - { catalogue: ai-factories, pue: 4 }\n")).size() == 1);
}

TEST_CASE("a whole kind cannot have a name", "[scenario][catalogue]") {
  const auto messages = complaints(with_sites("  - catalogue: antennas\n    name: all\n  - catalogue: jaif\n"));
  CHECK(messages == Messages{"case.yaml:5:5: sites[all].name: all sites of antennas cannot have one name"});
}
