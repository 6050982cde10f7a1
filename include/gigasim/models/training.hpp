#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "gigasim/models/device.hpp"
#include "gigasim/models/transformer.hpp"

/// How fast a machine trains a model, from a closed formula: docs/models/ai.md, section 1. Pure functions.
namespace gigasim::models {

/// What is computed again in the backward pass instead of being kept.
enum class Recompute { kNone, kSelective, kFull };

/// How the copies of a model share what belongs to its parameters.
enum class DataParallel {
  kReplicated,        ///< each copy holds all ("ddp")
  kShardedOptimizer,  ///< weights and gradients in each, the optimiser's state shared out ("zero1")
  kShardedGradients,  ///< weights in each, gradients and the optimiser's state shared out ("zero2")
  kFullySharded,      ///< all shared out; weights are fetched for each micro-batch ("fsdp", "zero3")
};

/// How a training run is spread over devices. Devices = tensor x pipeline x context x data.
struct TrainingLayout {
  int tensor = 1;            ///< devices that share each layer's matrices
  int pipeline = 1;          ///< stages
  int virtual_stages = 1;    ///< per device
  int context = 1;           ///< devices that share a sequence
  int data = 1;              ///< copies
  double micro_batch = 1.0;  ///< sequences
  DataParallel mode = DataParallel::kShardedOptimizer;
  Recompute recompute = Recompute::kSelective;
  /// Micro-batches of a copy in a step; 0: its sequences over `micro_batch`, which need not be whole.
  double micro_batches = 0.0;
  double uneven = 1.0;  ///< layers of the fullest stage over the mean
  [[nodiscard]] int devices() const { return tensor * pipeline * context * data; }
};

/// One optimiser step of a training run.
struct TrainingStep {
  double sequence = 8192.0;  ///< tokens of one
  double sequences = 1.0;    ///< of one step, all copies together
  double devices = 1.0;
  Precision precision = Precision::kBf16;
  double software_efficiency = 1.0;  ///< of the site's software stack against a tuned one; 0.77 to 1.15 were seen
  double scale_out_rate = 0.0;       ///< bytes/s per device, in the place of the device's own; 0: its own
  double trained_share = 1.0;        ///< of the parameters; the others are frozen and have no gradients of their own
  friend auto operator<=>(const TrainingStep&, const TrainingStep&) = default;
};

/// Where the time of a step goes, in seconds per step, and what that means.
struct StepTime {
  double linear = 0.0, attention = 0.0, memory = 0.0, tensor = 0.0, experts = 0.0;  ///< work of the device
  double pipeline = 0.0;                                                            ///< bubble
  double stages = 0.0;            ///< activations and their gradients from stage to stage
  double context = 0.0;           ///< keys and values gathered from those that share a sequence
  double data = 0.0;              ///< exchange between copies that is not hidden
  double total = 0.0;             ///< with the loss of scale
  double without_exchange = 0.0;  ///< the same, as if the exchange between copies were hidden
  double tokens_per_second_per_device = 0.0;
  double model_flops_utilisation = 0.0;  ///< model_flops_per_token() x tokens/s over the peak of the precision
  double exchanged_bytes = 0.0;          ///< by each device between copies, over the scale-out network
};

/// Returns the time of a step. All fields must be positive; the device must have the precision. With a trained share f
/// the linear layers take (4 + 2 f) A FLOP per token in the place of 6 A: forward, backward through all layers, and
/// the gradients of the weights that are trained; and only these gradients are exchanged.
[[nodiscard]] StepTime step_time(const Transformer& model, const Device& device, const TrainingStep& step,
                                 const TrainingLayout& layout);

/// Bytes on one device.
struct TrainingMemory {
  double parameters = 0.0;  ///< weights, gradients, master copy, moments
  double activations = 0.0;
  [[nodiscard]] double total() const { return parameters + activations; }
};

/// Returns what a device must hold (Korthikanti et al. 2022 for the activations; 18 bytes per parameter for mixed
/// precision with Adam, 2 for a frozen one). Attention keeps no scores: its kernels are fused (flash attention), so
/// that selective recomputation takes as much as none.
[[nodiscard]] TrainingMemory training_memory(const Transformer& model, const TrainingStep& step,
                                             const TrainingLayout& layout);

/// Whether that is at most 0.9 of the device's memory.
[[nodiscard]] bool fits(const Transformer& model, const Device& device, const TrainingStep& step,
                        const TrainingLayout& layout);

/// Returns the FLOP that the model itself takes for a token, recomputation left out: (4 + 2 f) A + 6 L h s.
[[nodiscard]] double model_flops_per_token(const Transformer& model, double sequence, double trained_share = 1.0);

/// Returns the layout with the least step_time() on at most `step.devices` devices among those that fit; nothing where
/// none does. Sizes, limits, and the order that breaks ties: docs/models/ai.md, "Layout". More devices are never
/// slower. What was asked before is remembered.
[[nodiscard]] std::optional<TrainingLayout> choose_layout(const Transformer& model, const Device& device,
                                                          const TrainingStep& step);

/// Returns the fewest devices on which such steps can be done at all, whatever `step.devices` says; nothing when there
/// is no such number.
[[nodiscard]] std::optional<std::int64_t> fewest_devices(const Transformer& model, const Device& device,
                                                         TrainingStep step);

}  // namespace gigasim::models
