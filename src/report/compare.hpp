#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "figures.hpp"
#include "gigasim/report/report.hpp"

namespace gigasim::report {

/// What is known of a difference when its ends may be lower bounds.
enum class Known { kExactly, kAtLeast, kAtMost, kNot };

enum class Verdict { kNone, kSame, kBetter, kWorse, kUnclear };

/// A figure against the same one of the first result.
struct Change {
  double difference = 0.0;
  std::optional<double> percent;  ///< nothing when the first is 0
  Known known = Known::kExactly;
  Verdict verdict = Verdict::kNone;
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

/// Compares two figures. A verdict is given only if it holds wherever the true values above lower bounds may lie.
[[nodiscard]] Change change_between(const Figure& first, const Figure& other, metrics::Better better);

[[nodiscard]] ComparedBlock compare_network(const std::vector<Summary>& results);
/// Compares all blocks of one grouping (its index in Summary.groups), in order of first appearance.
[[nodiscard]] std::vector<ComparedBlock> compare_group(const std::vector<Summary>& results, std::size_t group);

[[nodiscard]] std::string verdict_word(Verdict verdict);  ///< empty for kNone

// The formats of a comparison.
[[nodiscard]] std::string comparison_table(const std::vector<Summary>& results, const TableStyle& style);
[[nodiscard]] std::string comparison_markdown(const std::vector<Summary>& results);
[[nodiscard]] std::string comparison_csv(const std::vector<Summary>& results);
[[nodiscard]] std::string comparison_json(const std::vector<Summary>& results);

}  // namespace gigasim::report
