#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/cost/assess.hpp"
#include "gigasim/report/report.hpp"
#include "results_json.hpp"
#include "series.hpp"

namespace gigasim::report::html {

/// One result as the page needs it. Everything but the summary may be empty: results of earlier releases, or a
/// results.json without its folder.
// NOLINTNEXTLINE(bugprone-exception-escape): the JSON library's move is noexcept, but it asserts inside
struct Result {
  std::string path;   ///< as the user named it
  std::string label;  ///< tells the results of one page apart
  Summary summary;
  Json results;                   ///< results.json
  Json manifest;                  ///< manifest.json; null when it is not there
  double begin = 0.0, end = 0.0;  ///< the results period, seconds since 1970
  NetworkSeries series;           ///< within the results period, at most a few hundred entries
  std::optional<cost::Assessment> cost;
  std::string no_cost;  ///< why costs could not be reckoned, where the results should allow it
};
using Results = std::vector<Result>;

/// Reads a result folder or a results.json. Throws std::runtime_error with one clear line.
[[nodiscard]] Result read_result(const std::filesystem::path& path);

/// Names each result by the least that tells it apart: its variant, else scenario and variant, else its path.
void label_results(Results& results);

/// The names of all results, in order.
[[nodiscard]] std::vector<std::string> labels(const Results& results);

/// What all results compare by, in order.
[[nodiscard]] std::vector<Summary> summaries(const Results& results);

/// Returns the block of that name in an array; null when it is not there.
[[nodiscard]] const Json* named_in(const Json& array, std::string_view name);
/// Adds the names of the blocks of an array, those that are not there yet.
void add_names(const Json& array, std::vector<std::string>& names);

/// Returns the block of that name in an array of blocks of results.json; null when it is not there.
[[nodiscard]] const Json* block_named(const Result& result, std::string_view json_array, std::string_view name);

/// Returns the names of the blocks of all results, in order of first appearance.
[[nodiscard]] std::vector<std::string> block_names(const Results& results, std::string_view json_array);

}  // namespace gigasim::report::html
