#pragma once

#include "results_json.hpp"
#include "sections.hpp"

namespace gigasim::report {

/// Interruptions and their causes, and goodput, by site. Empty where nothing fails and nothing is saved.
[[nodiscard]] Section reliability_section(const metrics::Results& results);

/// The same by stream, with what was lost, went into restarts with loading, and into checkpoints.
[[nodiscard]] Section stream_reliability_section(const metrics::Results& results);

/// Interruptions and accelerator-hours lost by cause.
[[nodiscard]] Json causes_json(const metrics::ReliabilityFigures& figures);

}  // namespace gigasim::report
