#pragma once

#include "swf_import.hpp"

namespace gigasim::workload {

/// Reads a log in the format that the trace names (`auto`: by its first line), by the rules of docs/models/workload.md.
/// Throws scenario::ScenarioError for a log that cannot be used.
[[nodiscard]] ImportedLog import_log(const scenario::Trace& trace, const ImportRules& rules);

}  // namespace gigasim::workload
