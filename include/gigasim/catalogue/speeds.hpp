#pragma once

#include <optional>
#include <string_view>

/// How fast jobs run that were recorded on another accelerator.
namespace gigasim::catalogue {

/// Which end of the published ranges is used, for a whole scenario.
enum class SpeedRange { kLow, kBest, kHigh };

/// Returns the speed on `accelerator` of a job that was recorded on `recorded_on` (both catalogue ids): its runtime is
/// divided by it.
///
///     1 / speed = (1 - f) + f r_recorded / r_here
///
/// `f` is the share of the time that scales with the accelerator (table scalable-fractions, by speed class), `r` the
/// measured throughput against an H100 (speed-ratios, by speed class; never a ratio of peaks). `kLow` and `kHigh` are
/// the slowest and the fastest that the ranges of the three figures allow. Accelerators that share a row are equally
/// fast. Nothing when the tables have no ratio for one of the two.
/// Source: docs/models/workload.md, "Other accelerators".
[[nodiscard]] std::optional<double> speed_on(std::string_view speed_class, std::string_view recorded_on,
                                             std::string_view accelerator, SpeedRange range = SpeedRange::kBest);

}  // namespace gigasim::catalogue
