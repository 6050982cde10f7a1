#pragma once

#include <string>
#include <vector>

#include "gigasim/models/requests.hpp"

namespace gigasim::workload {

/// Requests of a log, in order.
struct RequestTrace {
  std::vector<models::Request> requests;  ///< arrivals in seconds after the first, to 100 ns
  double begin = 0.0;                     ///< of the first, in seconds since 1970; a stamp without a zone is UTC
  std::string digest;                     ///< of the file's bytes
};

/// Reads a request trace, plain or gzipped: a CSV file with the columns TIMESTAMP (2023-11-16 18:15:46.6805900, with or
/// without a zone), ContextTokens and GeneratedTokens, as Azure publishes them; others are not looked at. Throws
/// scenario::ScenarioError for a file that cannot be used, with up to ten places `file:line:column`: columns that are
/// missing, cells that are empty, stamps that are none or go back, tokens that are no whole number from 1 on.
[[nodiscard]] RequestTrace read_request_trace(const std::string& file);

}  // namespace gigasim::workload
