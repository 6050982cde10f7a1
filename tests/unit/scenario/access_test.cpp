#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace gigasim::scenario;
using gigasim::units::Seconds;
using Names = std::vector<std::string>;

namespace {

/// Two sites and three streams, with `more` at the end.
std::string two_sites(const std::string& more) {
  return R"(gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites:
  - { name: athens, country: GR, location: [38, 24], partitions: [{ accelerator: GH200, count: 1000 }] }
  - { name: sines, kind: gigafactory, country: PT, location: [38, -9], partitions: [{ accelerator: GH200, count: 1000 }] }
  - { name: malta, kind: antenna, country: MT, location: [36, 14] }
workload:
  demand: { load: 80 % }
  streams:
    - { name: a, share: 20 %, mix: [seren.eval], labels: { user_type: sme } }
    - { name: b, share: 20 %, mix: [seren.eval], labels: { user_type: startup }, access_class: aif_fast_lane }
    - { name: c, mix: [seren.eval] }
)" + more;
}

std::vector<Privilege> privileges_of(const std::string& list) {
  return load_text(two_sites("scheduling: { privileges: [" + list + "] }\n")).scenario.scheduling.privileges;
}

}  // namespace

TEST_CASE("a privilege has its defaults: nothing reserved, lent for four hours, no priority, everywhere",
          "[scenario][privilege]") {
  const auto privilege = privileges_of("{ name: p, label: user_type=sme, reserve: 10 % }").at(0);
  CHECK(privilege.labels == Names{"user_type=sme"});
  CHECK(privilege.reserve == 0.1);
  CHECK(privilege.unused == UnusedReserve::kLent);
  CHECK(privilege.lend_up_to == Seconds{4 * 3600});
  CHECK_FALSE(privilege.priority);
  CHECK(privilege.sites == Names{"athens", "sines"});  // an antenna has nothing to reserve
}

TEST_CASE("a privilege may hold at some sites or kinds of sites", "[scenario][privilege]") {
  CHECK(privileges_of("{ name: p, label: stream=a, reserve: 1 %, at_sites: sines }").at(0).sites == Names{"sines"});
  CHECK(privileges_of("{ name: p, label: stream=a, reserve: 1 %, at_kinds: [factory] }").at(0).sites ==
        Names{"athens"});
  CHECK(privileges_of("{ name: p, label: stream=a, reserve: 1 %, at_kinds: factory, at_sites: sines }")
            .at(0)
            .sites.empty());
}

TEST_CASE("a stream has the first privilege that names a label, class or stream of it", "[scenario][privilege]") {
  const auto loaded = load_text(two_sites(R"(scheduling:
  privileges:
    - { name: fast, label: access_class=aif_fast_lane, priority: true }
    - { name: small, label: [user_type=sme, user_type=startup], reserve: 10 % }
)"));
  const auto& streams = loaded.scenario.workload.streams;
  CHECK(streams[0].privilege == 1);
  CHECK(streams[1].privilege == 0);
  CHECK(streams[2].privilege == -1);
  CHECK(loaded.warnings.empty());
}

TEST_CASE("reserves may fill a site and no more", "[scenario][privilege]") {
  CHECK(complaints(two_sites(R"(scheduling:
  privileges:
    - { name: x, label: stream=a, reserve: 60 % }
    - { name: y, label: stream=b, reserve: 40 %, at_sites: athens }
    - { name: z, label: stream=c, reserve: 40.1 %, at_sites: sines }
)")) == Names{"case.yaml:17:44: scheduling.privileges[z].reserve: the reserves at site sines sum to 100.1 %, more than "
              "100 %"});
}

TEST_CASE("a privilege without effect is warned of", "[scenario][privilege]") {
  const auto loaded = load_text(two_sites(R"(scheduling:
  privileges:
    - { name: x, label: stream=a }
    - { name: y, label: stream=b, reserve: 10 %, unused: idle, lend_up_to: 1 h }
)"));
  REQUIRE(loaded.warnings.size() == 2);
  CHECK(loaded.warnings[0].ends_with(
      "scheduling.privileges[x]: has no effect: it neither reserves accelerators nor gives priority"));
  CHECK(loaded.warnings[1].ends_with("scheduling.privileges[y].lend_up_to: has no effect: nothing is lent"));
}

TEST_CASE("privileges merge by name, and a patience replaces the one before", "[scenario][privilege][merge]") {
  const std::string text = two_sites(R"(scheduling:
  privileges:
    - { name: x, label: stream=a, reserve: 10 % }
    - { name: y, label: stream=b, priority: true }
variants:
  v:
    workload: { streams: [{ name: c, patience: { exponential: 2 d } }] }
    scheduling: { privileges: [{ name: y, remove: true }, { name: x, reserve: 20 % }] }
)");
  const auto variant = load_text(text, {"v", {}, {}}).scenario;
  REQUIRE(variant.scheduling.privileges.size() == 1);
  CHECK(variant.scheduling.privileges[0].reserve == 0.2);
  CHECK(variant.workload.streams[1].privilege == -1);
  CHECK(std::get<ExponentialRuntime>(*variant.workload.streams[2].patience).mean == Seconds{2 * 86400.0});
  CHECK_FALSE(load_text(text).scenario.workload.streams[2].patience);
  const auto set = load_text(text, {"", {{"scheduling.privileges[x].reserve", "30 %"}}, {}});
  CHECK(set.scenario.scheduling.privileges[0].reserve == 0.3);
}

TEST_CASE("where a stream is sensitive, all carry the label that tells them apart", "[scenario][trusted]") {
  const auto plain = load_text(two_sites("")).scenario.workload.streams;
  CHECK_FALSE(plain[0].labels.contains("sensitive"));
  const auto loaded = load_text(two_sites("    - { name: d, share: 10 %, mix: [seren.eval], sensitive: true }\n"));
  const auto& streams = loaded.scenario.workload.streams;
  CHECK(streams[0].labels.at("sensitive") == "false");
  CHECK(streams[3].labels.at("sensitive") == "true");
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0].ends_with(
      "workload.streams[d].sensitive: no partition is trusted: all its jobs will be refused"));
}
