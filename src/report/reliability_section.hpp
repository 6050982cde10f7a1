#pragma once

#include "results_json.hpp"
#include "sections.hpp"

namespace gigasim::report {

/// Interruptions and their causes, and goodput, by site. Empty where nothing fails and nothing is saved.
[[nodiscard]] Section reliability_section(const metrics::Results& results);

/// Interruptions and accelerator-hours lost by cause.
[[nodiscard]] Json causes_json(const metrics::ReliabilityFigures& figures);

}  // namespace gigasim::report
