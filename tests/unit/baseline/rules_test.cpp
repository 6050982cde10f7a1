#include <catch2/catch.hpp>

#include "sample_baseline.hpp"

using namespace gigasim::baseline;
using Tolerance = Rule::Tolerance;
using sample::entry;

TEST_CASE("a pattern without braces fits the network's figures only", "[baseline][rules]") {
  const Rule all{"*", Tolerance::kExact, 0.0, ""};
  CHECK(all.fits(entry("energy", 1)));
  CHECK_FALSE(all.fits(entry("energy{site=jaif}", 1)));
  const Rule sites{"energy{site=*}", Tolerance::kExact, 0.0, ""};
  CHECK(sites.fits(entry("energy{site=jaif}", 1)));
  CHECK_FALSE(sites.fits(entry("energy_it{site=jaif}", 1)));
  CHECK_FALSE(sites.fits(entry("energy", 1)));
  const Rule middle{"queue_*_p9*", Tolerance::kExact, 0.0, ""};
  CHECK(middle.fits(entry("queue_time_p95", 1)));
  CHECK(middle.fits(entry("queue_time_weighted_p99", 1)));
  CHECK_FALSE(middle.fits(entry("queue_time_mean", 1)));
}

TEST_CASE("the last rule that fits decides", "[baseline][rules]") {
  const std::vector<Rule> rules{{"*", Tolerance::kExact, 0.0, ""},
                                {"energy*", Tolerance::kRelative, 0.02, ""},
                                {"energy_it", Tolerance::kIgnore, 0.0, ""}};
  CHECK(rule_for(rules, entry("peak_power", 1)) == &rules[0]);
  CHECK(rule_for(rules, entry("energy", 1)) == &rules[1]);
  CHECK(rule_for(rules, entry("energy_it", 1)) == nullptr);
  CHECK(rule_for(rules, entry("energy{site=jaif}", 1)) == nullptr);
}

TEST_CASE("tolerances are in the metric's unit, whatever they are written in", "[baseline][rules]") {
  CHECK(Rule{"*", Tolerance::kRelative, 0.02, ""}.allowed(entry("energy", -50)) == 1.0);
  CHECK(Rule{"*", Tolerance::kAbsolute, 2, "h"}.allowed(entry("queue_time_mean", 1)) == 7200.0);
  CHECK(Rule{"*", Tolerance::kAbsolute, 1.5, "GWh"}.allowed(entry("energy", 1)) == 1500.0);
  CHECK(Rule{"*", Tolerance::kAbsolute, 3, "jobs"}.allowed(entry("jobs_finished", 1)) == 3.0);
  CHECK(Rule{"*", Tolerance::kExact, 0, ""}.allowed(entry("energy", 1)) == 0.0);
}

TEST_CASE("a tolerance of a job rate comes in any unit of rates", "[baseline][rules]") {
  CHECK(Rule{"*", Tolerance::kAbsolute, 2, "jobs/h"}.allowed(entry("jobs_per_day", 1)) == Approx(48.0));
}
