#pragma once

#include <string>

#include "gigasim/scenario/request_trace.hpp"

namespace gigasim::workload {

using RequestTrace = scenario::RequestTrace;

/// Reads a request trace, plain or gzipped: a CSV file with the columns TIMESTAMP (2023-11-16 18:15:46.6805900, with or
/// without a zone), ContextTokens and GeneratedTokens, as Azure publishes them, or one JSON object a line with
/// `timestamp` (milliseconds, or a date as above), `input_length` and `output_length`, as Mooncake does; other columns
/// and members are not looked at. Requests that cannot be read (cells that are empty, stamps that are none, tokens that
/// are no whole number from 1 on) are left out with a warning, those out of order sorted; where `strict` is set each is
/// an error. Throws scenario::ScenarioError for a file that cannot be used, with up to ten places `file:line:column`.
[[nodiscard]] RequestTrace read_request_trace(const std::string& file, bool strict = false);

}  // namespace gigasim::workload
