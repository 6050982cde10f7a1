#pragma once

#include "results_json.hpp"

namespace gigasim::report {

/// `regional` of results.json.
[[nodiscard]] Json regional_json(const metrics::Results& results);
/// `provenance` of results.json: which share of the capacity rests on figures of which kind.
[[nodiscard]] Json provenance_json(const metrics::Results& results);

}  // namespace gigasim::report
