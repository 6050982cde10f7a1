#pragma once

#include "class_law.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::workload {

/// Returns the base rate of a synthetic stream in jobs (as submitted) per second: the given rate, or
///
///     load x share x reference accelerators / expected accelerator-seconds per job
///
/// with the mean worked out from the size and duration laws, never from a sample, and runtimes at the mean speed of the
/// reference's accelerators. Throws scenario::ScenarioError for a
/// stream with neither.
[[nodiscard]] double base_rate(const scenario::Workload& workload, const scenario::Stream& stream, const Mix& mix);

/// States what a synthetic stream is set to deliver at `rate` jobs per second.
[[nodiscard]] StreamPlan make_plan(const scenario::Stream& stream, const Mix& mix, double rate);

}  // namespace gigasim::workload
