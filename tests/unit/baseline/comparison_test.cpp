#include <catch2/catch.hpp>

#include "sample_baseline.hpp"

using namespace gigasim::baseline;
using Kind = Change::Kind;
using Tolerance = Rule::Tolerance;
using sample::entry;

namespace {

/// What checking one figure against another comes to.
Kind kind_of(const Entry& before, const Entry& after, const Rule& rule = {"*", Tolerance::kExact, 0.0, ""}) {
  Baseline baseline;
  baseline.snapshot.entries = {before};
  baseline.rules = {rule};
  const Comparison comparison = check(baseline, {{}, {after}});
  REQUIRE(comparison.changes.size() == 1);
  CHECK(comparison.regressed() == (comparison.changes[0].kind == Kind::kMoved));
  return comparison.changes[0].kind;
}

}  // namespace

TEST_CASE("exact means the same bits", "[baseline][comparison]") {
  CHECK(kind_of(entry("energy", 0.1 + 0.2), entry("energy", 0.3)) == Kind::kMoved);
  CHECK(kind_of(entry("energy", 0.3), entry("energy", 0.3)) == Kind::kSame);
}

TEST_CASE("a tolerance holds up to its very edge", "[baseline][comparison]") {
  const Rule quarter{"*", Tolerance::kRelative, 0.25, ""};
  CHECK(kind_of(entry("energy", 8), entry("energy", 10), quarter) == Kind::kWithinTolerance);
  CHECK(kind_of(entry("energy", 8), entry("energy", 6), quarter) == Kind::kWithinTolerance);
  CHECK(kind_of(entry("energy", 8), entry("energy", 10.01), quarter) == Kind::kMoved);
  const Rule minute{"*", Tolerance::kAbsolute, 1, "min"};
  CHECK(kind_of(entry("queue_time_mean", 0), entry("queue_time_mean", 60), minute) == Kind::kWithinTolerance);
  CHECK(kind_of(entry("queue_time_mean", 0), entry("queue_time_mean", 61), minute) == Kind::kMoved);
}

TEST_CASE("no tolerance turns a figure into a lower bound, or into none", "[baseline][comparison]") {
  const Rule loose{"*", Tolerance::kRelative, 10.0, ""};
  CHECK(kind_of(entry("queue_time_p95", 60), entry("queue_time_p95", 60, true), loose) == Kind::kMoved);
  CHECK(kind_of(entry("queue_time_p95", 60), entry("queue_time_p95", std::nullopt), loose) == Kind::kMoved);
  CHECK(kind_of(entry("queue_time_p95", 60, true), entry("queue_time_p95", 60, true), loose) == Kind::kSame);
}

TEST_CASE("a figure that is gone is a regression, a new one is not", "[baseline][comparison]") {
  Baseline baseline = sample::baseline();
  Snapshot now = baseline.snapshot;
  now.entries.erase(now.entries.begin());
  const Comparison gone = check(baseline, now);
  CHECK(gone.regressed());
  REQUIRE(gone.of(Kind::kGone).size() == 1);
  CHECK(gone.of(Kind::kGone)[0]->entry().name == "energy");

  now = baseline.snapshot;
  baseline.snapshot.entries.erase(baseline.snapshot.entries.begin());
  const Comparison is_new = check(baseline, now);
  CHECK_FALSE(is_new.regressed());
  CHECK(is_new.of(Kind::kNew).size() == 1);
}

TEST_CASE("what the rules ignore is not checked", "[baseline][comparison]") {
  Baseline baseline = sample::baseline();
  Snapshot now = baseline.snapshot;
  now.entries[1] = entry("energy{site=jaif}", 7);
  CHECK(check(baseline, now).regressed());
  baseline.rules.push_back({"energy{site=*}", Tolerance::kIgnore, 0.0, ""});
  CHECK_FALSE(check(baseline, now).regressed());
}

TEST_CASE("the most important change comes first", "[baseline][comparison]") {
  const Snapshot before{{},
                        {entry("energy", 100), entry("energy{site=jaif}", 100), entry("jobs_running", 100),
                         entry("queue_time_mean", 100)}};
  const Snapshot after{{},
                       {entry("energy", 101), entry("energy{site=jaif}", 150), entry("jobs_running", 150),
                        entry("queue_time_mean", 150)}};
  std::vector<std::string> order;
  for (const Change& change : diff(before, after).changes) order.push_back(change.entry().name);
  CHECK(order == std::vector<std::string>{"queue_time_mean", "jobs_running", "energy{site=jaif}", "energy"});
}

TEST_CASE("causes tell a changed input from changed code", "[baseline][comparison]") {
  using Lines = std::vector<std::string>;
  const Source before = sample::baseline().snapshot.source;
  CHECK(causes(before, before) == Lines{"same inputs, same version: only the code between releases can differ"});
  Source after = before;
  after.gigasim_version = "0.2.0";
  CHECK(causes(before, after) == Lines{"code changed: gigasim 0.1.0 -> 0.2.0"});
  after = before;
  after.files = {{"eu.yaml", "zz"}, {"new.swf", "cc"}};
  after.catalogue_digest = "decaf";
  CHECK(causes(before, after) == Lines{"input changed: eu.yaml", "input changed: new.swf is new",
                                       "input changed: ../base.yaml is no longer read",
                                       "input changed: the catalogue"});
}

TEST_CASE("checks are one case per group of figures and family of metrics", "[baseline][comparison]") {
  Baseline baseline;
  baseline.rules = {{"*", Tolerance::kExact, 0.0, ""}, {"*{*=*}", Tolerance::kExact, 0.0, ""}};
  baseline.snapshot.entries = {entry("energy{site=jaif}", 1), entry("queue_time_mean", 100),
                               entry("queue_time_p95", 200)};
  Snapshot now = baseline.snapshot;
  now.entries[1] = entry("queue_time_mean", 112);
  const auto suite = to_checks(check(baseline, now), "eu.yaml", "baselines/eu.baseline");
  REQUIRE(suite.cases.size() == 2);
  CHECK(suite.cases[0].group == "network");
  CHECK(suite.cases[0].name == "queue_time");
  CHECK(suite.cases[0].outcome == gigasim::report::CheckOutcome::kFailed);
  CHECK(suite.cases[0].message == "jobs wait 12 % longer on average");
  CHECK(suite.cases[0].file == "baselines/eu.baseline");
  CHECK(suite.cases[1].group == "site=jaif");
  CHECK(suite.cases[1].outcome == gigasim::report::CheckOutcome::kPassed);
}
