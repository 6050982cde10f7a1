#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/models/ai_task.hpp"
#include "gigasim/units/quantity.hpp"

/// Jobs given as work on an AI model instead of a runtime: docs/models/ai.md, "Jobs".
namespace gigasim::scenario {

/// How fast a job of one size works on the accelerators of one partition.
struct WorkRate {
  enum class Obstacle : std::uint8_t { kNone, kPrecision, kModelSize, kDeadline } obstacle = Obstacle::kNone;
  double per_second = 0.0;  ///< tokens or FLOP; 0 where something stands in the way
  double peak = 0.0;        ///< FLOP/s of all its accelerators in the job's precision
  bool operator==(const WorkRate&) const = default;
};

/// A size of a job, and what each partition makes of it.
struct SizedWork {
  std::int64_t accelerators = 0;
  std::int32_t reference = -1;      ///< the partition at whose speed runtimes and requests of jobs are: the first able
  std::vector<WorkRate> partition;  ///< in the order of sites and partitions
  /// Speed of a job on a partition against its reference; 1 where it cannot run.
  [[nodiscard]] double speed_on(std::size_t index) const {
    const double here = partition[index].per_second;
    return here > 0.0 && reference >= 0 ? here / partition[static_cast<std::size_t>(reference)].per_second : 1.0;
  }
  bool operator==(const SizedWork&) const = default;
};

/// What the jobs of a stream do.
struct AiWork {
  std::optional<models::AiTask> task;   ///< nothing: a number of operations, on no model in particular
  std::string ai_model;                 ///< catalogue id; empty without a task
  double flop_per_unit = 1.0;           ///< model FLOP per token
  double time_low = 1.0;                ///< a predicted time is known to lie within this times itself
  double time_high = 1.0;               ///< and this times itself; 1 without a task: stated
  std::vector<std::string> unmeasured;  ///< accelerators that it may run on and on which nothing like it was measured
  std::vector<SizedWork> sizes;         ///< rising
  double parameters = 0.0;              ///< of the model
  double trained_parameters = 0;        ///< what the task changes: a checkpoint holds their state
  [[nodiscard]] bool trains() const { return task && models::trains(*task); }
  /// The entry of a size of the stream; null for another.
  [[nodiscard]] const SizedWork* of_size(std::int64_t accelerators) const {
    const auto found = std::lower_bound(sizes.begin(), sizes.end(), accelerators,
                                        [](const SizedWork& one, std::int64_t n) { return one.accelerators < n; });
    return found != sizes.end() && found->accelerators == accelerators ? &*found : nullptr;
  }
  /// Tokens (or FLOP) of a second of useful work on a partition, counted over all sites in their order; 0 for a size
  /// or a partition that has none.
  [[nodiscard]] double per_second(std::int64_t accelerators, std::size_t partition) const {
    const SizedWork* size = of_size(accelerators);
    return size == nullptr ? 0.0 : size->partition[partition].per_second;
  }
  bool operator==(const AiWork&) const = default;
};

}  // namespace gigasim::scenario
