#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/software_stacks.hpp"
#include "gigasim/models/ai_job.hpp"

/// What stands behind a predicted speed: the software that is assumed, and the measurements. docs/models/ai.md,
/// "Software".
namespace gigasim::models {

/// Speed of a software stack over that of the tuned ones to which the models are fitted.
struct Software {
  std::string stack;  ///< id in catalogue software-stacks; empty: stated by the user
  double efficiency = 1.0, low = 1.0, high = 1.0;
};

/// Returns the software of an accelerator: what the user states of the site, else the named stack where it is one of
/// the accelerator's vendor and of the task, else the vendor's usual one. A stated number has no range of its own.
[[nodiscard]] Software software_for(const catalogue::Accelerator& accelerator, catalogue::SoftwareTask task,
                                    std::optional<double> stated, const std::string& stack);

/// Returns whether a task is done by training or by serving software.
[[nodiscard]] catalogue::SoftwareTask software_task(AiTask task);

/// Published measurements of a task on dense models, or on mixtures of experts.
struct Measurements {
  std::int64_t on_accelerator = 0;  ///< of the very type
  std::int64_t of_vendor = 0;       ///< on any type of its vendor, this one included
};
/// Counts rows of catalogue training-runs (steps), or inference-benchmarks (saturated replicas of a known size), that
/// were measured with the software; with any where the user states its efficiency.
[[nodiscard]] Measurements measurements_for(const catalogue::Accelerator& accelerator, catalogue::SoftwareTask task,
                                            const Software& software, bool mixture);

/// Where the time lies that takes 1 by the model: the wider of the model's error and the software's range, on each
/// side.
struct TimeRange {
  double low = 1.0, high = 1.0;
};
[[nodiscard]] TimeRange time_range(double model_error, const Software& software);

/// One sentence on the measurements behind a prediction, without its full stop: "no published rate of training dense
/// models on MI430X, nor on any other AMD accelerator, stands behind this".
[[nodiscard]] std::string evidence_sentence(const catalogue::Accelerator& accelerator, catalogue::SoftwareTask task,
                                            const Software& software, bool mixture);

}  // namespace gigasim::models
