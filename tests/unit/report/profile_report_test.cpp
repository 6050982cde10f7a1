#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "gigasim/report/profile.hpp"

using namespace gigasim;

namespace {

scenario::Profile profile() {
  scenario::Criterion size;
  size.name = "size";
  size.title = "H100 equivalents";
  size.lot = "a";
  size.phase = "full";
  size.figure = scenario::SiteFigure::kH100Equivalents;
  size.kind = scenario::AmountKind::kH100;
  size.at_least = 25000.0;
  size.source = "call text";
  size.confidence = "reported";
  scenario::Criterion backup = size;
  backup.name = "backup";
  backup.title = "backup";
  backup.phase.clear();
  backup.figure = scenario::SiteFigure::kLabel;
  backup.kind = scenario::AmountKind::kDuration;
  backup.at_least = 48 * 3600.0;
  scenario::Profile made;
  made.name = "own";
  made.title = "Our call";
  made.lots = {{"a", "a"}};
  made.criteria = {size, backup};
  return made;
}

scenario::Finding finding(std::size_t criterion, scenario::Standing standing) {
  scenario::Finding made;
  made.site = "sines";
  made.lot = "a";
  made.criterion = criterion;
  made.standing = standing;
  return made;
}

/// 5,000 short of 25,000, and nothing said of backup.
report::Bid small_bid() {
  scenario::Finding size = finding(0, scenario::Standing::kMissed);
  size.found = 20000.0;
  size.margin = -5000.0;
  scenario::Finding backup = finding(1, scenario::Standing::kNotSaid);
  backup.why = "the label backup is not given";
  return {"small", {size, backup}};
}

report::Bid large_bid() {
  scenario::Finding size = finding(0, scenario::Standing::kHolds);
  size.found = 26000.0;
  size.margin = 1000.0;
  return {"large", {size}};
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a bid's report says what is missed, by how much, and what cannot be judged", "[report][profile]") {
  const std::string text = report::profile_report(profile(), {small_bid()}, report::Format::kTable, {false, 200});
  CHECK(holds(text, "at least 25,000 H100"));
  CHECK(holds(text, "✗ 20,000 H100, missed by 5,000 H100"));
  CHECK(holds(text, "? cannot be judged: the label backup is not given"));
  CHECK(holds(text, "small, sines for a: 0 of 2 required criteria hold, 1 missed, 1 cannot be judged"));
}

TEST_CASE("bids stand side by side, one column each", "[report][profile]") {
  const std::string table =
      report::profile_report(profile(), {small_bid(), large_bid()}, report::Format::kTable, {false, 200});
  CHECK(holds(table, "✗ 20,000 H100 (-5,000)  ✓ 26,000 H100 (+1,000)"));
  const std::string markdown =
      report::profile_report(profile(), {small_bid(), large_bid()}, report::Format::kMarkdown, {});
  CHECK(holds(markdown, "| ✗ 20,000 H100, missed by 5,000 H100 | ✓ 26,000 H100, 1,000 H100 to spare |"));
  CHECK(holds(markdown, "| ? cannot be judged: the label backup is not given | - |"));
}

TEST_CASE("the JSON of a check has numbers in base units with source and confidence", "[report][profile]") {
  const auto parsed =
      nlohmann::json::parse(report::profile_report(profile(), {small_bid()}, report::Format::kJson, {}));
  const auto& size = parsed["bids"][0]["findings"][0];
  CHECK(size["verdict"] == "missed");
  CHECK(size["unit"] == "H100");
  CHECK(size["found"] == 20000.0);
  CHECK(size["margin"] == -5000.0);
  CHECK(size["confidence"] == "reported");
  const auto& backup = parsed["bids"][0]["findings"][1];
  CHECK(backup["verdict"] == "cannot be judged");
  CHECK(backup["unit"] == "s");
  CHECK(backup["at_least"] == 172800.0);
  CHECK(backup["phase"].is_null());
  CHECK(backup["found"].is_null());
}
