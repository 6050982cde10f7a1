#include <algorithm>

#include "gigasim/models/training.hpp"
#include "gigasim/units/model_constant.hpp"

namespace gigasim::models {
namespace {

const units::ModelConstant kUsableMemory{
    0.9,
    {"models.usable_memory", "", "training and serving: share of a device's memory that a program can fill",
     "what runtimes and fragmentation leave; set by hand, range 0.85 to 0.95"}};

// Bytes per parameter.
constexpr double kWeightBytes = 2.0;      // in BF16
constexpr double kGradientBytes = 4.0;    // in FP32, of what is trained
constexpr double kOptimizerBytes = 12.0;  // master copy and two moments in FP32, of the same
constexpr double kGatheredLayers = 2.0;   // fully sharded: the layer at work, and the next one that is fetched

// Bytes per token and hidden unit of a layer.
constexpr double kKept = 34.0;   // all that the backward pass needs, with fused attention
constexpr double kInputs = 2.0;  // the input of the layer alone: the rest is computed again

double parameter_bytes(const Transformer& model, const TrainingLayout& layout, double trained_share) {
  const double gradients = kGradientBytes * trained_share;
  const double optimizer = kOptimizerBytes * trained_share;
  const double own = model.parameters / (layout.tensor * layout.pipeline);
  const double gathered = kGatheredLayers * kWeightBytes * model.parameters / (model.layers * layout.tensor);
  switch (layout.mode) {
    case DataParallel::kFullySharded:
      return own * (kWeightBytes + gradients + optimizer) / layout.data + (layout.data > 1 ? gathered : 0.0);
    case DataParallel::kShardedGradients:
      return own * (kWeightBytes + (gradients + optimizer) / layout.data);
    case DataParallel::kShardedOptimizer:
      return own * (kWeightBytes + gradients + optimizer / layout.data);
    case DataParallel::kReplicated:
      break;
  }
  return own * (kWeightBytes + gradients + optimizer);
}

/// The share of a model's layers whose activations a device holds, in layers of the whole model: the first stage holds
/// those of as many micro-batches as there are stages, or as a step has.
double held_at_once(const TrainingStep& step, const TrainingLayout& layout) {
  const double own = step.sequences / (layout.data * layout.micro_batch);
  const double micro_batches = layout.micro_batches > 0.0 ? layout.micro_batches : std::max(1.0, own);
  return layout.uneven * std::min(1.0, micro_batches / layout.pipeline);
}

double activation_bytes(const Transformer& model, const TrainingStep& step, const TrainingLayout& layout) {
  const double layer = layout.micro_batch * step.sequence / layout.context * model.hidden;
  const double layers = model.layers * held_at_once(step, layout);
  const double kept = kKept * layer / layout.tensor;
  if (layout.recompute == Recompute::kFull) return kInputs * layer * layers + kept;
  const double pipeline = layout.pipeline;
  const bool interleaved = layout.virtual_stages > 1;
  const double more = interleaved ? 1.0 + (pipeline - 1.0) / (pipeline * layout.virtual_stages) : 1.0;
  return kept * layers * more;
}

}  // namespace

TrainingMemory training_memory(const Transformer& model, const TrainingStep& step, const TrainingLayout& layout) {
  return {parameter_bytes(model, layout, step.trained_share), activation_bytes(model, step, layout)};
}

bool fits(const Transformer& model, const Device& device, const TrainingStep& step, const TrainingLayout& layout) {
  return training_memory(model, step, layout).total() <= kUsableMemory.value() * device.memory_bytes;
}

}  // namespace gigasim::models
