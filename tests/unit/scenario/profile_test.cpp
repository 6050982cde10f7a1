#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "gigasim/scenario/profile_check.hpp"
#include "scenario_files.hpp"

using namespace gigasim::scenario;

namespace {

const std::string kBids = GIGASIM_SOURCE_DIR "/tests/tender/bids.yaml";

std::vector<Finding> findings_of(const std::string& variant) {
  return check_site(load_profile("gigafactory-2026"), load(kBids, {variant, {}, metrics_of_tests()}), "fjord");
}

const Finding& finding(const std::vector<Finding>& all, const std::string& criterion) {
  static const Profile profile = load_profile("gigafactory-2026");
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Finding& f) { return profile.criteria[f.criterion].name == criterion; });
  if (found == all.end()) FAIL("no criterion " << criterion);
  return *found;
}

void check(const std::vector<Finding>& all, const std::string& criterion, double found, double margin) {
  INFO(criterion);
  const Finding& one = finding(all, criterion);
  REQUIRE(one.found);
  CHECK(*one.found == Approx(found));
  CHECK(*one.margin == Approx(margin).margin(1e-9));
  CHECK(one.standing == (margin >= 0.0 ? Standing::kHolds : Standing::kMissed));
}

std::string messages_of(const ScenarioFiles& folder, const std::string& text) {
  const std::string file = folder.write("profile.yaml", text).string();
  try {
    static_cast<void>(load_profile(file));
  } catch (const ScenarioError& error) {
    std::string all;
    for (const std::string& message : error.messages()) all += message.substr(message.find("profile.yaml")) + "\n";
    return all;
  }
  return "(no error)";
}

const char* const kHead = "gigasim_profile: 1\nname: own\nsource: us\nconfidence: ours\nlots: [{ name: a }]\n";

}  // namespace

TEST_CASE("a bid that holds everything is judged with the margins worked out by hand", "[scenario][profile]") {
  const auto all = findings_of("");
  // First 10,000 x 2.5 = 25,000 H100 and 20 MW; both 63,000 x 2.5 = 157,500 and 126 MW, of 144 MW 87.5 %.
  check(all, "h100-1-1", 25000, 0);
  check(all, "h100-1-2", 157500, 82500);
  check(all, "it-load-1-1", 20e6, 5e6);
  check(all, "it-load-1-2", 126e6, 6e6);
  check(all, "it-share", 0.875, 0.025);
  check(all, "pue", 1.1, 0.15);
  CHECK(finding(all, "pue").excellent);
  check(all, "eu-money-1-1", 100e6, 0);
  check(all, "eu-money-1-2", 300e6, 100e6);
  check(all, "eu-share", 0.17, 0);
  check(all, "backup", 72 * 3600.0, 24 * 3600.0);
  CHECK(finding(all, "backup").excellent);
  CHECK(all.size() == 11);  // ten required or measured ones and the installed load; none of lot 2
  CHECK(passes(load_profile("gigafactory-2026"), all, false));
}

TEST_CASE("a bid misses each criterion by the amount worked out by hand", "[scenario][profile]") {
  const auto all = findings_of("short");
  // First 7,000 x 2.5 = 17,500 H100 and 14 MW; both 29,000 x 2.5 = 72,500 and 58 MW, of 100 MW 58 %.
  check(all, "h100-1-1", 17500, -7500);
  check(all, "h100-1-2", 72500, -2500);
  check(all, "it-load-1-1", 14e6, -1e6);
  check(all, "it-load-1-2", 58e6, -62e6);
  check(all, "it-share", 0.58, -0.27);
  check(all, "pue", 1.4, -0.15);
  check(all, "eu-money-1-1", 120e6, -20e6);
  check(all, "eu-money-1-2", 450e6, -50e6);
  check(all, "eu-share", 0.185, -0.015);
  check(all, "backup", 24 * 3600.0, -24 * 3600.0);
  CHECK_FALSE(passes(load_profile("gigafactory-2026"), all, true));
}

