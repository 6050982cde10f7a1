#pragma once

#include <filesystem>
#include <string>
#include <string_view>

/// What a result folder says about one job: where it went and why, and how it ended.
namespace gigasim::report {

/// Returns sentences for people. Throws std::runtime_error with one clear line when the folder is not a result with
/// jobs.csv and decisions.csv, or has no such job. O(jobs): the table is read through.
[[nodiscard]] std::string explain_text(const std::filesystem::path& result, std::string_view job);

/// The same as JSON: `job` (the columns of jobs.csv; null where nothing is known), `broker`, `partitions` by verdict,
/// and `sentences`.
[[nodiscard]] std::string explain_json(const std::filesystem::path& result, std::string_view job);

}  // namespace gigasim::report
