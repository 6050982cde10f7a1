#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "compare.hpp"

namespace gigasim::report {

/// A metric that stands for a result, under a name for people who do not know it.
struct KeyMetric {
  std::string_view metric, words;
  bool always = true;  ///< else only where it is not 0 or missing in all results
  int rank = 1;        ///< where space is short, those of the lowest rank are shown
};

/// In the order in which they are shown.
[[nodiscard]] std::span<const KeyMetric> key_metrics();

/// Whether a metric of them is to be shown for these figures.
[[nodiscard]] bool is_shown(const KeyMetric& key, const ComparedMetric& row);
/// Some results have the figure at all.
[[nodiscard]] bool is_measured(const ComparedMetric& row);

[[nodiscard]] const ComparedMetric* find_row(const ComparedBlock& block, std::string_view metric);  ///< null for none

inline constexpr std::size_t kMostKeyRows = 15;

/// A row that says much.
struct KeyRow {
  const KeyMetric* key = nullptr;
  const ComparedMetric* row = nullptr;
};
/// Returns those that say most, at most kMostKeyRows, in order.
[[nodiscard]] std::vector<KeyRow> key_rows(const ComparedBlock& block);

}  // namespace gigasim::report