TEST_CASE("what a bid does not say cannot be judged and does not pass", "[scenario][profile]") {
  const auto vague = findings_of("vague");
  CHECK(finding(vague, "backup").standing == Standing::kNotSaid);
  CHECK(finding(vague, "backup").why == "the label backup is \"two days\", not a duration such as 48 h");
  CHECK(finding(vague, "eu-share").why == "the label eu_capital_share is \"17 MEUR\", not a percentage such as 85 %");
  const Profile profile = load_profile("gigafactory-2026");
  CHECK_FALSE(passes(profile, vague, false));
  CHECK(passes(profile, vague, true));
}

TEST_CASE("a default is no statement of the bidder, and without a lot every lot is judged", "[scenario][profile]") {
  const ScenarioFiles folder;
  const auto file = folder.write("bare.yaml", R"(gigasim: 1
period: { start: 2029-01-01, length: 1 d }
sites:
  - { name: bare, kind: gigafactory, country: FI, location: [61.5, 21.8], partitions: [{ accelerator: GB300, count: 100000 }] }
workload: { streams: [{ name: jobs, demand: { load: 50 % }, job: { accelerators: 8, runtime: 1 h } }] }
)");
  const Profile profile = load_profile("gigafactory-2026");
  const auto all = check_site(profile, load(file, {"", {}, metrics_of_tests()}), "bare");
  CHECK(all.size() == 22);  // eleven of each lot
  CHECK(finding(all, "pue").why == "pue is not given");
  CHECK(finding(all, "it-share").why == "power.connection is not given");
  CHECK(finding(all, "eu-share").why == "the label eu_capital_share is not given");
  CHECK(finding(all, "h100-2-2").standing == Standing::kHolds);
}

TEST_CASE("a lot that the profile does not have is an error at the site's labels", "[scenario][profile]") {
  const auto loaded = load(kBids, {"", {{"sites[fjord].labels", "{ lot: lot-3 }"}}, metrics_of_tests()});
  CHECK_THROWS_WITH(check_site(load_profile("gigafactory-2026"), loaded, "fjord"),
                    "--set: sites[fjord].labels.lot: the profile gigafactory-2026 has no lot \"lot-3\" (did you mean "
                    "\"lot-1\"?)");
}

TEST_CASE("every criterion of the built-in profile has a source and a confidence", "[scenario][profile]") {
  for (const std::string& name : builtin_profiles()) {
    for (const Criterion& criterion : load_profile(name).criteria) {
      CHECK_FALSE(criterion.source.empty());
      CHECK(criterion.confidence == "reported");
    }
  }
}

TEST_CASE("each mistake of a profile is one clear line", "[scenario][profile]") {
  const ScenarioFiles folder;
  const std::string head = kHead;
  CHECK(messages_of(folder, head + "criteria: [{ name: x, figure: it_load, at_least: 120, counts: required }]\n") ==
        "profile.yaml:6:50: criteria[x]: must be a power such as 120 MW, got 120\n");
  CHECK(
      messages_of(folder, head + "criteria: [{ name: x, figure: it_load, at_least: much, counts: required }]\n") ==
      "profile.yaml:6:12: criteria[x]: needs at_least or at_most\n"
      "profile.yaml:6:50: criteria[x].at_least: must be an amount such as 25000 H100, 120 MW, 85 %, 48 h, 500 MEUR or "
      "1.10, got much\n");
  CHECK(messages_of(folder, head + "criteria: [{ name: x, figure: pue, at_most: 1.2, lot: b, counts: required }]\n") ==
        "profile.yaml:6:55: criteria[x]: there is no lot \"b\" (did you mean \"a\"?)\n");
  CHECK(messages_of(folder, head + "criteria: [{ name: x, figure: label, at_most: 17 %, counts: required }]\n") ==
        "profile.yaml:6:12: criteria[x]: \"figure: label\" needs the key \"label\"\n");
  CHECK(
      messages_of(folder, head + "criteria: [{ name: x, figure: pue, at_most: 1, at_least: 2, counts: required }]\n") ==
      "profile.yaml:6:45: criteria[x]: at_most is below at_least: nothing can hold\n");
  CHECK(messages_of(folder, "name: own\n")
            .starts_with("profile.yaml:1:1: missing key \"gigasim_profile\" (the version of the format: "
                         "\"gigasim_profile: 1\")\n"));
  CHECK_THROWS_WITH(load_profile("gigafactory-2027"),
                    "gigafactory-2027: file not found (did you mean \"gigafactory-2026\"?)");
}
