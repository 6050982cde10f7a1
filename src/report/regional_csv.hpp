#pragma once

#include <string>

#include "gigasim/metrics/results.hpp"

namespace gigasim::report {

/// regional.csv: a row per country of origin, one for jobs of unknown origin, then one per group of countries. Columns
/// are those of `regional` in results.json.
[[nodiscard]] std::string regional_csv(const metrics::Results& results);

}  // namespace gigasim::report
