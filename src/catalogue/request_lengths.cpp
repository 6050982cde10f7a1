#include "gigasim/catalogue/request_lengths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cells.hpp"
#include "editions.hpp"

namespace gigasim::catalogue {
namespace {

constexpr std::array kQuantileColumns{std::pair{0.01, "p1"},  std::pair{0.10, "p10"}, std::pair{0.25, "p25"},
                                      std::pair{0.50, "p50"}, std::pair{0.75, "p75"}, std::pair{0.90, "p90"},
                                      std::pair{0.95, "p95"}, std::pair{0.99, "p99"}, std::pair{0.999, "p999"},
                                      std::pair{1.0, "p100"}};

TokenCounts read_tokens(const Row& row, std::string_view side) {
  const auto cell = [&](std::string_view name) { return required(row, fmt::format("{}_{}", side, name)); };
  TokenCounts tokens{cell("mean"), cell("cv"), {}};
  for (const auto& [share, column] : kQuantileColumns) tokens.quantiles.emplace_back(share, cell(column));
  return tokens;
}

RequestLengths read_request_lengths(const Row& row) {
  return {row.id(), read_tokens(row, "input"), read_tokens(row, "output"), &row};
}

}  // namespace

std::span<const RequestLengths> request_lengths() {
  static PerEdition<std::vector<RequestLengths>> all{[] { return read_rows("request-lengths", read_request_lengths); }};
  return all.get();
}

const RequestLengths* find_request_lengths(std::string_view id) {
  const auto all = request_lengths();
  const auto found = std::find_if(all.begin(), all.end(), [&](const RequestLengths& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace gigasim::catalogue
