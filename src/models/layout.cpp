#include <algorithm>
#include <cmath>

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
constexpr int kLargestTensor = 8;

double parameter_bytes(const Transformer& model, const TrainingLayout& layout, double trained_share) {
  const double stays = kWeightBytes + kGradientBytes * trained_share;
  const double optimizer = kOptimizerBytes * trained_share;
  const double own = model.parameters / (layout.tensor * layout.pipeline);
  switch (layout.mode) {
    case DataParallel::kFullySharded:
      return own * (stays + optimizer) / layout.data;
    case DataParallel::kShardedOptimizer:
      return own * (stays + optimizer / layout.data);
    case DataParallel::kReplicated:
      break;
  }
  return own * (stays + optimizer);
}

double activation_bytes(const Transformer& model, double sequence, const TrainingLayout& layout) {
  const double per_token = layout.micro_batch * sequence / layout.context * model.hidden * model.layers;
  if (layout.recompute == Recompute::kFull) return 2.0 * per_token;
  double bytes = 34.0 * per_token / layout.tensor;
  if (layout.recompute == Recompute::kNone) {
    bytes += 5.0 * model.heads * sequence * sequence * layout.micro_batch * model.layers / layout.tensor;
  }
  const double pipeline = layout.pipeline;
  const bool interleaved = layout.virtual_stages > 1;
  return interleaved ? bytes * (1.0 + (pipeline - 1.0) / (pipeline * layout.virtual_stages)) : bytes;
}

TrainingLayout layout_with(const Transformer& model, int tensor, int pipeline, std::int64_t devices) {
  TrainingLayout layout;
  layout.tensor = tensor;
  layout.pipeline = pipeline;
  layout.data = static_cast<int>(devices / tensor / pipeline);
  const auto layers = static_cast<int>(model.layers);
  layout.virtual_stages = pipeline == 1 ? 1 : std::clamp(layers / pipeline / 2, 1, 8);
  return layout;
}

bool fits(const Transformer& model, const Device& device, double sequence, const TrainingLayout& layout,
          double trained_share) {
  return training_memory(model, sequence, layout, trained_share).total() <= kUsableMemory.value() * device.memory_bytes;
}

}  // namespace

TrainingMemory training_memory(const Transformer& model, double sequence, const TrainingLayout& layout,
                               double trained_share) {
  return {parameter_bytes(model, layout, trained_share), activation_bytes(model, sequence, layout)};
}

namespace {

std::optional<TrainingLayout> smallest_layout(const Transformer& model, const Device& device, double sequence,
                                              std::int64_t devices, Recompute recompute, double trained_share) {
  const int widest = std::min(kLargestTensor, device.scale_up_domain);
  for (int tensor = 1; tensor <= widest; tensor *= 2) {
    for (int pipeline = 1; pipeline <= static_cast<int>(model.layers); ++pipeline) {
      if (static_cast<std::int64_t>(tensor) * pipeline > devices) break;
      // Only the widest may be cut into stages: a bubble costs more than the links of a domain.
      if (pipeline > 1 && tensor * 2 <= widest) break;
      TrainingLayout layout = layout_with(model, tensor, pipeline, devices);
      layout.recompute = recompute;
      if (fits(model, device, sequence, layout, trained_share)) return layout;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<TrainingLayout> choose_layout(const Transformer& model, const Device& device, double sequence,
                                            std::int64_t devices, double trained_share) {
  const auto layout = smallest_layout(model, device, sequence, devices, Recompute::kSelective, trained_share);
  return layout ? layout : smallest_layout(model, device, sequence, devices, Recompute::kFull, trained_share);
}

std::optional<std::int64_t> fewest_devices(const Transformer& model, const Device& device, double sequence,
                                           double trained_share) {
  const auto most = static_cast<std::int64_t>(kLargestTensor) * static_cast<std::int64_t>(model.layers) * 1024;
  std::int64_t enough = 1;
  while (enough <= most && !choose_layout(model, device, sequence, enough, trained_share)) enough *= 2;
  if (enough > most) return std::nullopt;
  // More devices never fit worse: between the last that was too few and the first that is enough.
  std::int64_t too_few = enough / 2;
  while (enough - too_few > 1) {
    const std::int64_t middle = too_few + (enough - too_few) / 2;
    (choose_layout(model, device, sequence, middle, trained_share) ? enough : too_few) = middle;
  }
  return enough;
}

}  // namespace gigasim::models
