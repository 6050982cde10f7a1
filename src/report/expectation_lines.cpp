#include "expectation_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gigasim/report/humane.hpp"
#include "gigasim/report/report.hpp"

namespace gigasim::report {
namespace {

using metrics::ExpectationOutcome;
using metrics::Verdict;

/// A number in the way in which the limit was written.
std::string like_the_limit(double value, const scenario::Expectation& expectation) {
  if (expectation.in_percent) return humane::percent(value);
  return value == 1.0 && expectation.unit == "jobs" ? "1 job" : humane::quantity(value, expectation.unit);
}

std::string measured_text(const Figure& figure, const scenario::Expectation& expectation) {
  std::string value = like_the_limit(figure.value, expectation);
  if (!figure.lower_bound) return value;
  if (!figure.at_most) return "≥ " + value;
  const std::string most = like_the_limit(*figure.at_most, expectation);
  return value == most ? value : fmt::format("{} to {}", value, most);
}

/// The limit that a margin is the distance to.
double nearest_limit(const ExpectationOutcome& outcome) {
  const scenario::Expectation& expectation = outcome.expectation;
  if (!expectation.low) return *expectation.high;
  if (!expectation.high) return *expectation.low;
  const Figure& figure = *outcome.measured;
  if (outcome.verdict == Verdict::kBreached) {
    return figure.value > *expectation.high ? *expectation.high : *expectation.low;
  }
  const double from_low = std::fabs(figure.value - *expectation.low - *outcome.margin);
  const double from_high = std::fabs(*expectation.high - figure.at_most.value_or(figure.value) - *outcome.margin);
  return from_low <= from_high ? *expectation.low : *expectation.high;
}

/// "4.8 h (10.0 % of the limit)"
std::string distance(const ExpectationOutcome& outcome) {
  const double size = std::fabs(*outcome.margin);
  const double limit = nearest_limit(outcome);
  std::string amount = outcome.expectation.in_percent ? fmt::format("{} points", humane::number(size * 100.0))
                                                      : like_the_limit(size, outcome.expectation);
  constexpr double kMostTimes = 10.0;  // beyond that a percentage says nothing
  if (limit == 0.0 || size / limit > kMostTimes) return amount;
  return fmt::format("{} ({} of the limit)", amount, humane::percent(size / limit));
}

std::string margin_text(const ExpectationOutcome& outcome) {
  const bool equality = outcome.expectation.comparison == scenario::Comparison::kEqual;
  const std::string at_least = outcome.measured->lower_bound ? "at least " : "";
  if (outcome.verdict == Verdict::kMet) return equality ? "as expected" : "margin " + at_least + distance(outcome);
  if (*outcome.margin == 0.0) return "just at the limit, which is not within";
  const bool above = outcome.expectation.high && outcome.measured->value > *outcome.expectation.high;
  return fmt::format("{} by {}{}", above ? "exceeded" : "missed", at_least, distance(outcome));
}

std::string undecided_text(const ExpectationOutcome& outcome) {
  if (!outcome.in_results) return "undecided: no such group in the results";
  if (!outcome.measured) return "undecided: there is no job to measure";
  return measured_text(*outcome.measured, outcome.expectation) +
         ", undecided: jobs that still wait count with their age so far";
}

Cell outcome_cell(const ExpectationOutcome& outcome) {
  switch (outcome.verdict) {
    case Verdict::kMet:
      return {"✓ " + expectation_line(outcome), Mood::kGood};
    case Verdict::kBreached:
      return {"✗ " + expectation_line(outcome), Mood::kBad};
    case Verdict::kUndecided:
      break;
  }
  return {"? " + expectation_line(outcome), Mood::kWarning};
}

}  // namespace

std::string expectation_line(const metrics::ExpectationOutcome& outcome) {
  const scenario::Expectation& expectation = outcome.expectation;
  const std::string finding =
      outcome.verdict == Verdict::kUndecided
          ? undecided_text(outcome)
          : fmt::format("{}, {}", measured_text(*outcome.measured, expectation), margin_text(outcome));
  return fmt::format("{}: {}", expectation.text, finding);
}

Section expectation_section(const metrics::Results& results) {
  Section section{"Expectations", {}, {}};
  const std::size_t number = results.scenario.expectations.size();
  if (number == 0) return section;
  if (!results.complete) {
    section.lines.push_back({"not checked: the run was stopped early", Mood::kWarning});
    return section;
  }
  const auto outcomes = metrics::check_expectations(results);
  const auto met = std::count_if(outcomes.begin(), outcomes.end(),
                                 [](const ExpectationOutcome& o) { return o.verdict == Verdict::kMet; });
  section.title = fmt::format("Expectations: {} of {} met", met, number);
  for (const ExpectationOutcome& outcome : outcomes) section.lines.push_back(outcome_cell(outcome));
  return section;
}

}  // namespace gigasim::report
