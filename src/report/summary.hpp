#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "figures.hpp"
#include "gigasim/report/report.hpp"
#include "results_json.hpp"

namespace gigasim::report {

/// Reads what read_summary() does from the content of a results.json, whose `file` errors name. Throws
/// std::runtime_error with one clear line.
[[nodiscard]] Summary summary_of(const Json& json, const std::filesystem::path& file, std::string name);

/// Returns one figure by its metric's name; nothing when the metric is unknown or has no sample.
[[nodiscard]] std::optional<Figure> figure_of(const SummaryBlock& block, std::string_view metric);

/// The same as a number, 0 where there is none: for what is counted or summed.
[[nodiscard]] double amount(const SummaryBlock& block, std::string_view metric);

/// Returns the blocks of the grouping whose array in results.json is `json_array`; none when it is not there.
[[nodiscard]] const std::vector<SummaryBlock>& blocks_of(const Summary& summary, std::string_view json_array);

}  // namespace gigasim::report
