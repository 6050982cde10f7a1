#pragma once

#include <string>

#include "gigasim/scenario/request_trace.hpp"

namespace gigasim::workload {

using RequestTrace = scenario::RequestTrace;

/// Reads a request trace, plain or gzipped: a CSV file with the columns TIMESTAMP (2023-11-16 18:15:46.6805900, with or
/// without a zone), ContextTokens and GeneratedTokens, as Azure publishes them; others are not looked at. Throws
/// scenario::ScenarioError for a file that cannot be used, with up to ten places `file:line:column`: columns that are
/// missing, cells that are empty, stamps that are none or go back, tokens that are no whole number from 1 on.
[[nodiscard]] RequestTrace read_request_trace(const std::string& file);

}  // namespace gigasim::workload
