#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/metrics/results.hpp"

namespace gigasim::metrics {

/// Which direction of a figure is better whatever caused it. kNeither where a rise can come from something bad: hours
/// delivered rise with work that is lost and done again, energy falls when less is delivered.
enum class Better { kLower, kHigher, kNeither };

/// One metric: the single place where its name, unit and meaning are stated. Every output takes them from here.
struct Metric {
  std::string_view name;       ///< "queue_time_p95"
  std::string_view unit;       ///< "s", "MWh", "" for a pure number
  std::string_view json_path;  ///< inside a block of results.json: "queue_time_s.p95"
  std::string_view column;     ///< in CSV files: "queue_time_p95_s"
  Better better;
  std::string_view definition;  ///< one or two sentences
  Distribution::Figure (*value)(const Block&);
};

/// All metrics, in the order of reports.
[[nodiscard]] std::span<const Metric> registry();
[[nodiscard]] const Metric* find_metric(std::string_view name);  ///< null for an unknown name

/// The groupings in which every metric exists, with the array of results.json that holds them: {"site", "sites"}, ...
struct Grouping {
  std::string_view label, json_array;
  std::string_view definition;
};
[[nodiscard]] std::span<const Grouping> groupings();

/// Returns the figure of a metric in a block; nothing for one without a sample, such as the median wait of no jobs.
[[nodiscard]] std::optional<Distribution::Figure> measured(const Metric& metric, const Block& block);
/// Returns the blocks of the grouping whose array in results.json is `json_array`.
[[nodiscard]] const std::vector<Block>& blocks_of(const Results& results, std::string_view json_array);

}  // namespace gigasim::metrics
