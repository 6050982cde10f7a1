#pragma once

#include <cstdint>
#include <optional>

#include "gigasim/models/ai_task.hpp"
#include "gigasim/models/serving.hpp"
#include "gigasim/models/training.hpp"

/// How fast a whole job works on so many devices: the step and serving models, and the layout that they choose. Pure
/// functions; docs/models/ai.md, "Jobs".
namespace gigasim::models {

/// Work on a model, whatever machine does it.
struct AiJob {
  AiTask task = AiTask::kPreTraining;
  Transformer model;
  Precision precision = Precision::kBf16;  ///< of the matrix products; of the weights where nothing is trained
  double sequence = 0.0;                   ///< tokens, of training
  double batch = 0.0;                      ///< tokens of one optimiser step, at least one sequence
  double input = 0.0;                      ///< tokens of one request, where nothing is trained
  double output = 0.0;
  [[nodiscard]] double trained_share() const;
};
/// Sequence, batch, and request of a task where nobody states them; the sequence at most the model's context.
[[nodiscard]] AiJob usual_job(AiTask task, const catalogue::AiModel& model);

/// Whether its sequences, or requests, are longer than the model's context. Not so continued pre-training: that is what
/// makes a context longer.
[[nodiscard]] bool exceeds_context(const AiJob& job, const catalogue::AiModel& model);

/// FLOP of the model itself for one token of the job: docs/models/ai.md.
[[nodiscard]] double model_flops_per_token(const AiJob& job);

/// A job on so many devices.
struct AiRun {
  double tokens_per_second = 0.0;    ///< of all devices together
  double utilisation = 0.0;          ///< model FLOP over the peak of all devices
  std::int64_t devices_at_work = 0;  ///< those that the layout or the replicas leave over, or the batch, idle
  TrainingLayout layout;             ///< of training
  StepTime step;
  TrainingMemory memory;
  Replica replica;  ///< of the other tasks
  std::int64_t replicas = 0;
};

/// Why a device cannot do a job.
enum class Obstacle : std::uint8_t {
  kNone,
  kPrecision,  ///< it does not compute in this format, or the catalogue lacks its rates
  kMemory,     ///< the model fits in no layout of so many
};

/// What stands in the way of a job on `devices` devices.
[[nodiscard]] Obstacle obstacle_of(const AiJob& job, const Device& device, std::int64_t devices);

/// Returns how a job runs with a software efficiency of 1; nothing where there is an obstacle. A layout has at most as
/// many copies as a step has sequences. Batch inference and evaluation run on as many replicas as there is room for,
/// each of the size (a power of two within a domain) that gives most per device, with as many requests as fit.
[[nodiscard]] std::optional<AiRun> run_of(const AiJob& job, const Device& device, std::int64_t devices);

/// Returns the fewest devices on which the model fits; nothing when there is no such number.
[[nodiscard]] std::optional<std::int64_t> fewest_devices(const AiJob& job, const Device& device);

/// Returns by which fraction a predicted time may be wrong, up or down: docs/models/ai.md, "How sure".
[[nodiscard]] double error_of(const AiJob& job, const Device& device);

}  // namespace gigasim::models
