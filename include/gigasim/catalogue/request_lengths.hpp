#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gigasim/catalogue/table.hpp"

namespace gigasim::catalogue {

/// Tokens of the requests of one class, on one side.
struct TokenCounts {
  double mean = 0.0;                                 ///< as measured
  double cv = 0.0;                                   ///< standard deviation over mean, as measured
  std::vector<std::pair<double, double>> quantiles;  ///< cumulative fraction and tokens, from 0.01 to 1
};

/// How long requests to language models are ("azure_conversation").
struct RequestLengths {
  std::string id;
  TokenCounts input, output;
  const Row* row = nullptr;
};

[[nodiscard]] std::span<const RequestLengths> request_lengths();
/// Null for an unknown id.
[[nodiscard]] const RequestLengths* find_request_lengths(std::string_view id);

}  // namespace gigasim::catalogue
