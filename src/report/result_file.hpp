#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "results_json.hpp"

/// Reading results.json back. Whatever is wrong throws std::runtime_error "FILE: problem".
namespace gigasim::report {

[[noreturn]] void fail_reading(const std::filesystem::path& file, const std::string& problem);

/// Returns the results.json that a path means: the file itself, or the one in a folder.
[[nodiscard]] std::filesystem::path results_file(const std::filesystem::path& path);

/// Parses a results.json and checks that this program can read its version.
[[nodiscard]] Json read_results(const std::filesystem::path& file);

/// The value at a path like "queue_time_s.p95"; null when it is not there.
[[nodiscard]] const Json* value_at(const Json& block, std::string_view path);

/// The text at a path; empty when there is none.
[[nodiscard]] std::string string_at(const Json& json, std::string_view path);

/// False only where the results say that the run was stopped early.
[[nodiscard]] bool is_complete(const Json& results);

}  // namespace gigasim::report
