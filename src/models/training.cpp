#include "gigasim/models/training.hpp"

#include <algorithm>

#include "gigasim/units/model_constant.hpp"
#include "gigasim/units/portable_math.hpp"

namespace gigasim::models {
namespace {

constexpr std::string_view kFit = "fitted to 73 published training runs; standard error 0.050, range 0.69 to 0.89";
const units::ModelConstant kMatmulInTraining{
    0.791, {"models.training_matmul", "", "training: matrix products against the best measured ones", kFit}};
const units::ModelConstant kMemoryTraffic{
    472.0,
    {"models.training_memory_traffic", "B", "training: memory traffic per token, layer and hidden unit",
     "fitted to the same runs; standard error 117, range 240 to 700"}};
const units::ModelConstant kTensorTraffic{
    1.49,
    {"models.tensor_parallel_traffic", "", "training: tensor-parallel exchange against the nominal rate of the links",
     "fitted to the same runs; standard error 0.38, range 0.8 to 2.2"}};
const units::ModelConstant kNeverHidden{
    0.41,
    {"models.data_parallel_exposed", "", "training: share of the exchange between copies that nothing hides",
     "fitted to the same runs; standard error 0.21, range 0 to 0.8"}};
const units::ModelConstant kLossOfScale{0.010,
                                        {"models.loss_of_scale", "", "training: loss per e-fold of devices over eight",
                                         "fitted to the same runs; standard error 0.010, range 0 to 0.03"}};
const units::ModelConstant kLowPrecision{
    1.11,
    {"models.low_precision_matmul", "", "training: FP8 and FP4 products against the same share of their peak",
     "fitted to the same runs; standard error 0.07, range 0.97 to 1.25"}};
const units::ModelConstant kAttentionKernel{
    0.6,
    {"models.attention_kernel", "", "training: attention against matrix products", "set by hand; range 0.4 to 0.8"}};
const units::ModelConstant kOverlapWindow{
    0.7,
    {"models.overlap_window", "", "training: share of the work behind which an exchange can hide",
     "set by hand: the backward pass; range 0.5 to 0.9"}};
const units::ModelConstant kMixtureMatmul{
    0.49,
    {"models.mixture_matmul", "", "training of mixtures of experts: linear layers against dense ones",
     "fitted to 8 runs; throughput of mixtures is known to 40 %"}};
const units::ModelConstant kExpertTraffic{
    0.33,
    {"models.expert_traffic", "", "training of mixtures of experts: share of the all-to-all exchange that shows",
     "fitted to 8 runs"}};

// FLOP per parameter and token: 2 forward, 4 backward, half of these for the gradient of the weight itself.
constexpr double kBackwardAndForward = 6.0;
constexpr double kThroughWeights = 4.0;
constexpr double kOfWeights = 2.0;
constexpr double kAgain = 4.0 / 3.0;               // with a second forward pass
constexpr double kAllReduceBytes = 4.0;            // of a number in BF16: reduce-scatter and gather
constexpr double kThereAndBack = 4.0;              // a number and its gradient, in BF16
constexpr double kGatheredTwiceAndReduced = 12.0;  // key and value in BF16: forward, backward, and their gradients
constexpr double kDevicesWithoutLoss = 8.0;

double peak_in_training(const Device& device, Precision precision) {
  const double low = precision == Precision::kBf16 ? 1.0 : kLowPrecision.value();
  return device.peak(precision) * device.matmul_fraction * kMatmulInTraining.value() * low;
}

/// Bytes that each device moves between the experts of one token, weighted by what the links take.
double expert_time(const Transformer& model, const Device& device, double tokens, double scale_out, double copies) {
  if (!model.mixture()) return 0.0;
  const double bytes = 6.0 * model.experts_per_token * model.hidden * model.layers * tokens;
  const double inside = std::min(1.0, device.scale_up_domain / std::max(1.0, copies));
  return kExpertTraffic.value() * bytes * (inside / device.scale_up_rate + (1.0 - inside) / scale_out);
}

double flops_per_parameter(double trained_share) {
  return kThroughWeights + kOfWeights * trained_share;
}

/// Work on the device, and what it waits for in its layers.
void add_work(const Transformer& model, const Device& device, const TrainingStep& step, const TrainingLayout& layout,
              double tokens, double scale_out, StepTime& time) {
  const double again = layout.recompute == Recompute::kFull ? kAgain : 1.0;
  const double attention_again = layout.recompute == Recompute::kNone ? 1.0 : kAgain;
  const double width = model.layers * model.hidden;
  const double mixture = model.mixture() ? kMixtureMatmul.value() : 1.0;
  time.linear = flops_per_parameter(step.trained_share) * model.active_parameters * again * tokens /
                (peak_in_training(device, step.precision) * mixture);
  time.attention = kBackwardAndForward * width * step.sequence * attention_again * tokens /
                   (kAttentionKernel.value() * peak_in_training(device, Precision::kBf16));
  time.memory = kMemoryTraffic.value() * width * again * tokens / device.memory_rate;
  if (layout.tensor > 1) {
    const double all_reduces = layout.recompute == Recompute::kFull ? 6.0 : 4.0;
    const double rate = layout.tensor <= device.scale_up_domain ? device.scale_up_rate : scale_out;
    time.tensor = kTensorTraffic.value() * all_reduces * kAllReduceBytes * width * tokens * (layout.tensor - 1) / rate;
  }
  time.experts = expert_time(model, device, tokens, scale_out, layout.data);
}

/// What moves with each micro-batch between stages and between those that share a sequence, at the nominal rates.
void add_passed_on(const Transformer& model, const Device& device, const TrainingStep& step,
                   const TrainingLayout& layout, double micro_batches, double scale_out, StepTime& time) {
  const double tokens = micro_batches * layout.micro_batch * step.sequence / layout.context;
  if (layout.pipeline > 1) {
    time.stages = kThereAndBack * tokens * layout.virtual_stages * model.hidden / (layout.tensor * scale_out);
  }
  if (layout.context > 1) {
    const double rate = layout.tensor * layout.context <= device.scale_up_domain ? device.scale_up_rate : scale_out;
    const double numbers = model.kv_numbers_per_token() / 2.0;
    time.context =
        kGatheredTwiceAndReduced * numbers * tokens * (layout.context - 1) / (layout.pipeline * layout.tensor * rate);
  }
}

/// The exchange between the copies, as far as nothing hides it.
void add_exchange(const Transformer& model, const Device& device, const TrainingStep& step,
                  const TrainingLayout& layout, double micro_batches, double work, double scale_out, StepTime& time) {
  if (layout.data <= 1) return;
  const double copies = layout.data;
  const auto in_domain = device.scale_up_domain / std::max(1, layout.tensor * layout.context);  // whole ones
  const double together = std::clamp(static_cast<double>(in_domain), 1.0, copies);
  // Gradients are 2 bytes each, weights 2, gathered once; of those fully sharded once more, with each micro-batch.
  const bool sharded = layout.mode == DataParallel::kFullySharded;
  const double of_parameter =
      sharded ? (4.0 + 2.0 * step.trained_share) * micro_batches : kBackwardAndForward * step.trained_share;
  const double bytes = of_parameter * model.parameters / (layout.tensor * layout.pipeline);
  time.exchanged_bytes = bytes * (1.0 - together / copies) / together;
  const double all = std::max(time.exchanged_bytes / scale_out, bytes * (1.0 - 1.0 / copies) / device.scale_up_rate);
  const double exposed = kNeverHidden.value();
  time.data = exposed * all + std::max(0.0, (1.0 - exposed) * all - kOverlapWindow.value() * work);
}

}  // namespace

double model_flops_per_token(const Transformer& model, double sequence, double trained_share) {
  return flops_per_parameter(trained_share) * model.active_parameters +
         kBackwardAndForward * model.layers * model.hidden * sequence;
}

StepTime step_time(const Transformer& model, const Device& device, const TrainingStep& step,
                   const TrainingLayout& layout) {
  const double scale_out = step.scale_out_rate > 0.0 ? step.scale_out_rate : device.scale_out_rate;
  const double own = step.sequences / (layout.data * layout.micro_batch);
  const double micro_batches = layout.micro_batches > 0.0 ? layout.micro_batches : own;
  const double tokens = step.sequences * step.sequence / step.devices;  // of one device
  const double fullest = layout.uneven * micro_batches / own;           // its work over the mean

  StepTime time;
  add_work(model, device, step, layout, tokens * fullest, scale_out, time);
  const double work = time.linear + time.attention + time.memory + time.tensor + time.experts;
  time.pipeline = work * (layout.pipeline - 1) / (layout.virtual_stages * micro_batches);
  add_passed_on(model, device, step, layout, micro_batches, scale_out, time);
  add_exchange(model, device, step, layout, micro_batches, work, scale_out, time);
  const double scale = 1.0 + kLossOfScale.value() * units::portable_log(step.devices / kDevicesWithoutLoss);
  const double taken = scale / step.software_efficiency;
  time.without_exchange = (work + time.pipeline + time.stages + time.context) * taken;
  time.total = time.without_exchange + time.data * taken;
  time.tokens_per_second_per_device = tokens / time.total;
  time.model_flops_utilisation = model_flops_per_token(model, step.sequence, step.trained_share) *
                                 time.tokens_per_second_per_device / device.peak(step.precision);
  return time;
}

}  // namespace gigasim::models
