#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "gigasim/metrics/results.hpp"

namespace gigasim::report {

using Json = nlohmann::ordered_json;

/// Writes JSON with two spaces of indent and a final line feed. Bytes that are no UTF-8 (a log's file name) are
/// replaced.
[[nodiscard]] std::string json_text(const Json& json);

/// Returns what became of the jobs of a log.
[[nodiscard]] Json import_json(const workload::ImportReport& report);

/// Returns a number as JSON: null if there is none, an integer where it is whole and `integer` is set.
[[nodiscard]] Json json_number(double value, bool integer = false);
[[nodiscard]] inline Json number_or_null(const std::optional<double>& value) {
  return value ? json_number(*value) : Json(nullptr);
}

}  // namespace gigasim::report
