#include "gigasim/metrics/expectations.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "distribution.hpp"
#include "gigasim/metrics/registry.hpp"

using namespace gigasim;
using metrics::Distribution;
using metrics::Verdict;
using scenario::Comparison;

namespace {

using Figure = Distribution::Figure;

scenario::Expectation expecting(Comparison comparison, double limit, double high = 0.0) {
  scenario::Expectation made;
  made.metric = "queue_time_p95";
  made.unit = "s";
  made.comparison = comparison;
  const bool upper_only = comparison == Comparison::kLess || comparison == Comparison::kAtMost;
  const bool lower_only = comparison == Comparison::kMore || comparison == Comparison::kAtLeast;
  if (!upper_only) made.low = limit;
  if (!lower_only) made.high = comparison == Comparison::kWithin ? high : limit;
  return made;
}

metrics::ExpectationOutcome outcome_of(const scenario::Expectation& expectation, const Figure& figure) {
  metrics::Results results;
  results.network.queue_time_s.count = 10;
  results.network.queue_time_s.p95 = figure;
  results.network.queue_time_weighted_s.count = results.network.bounded_slowdown.count = 10;
  results.scenario.expectations = {expectation};
  return metrics::check_expectations(results).at(0);
}

Verdict verdict(const scenario::Expectation& expectation, const Figure& figure) {
  return outcome_of(expectation, figure).verdict;
}

}  // namespace

TEST_CASE("a strict limit is breached at equality, one with equality is met", "[metrics][expect]") {
  CHECK(verdict(expecting(Comparison::kLess, 60.0), {60.0}) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kLess, 60.0), {std::nextafter(60.0, 0.0)}) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kAtMost, 60.0), {60.0}) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kAtMost, 60.0), {std::nextafter(60.0, 61.0)}) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kMore, 60.0), {60.0}) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kMore, 60.0), {std::nextafter(60.0, 61.0)}) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kAtLeast, 60.0), {60.0}) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kAtLeast, 60.0), {std::nextafter(60.0, 0.0)}) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kEqual, 60.0), {60.0}) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kEqual, 60.0), {std::nextafter(60.0, 61.0)}) == Verdict::kBreached);
}

TEST_CASE("a range holds both of its ends", "[metrics][expect]") {
  const auto range = expecting(Comparison::kWithin, 60.0, 90.0);
  CHECK(verdict(range, {60.0}) == Verdict::kMet);
  CHECK(verdict(range, {90.0}) == Verdict::kMet);
  CHECK(verdict(range, {59.0}) == Verdict::kBreached);
  CHECK(verdict(range, {91.0}) == Verdict::kBreached);
}

TEST_CASE("a lower bound without an end never passes an upper limit", "[metrics][expect]") {
  const Figure bound{30.0, true};  // 30 s or any longer time
  CHECK(verdict(expecting(Comparison::kLess, 60.0), bound) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kLess, 1e300), bound) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kLess, 30.0), bound) == Verdict::kBreached);     // at least 30 is not below 30
  CHECK(verdict(expecting(Comparison::kAtMost, 30.0), bound) == Verdict::kUndecided);  // it may be 30
  CHECK(verdict(expecting(Comparison::kAtMost, 29.0), bound) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kEqual, 30.0), bound) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kEqual, 29.0), bound) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kWithin, 20.0, 40.0), bound) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kWithin, 40.0, 50.0), bound) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kWithin, 10.0, 20.0), bound) == Verdict::kBreached);
}

TEST_CASE("a lower bound passes a lower limit that it has reached", "[metrics][expect]") {
  const Figure bound{30.0, true};
  CHECK(verdict(expecting(Comparison::kMore, 29.0), bound) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kMore, 30.0), bound) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kAtLeast, 30.0), bound) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kAtLeast, 31.0), bound) == Verdict::kUndecided);
}

TEST_CASE("a quantile that cannot exceed a value passes limits beyond that value, and no other", "[metrics][expect]") {
  const Figure between{30.0, true, 40.0};  // 30 to 40 s, whatever becomes of the jobs that wait
  CHECK(verdict(expecting(Comparison::kLess, 41.0), between) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kLess, 40.0), between) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kAtMost, 40.0), between) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kLess, 30.0), between) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kMore, 40.0), between) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kAtLeast, 40.0), between) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kAtLeast, 41.0), between) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kWithin, 30.0, 40.0), between) == Verdict::kMet);
  CHECK(verdict(expecting(Comparison::kWithin, 31.0, 40.0), between) == Verdict::kUndecided);
  CHECK(verdict(expecting(Comparison::kWithin, 41.0, 50.0), between) == Verdict::kBreached);
  CHECK(verdict(expecting(Comparison::kEqual, 35.0), between) == Verdict::kUndecided);
}

