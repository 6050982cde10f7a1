#include "gigasim/metrics/expectations.hpp"

#include <algorithm>

#include "gigasim/metrics/interval.hpp"
#include "gigasim/metrics/registry.hpp"

namespace gigasim::metrics {
namespace {

using scenario::Comparison;
using scenario::Expectation;

constexpr double kNoLimit = Interval::kNoLimit;

/// The values that are expected. An end that is missing is infinitely far away, and never reached.
struct Allowed {
  double low, high;
  bool ends_included;
  [[nodiscard]] bool above_low(double value) const { return ends_included ? value >= low : value > low; }
  [[nodiscard]] bool below_high(double value) const { return ends_included ? value <= high : value < high; }
};

Allowed allowed_values(const Expectation& expectation) {
  const bool strict = expectation.comparison == Comparison::kLess || expectation.comparison == Comparison::kMore;
  return {expectation.low.value_or(-kNoLimit), expectation.high.value_or(kNoLimit), !strict};
}

void judge(ExpectationOutcome& outcome) {
  const Interval value = possible_values(*outcome.measured);
  const Allowed allowed = allowed_values(outcome.expectation);
  // Without an upper limit even the largest value is below it.
  const bool within_high = !outcome.expectation.high || allowed.below_high(value.most);
  if (allowed.above_low(value.least) && within_high) {
    outcome.verdict = Verdict::kMet;
    const double to_high = outcome.expectation.high ? allowed.high - value.most : kNoLimit;
    outcome.margin = std::min(value.least - allowed.low, to_high);
  } else if (!allowed.above_low(value.most)) {
    outcome.verdict = Verdict::kBreached;
    outcome.margin = value.most - allowed.low;
  } else if (!allowed.below_high(value.least)) {
    outcome.verdict = Verdict::kBreached;
    outcome.margin = allowed.high - value.least;
  }
}

/// The block of the group that is meant; null when it does not occur.
const Block* find_group(const Results& results, const Expectation& expectation) {
  if (expectation.key.empty()) return &results.network;
  const auto kinds = groupings();
  const auto kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const Grouping& g) { return g.label == expectation.key; });
  const bool is_kind = kind != kinds.end() && kind->label != "network" && kind->label != "label";
  const std::string name = is_kind ? expectation.value : expectation.key + "=" + expectation.value;
  const std::vector<Block>& blocks = blocks_of(results, is_kind ? kind->json_array : "labels");
  const auto block = std::find_if(blocks.begin(), blocks.end(), [&](const Block& b) { return b.name == name; });
  return block == blocks.end() ? nullptr : &*block;
}

ExpectationOutcome check(const Results& results, const Expectation& expectation) {
  ExpectationOutcome outcome;
  outcome.expectation = expectation;
  const Block* block = find_group(results, expectation);
  const Metric* metric = find_metric(expectation.metric);
  outcome.in_results = block != nullptr;
  if (block == nullptr || metric == nullptr) return outcome;
  outcome.measured = measured(*metric, *block);
  if (outcome.measured) judge(outcome);
  return outcome;
}

}  // namespace

std::string_view verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kMet:
      return "met";
    case Verdict::kBreached:
      return "breached";
    case Verdict::kUndecided:
      break;
  }
  return "undecided";
}

std::vector<ExpectationOutcome> check_expectations(const Results& results) {
  std::vector<ExpectationOutcome> outcomes;
  if (!results.complete) return outcomes;
  for (const Expectation& expectation : results.scenario.expectations) {
    outcomes.push_back(check(results, expectation));
  }
  return outcomes;
}

std::span<const scenario::MetricName> metric_names() {
  static const std::vector<scenario::MetricName> kNames = [] {
    std::vector<scenario::MetricName> names;
    for (const Metric& metric : registry()) names.push_back({metric.name, metric.unit});
    return names;
  }();
  return kNames;
}

}  // namespace gigasim::metrics
