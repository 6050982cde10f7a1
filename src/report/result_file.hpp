#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "figures.hpp"
#include "results_json.hpp"

/// Reading results.json back. What a path does not lead to is nothing, never an error: results of earlier releases lack
/// what came later.
namespace gigasim::report {

[[noreturn]] void fail_reading(const std::filesystem::path& file, const std::string& problem);

/// Returns the results.json that a user means by a result folder or by the file itself. Throws std::runtime_error.
[[nodiscard]] std::filesystem::path results_file(const std::filesystem::path& path);

/// Reads a results.json of a schema version that this program knows. Throws std::runtime_error with one clear line.
[[nodiscard]] Json read_results(const std::filesystem::path& file);

/// Returns the value at a path like "queue_time_s.p95"; null when it is not there.
[[nodiscard]] const Json* value_at(const Json& json, std::string_view path);
[[nodiscard]] std::string string_at(const Json& json, std::string_view path);  ///< empty when it is no text
[[nodiscard]] std::vector<std::string> strings_at(const Json& json, std::string_view path);
[[nodiscard]] std::optional<double> number_at(const Json& json, std::string_view path);
/// Returns the array at a path; an empty one when there is none.
[[nodiscard]] const Json& list_at(const Json& json, std::string_view path);

/// False only where the results say that the run was stopped early.
[[nodiscard]] bool is_complete(const Json& results);

/// Returns a figure of a block with its mark as a lower bound; nothing for one without a sample.
[[nodiscard]] std::optional<Figure> figure_at(const Json& block, std::string_view path);

}  // namespace gigasim::report
