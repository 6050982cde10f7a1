#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gigasim/metrics/results.hpp"
#include "gigasim/scenario/expectation.hpp"

/// Whether the results are what the scenario expects.
namespace gigasim::metrics {

enum class Verdict {
  kMet,
  kBreached,
  kUndecided,  ///< the run does not say: not met either
};
[[nodiscard]] std::string_view verdict_word(Verdict verdict);  ///< "met", "breached", "undecided"

/// What became of one expectation.
struct ExpectationOutcome {
  scenario::Expectation expectation;
  Verdict verdict = Verdict::kUndecided;
  bool in_results = true;                        ///< false when the group that is meant does not occur in the results
  std::optional<Distribution::Figure> measured;  ///< nothing without a sample
  /// Distance to the nearest limit in the metric's unit: positive within, negative beyond, at least so much where the
  /// figure is a lower bound. Nothing when undecided.
  std::optional<double> margin;
};

/// Checks the expectations of the results' scenario, in their order. A limit holds, or is breached, only if that is so
/// for every value that the figure can have: a lower bound stands for all values from there up to its `at_most`. None
/// of an incomplete run is checked.
[[nodiscard]] std::vector<ExpectationOutcome> check_expectations(const Results& results);

/// The metrics of the registry by name and unit, for scenario::LoadOptions.
[[nodiscard]] std::span<const scenario::MetricName> metric_names();

}  // namespace gigasim::metrics
