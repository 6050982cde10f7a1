#pragma once

#include <string_view>

#include "log_file.hpp"
#include "swf_import.hpp"

namespace gigasim::workload {

/// Tells whether a text begins like a neutral table of jobs.
[[nodiscard]] bool is_neutral(std::string_view text);

/// Takes the jobs of a neutral table (docs/import.md). Throws scenario::ScenarioError, with up to ten places, for a
/// table that cannot be used: cells that are no numbers, a job after one that there is not, or after itself.
[[nodiscard]] ImportedLog take_neutral(LogFile file, const scenario::Trace& trace, const ImportRules& rules);

}  // namespace gigasim::workload
