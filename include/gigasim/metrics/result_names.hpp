#pragma once

#include <span>
#include <string_view>

#include "gigasim/metrics/registry.hpp"

namespace gigasim::metrics {

/// A name in results that is no metric: the parts of a figure, columns of tables, what rows are called by.
struct ResultName {
  std::string_view name;        ///< "accelerator_hours_split.work"; a path or a column
  std::string_view unit;        ///< as of metrics
  std::string_view found_in;    ///< "results.json", "jobs.csv"
  std::string_view definition;  ///< one or two sentences
};

[[nodiscard]] std::span<const ResultName> result_names();
/// Finds what a path or a column means; null for an unknown one. A path below one that is known means the same
/// (`reliability.by_cause.network.interruptions`).
[[nodiscard]] const ResultName* find_result_name(std::string_view name);

/// Finds a metric by its name, its path in results.json or its column; null for none.
[[nodiscard]] const Metric* find_metric_anywhere(std::string_view name);

}  // namespace gigasim::metrics