TEST_CASE("the margin is the distance to the nearest limit, negative beyond it", "[metrics][expect]") {
  CHECK(outcome_of(expecting(Comparison::kLess, 60.0), {45.0}).margin == 15.0);
  CHECK(outcome_of(expecting(Comparison::kLess, 60.0), {75.0}).margin == -15.0);
  CHECK(outcome_of(expecting(Comparison::kMore, 60.0), {75.0}).margin == 15.0);
  CHECK(outcome_of(expecting(Comparison::kWithin, 60.0, 90.0), {65.0}).margin == 5.0);
  CHECK(outcome_of(expecting(Comparison::kWithin, 60.0, 90.0), {88.0}).margin == 2.0);
  CHECK(outcome_of(expecting(Comparison::kWithin, 60.0, 90.0), {50.0}).margin == -10.0);
  CHECK(outcome_of(expecting(Comparison::kEqual, 60.0), {60.0}).margin == 0.0);
  CHECK(outcome_of(expecting(Comparison::kLess, 60.0), {30.0, true, 40.0}).margin == 20.0);  // at least: 60 - 40
  CHECK_FALSE(outcome_of(expecting(Comparison::kLess, 60.0), {30.0, true}).margin);
}

TEST_CASE("a quantile of a sample with waiting jobs says how far it can rise", "[metrics][expect]") {
  // Ten jobs that waited 10, 20 .. 100 s; the one of 30 s still waits. The median is the 5th smallest: 50 s if it
  // starts now, 60 s if it never does. The 95th percentile is the 10th smallest: 100 s now, and without limit.
  std::vector<metrics::Sample> sample;
  for (int i = 1; i <= 10; ++i) sample.push_back({10.0 * i, 1, i == 3});
  const Distribution found = metrics::describe(sample);
  CHECK(found.median == Figure{50.0, true, 60.0});
  CHECK(found.p95 == Figure{100.0, true});
}

TEST_CASE("without a sample or without its group an expectation is undecided", "[metrics][expect]") {
  metrics::Results results;
  results.network.utilisation = 0.5;
  results.scenario.expectations = {expecting(Comparison::kLess, 60.0)};
  results.scenario.expectations.push_back(expecting(Comparison::kLess, 60.0));
  results.scenario.expectations.back().key = "origin";
  results.scenario.expectations.back().value = "MT";
  const auto outcomes = metrics::check_expectations(results);
  CHECK(outcomes[0].verdict == Verdict::kUndecided);
  CHECK(outcomes[0].in_results);
  CHECK_FALSE(outcomes[0].measured);
  CHECK(outcomes[1].verdict == Verdict::kUndecided);
  CHECK_FALSE(outcomes[1].in_results);
}

TEST_CASE("a group is found by its kind and name, or by its label", "[metrics][expect]") {
  metrics::Results results;
  const auto block = [](const char* name, double energy) {
    metrics::Block made;
    made.name = name;
    made.energy_mwh = energy;
    return made;
  };
  results.network.energy_mwh = 1.0;
  results.sites = {block("athens", 2.0), block("rome", 3.0)};
  results.access_classes = {block("fast", 4.0)};
  results.origins = {block("GR", 5.0)};
  results.streams = {block("research", 6.0)};
  results.labels = {block("user_type=sme", 7.0), block("site=moon", 8.0)};
  const auto energy_of = [&](const char* key, const char* value) {
    scenario::Expectation made = expecting(Comparison::kMore, 0.0);
    made.metric = "energy";
    made.key = key;
    made.value = value;
    results.scenario.expectations = {made};
    return metrics::check_expectations(results).at(0).measured.value_or(Figure{}).value;
  };
  CHECK(energy_of("", "") == 1.0);
  CHECK(energy_of("site", "rome") == 3.0);
  CHECK(energy_of("access_class", "fast") == 4.0);
  CHECK(energy_of("origin", "GR") == 5.0);
  CHECK(energy_of("stream", "research") == 6.0);
  CHECK(energy_of("user_type", "sme") == 7.0);
  CHECK(energy_of("site", "moon") == 0.0);  // a label of that name is not meant
}

TEST_CASE("expectations of an incomplete run are not checked", "[metrics][expect]") {
  metrics::Results results;
  results.scenario.expectations = {expecting(Comparison::kLess, 60.0)};
  results.complete = false;
  CHECK(metrics::check_expectations(results).empty());
}

TEST_CASE("every metric of the registry may be expected, in its unit", "[metrics][expect]") {
  const auto names = metrics::metric_names();
  REQUIRE(names.size() == metrics::registry().size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(names[i].name == metrics::registry()[i].name);
    CHECK(names[i].unit == metrics::registry()[i].unit);
  }
}
