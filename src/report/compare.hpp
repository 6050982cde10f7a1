#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "figures.hpp"
#include "gigasim/metrics/interval.hpp"
#include "gigasim/report/report.hpp"

namespace gigasim::report {

using metrics::Interval;

/// What is known of a difference when its ends may be lower bounds.
enum class Known { kExactly, kAtLeast, kAtMost, kBetween, kNot };
[[nodiscard]] Known known_of(const Interval& difference);

/// kTooSmall: less than one run can tell. kUnclear: the figures' bounds do not decide it.
enum class Verdict { kNone, kSame, kTooSmall, kBetter, kWorse, kUnclear };

/// Changes below this are called neither better nor worse: one run cannot tell them from chance.
inline constexpr double kLeastToldPercent = 5.0;

/// A figure against the same one of the first result: all values that its change can have.
struct Change {
  Interval difference;
  std::optional<Interval> percent;  ///< nothing when the first may be 0, or negative
  Verdict verdict = Verdict::kNone;
  [[nodiscard]] Known known() const { return known_of(difference); }
};

/// One metric in all results.
struct ComparedMetric {
  const metrics::Metric* metric = nullptr;
  std::vector<std::optional<Figure>> figures;  ///< one per result
  std::vector<std::optional<Change>> changes;  ///< one per result, nothing for the first
};

/// One group of jobs, found by its name in every result that has it; all metrics of the registry.
struct ComparedBlock {
  std::string name;
  std::vector<ComparedMetric> metrics;
};

/// Compares two figures. A verdict is given only if it holds wherever in their intervals the true values lie.
[[nodiscard]] Change change_between(const Figure& first, const Figure& other, metrics::Better better);

[[nodiscard]] ComparedBlock compare_network(const std::vector<Summary>& results);
/// Compares all blocks of one grouping (its index in Summary.groups), in order of first appearance.
[[nodiscard]] std::vector<ComparedBlock> compare_group(const std::vector<Summary>& results, std::size_t group);

[[nodiscard]] std::string verdict_word(Verdict verdict);  ///< empty for kNone

/// Names under which results stand side by side: last parts of their paths, where they tell them apart.
[[nodiscard]] std::vector<std::string> short_names(const std::vector<Summary>& results);

// The formats of a comparison.
[[nodiscard]] std::string comparison_table(const std::vector<Summary>& results, const TableStyle& style, bool all);
[[nodiscard]] std::string comparison_markdown(const std::vector<Summary>& results, bool all);
[[nodiscard]] std::string comparison_csv(const std::vector<Summary>& results);
[[nodiscard]] std::string comparison_json(const std::vector<Summary>& results);

}  // namespace gigasim::report
