#include "gigasim/models/ai_job.hpp"

#include <algorithm>
#include <cmath>

#include "gigasim/units/model_constant.hpp"

namespace gigasim::models {
namespace {

const units::ModelConstant kAdapterShare{
    0.01,
    {"models.lora_trained_share", "", "LoRA: parameters of the adapter over those of the model",
     "assumption: rank 16 to 64 on all linear layers gives 0.3 to 2 %"}};
const units::ModelConstant kUsualSequence{
    8192.0, {"models.usual_sequence", "tokens", "training: sequence where nobody states it", "assumption"}};
const units::ModelConstant kUsualTuningSequence{
    4096.0, {"models.usual_tuning_sequence", "tokens", "SFT and LoRA: sequence where nobody states it", "assumption"}};
const units::ModelConstant kUsualBatch{
    4194304.0,
    {"models.usual_batch", "tokens", "pre-training: tokens of one step where nobody states them",
     "assumption: published runs of 7B to 70B take 2 to 16 million"}};
const units::ModelConstant kUsualLargeBatch{
    16777216.0,
    {"models.usual_large_batch", "tokens", "the same of models from 100 billion parameters up",
     "assumption: the main stage of Llama 3.1 405B (arXiv:2407.21783); DeepSeek-V3 took 63 million"}};
const units::ModelConstant kUsualTuningBatch{
    524288.0,
    {"models.usual_tuning_batch", "tokens", "SFT and LoRA: tokens of one step where nobody states them",
     "assumption: 128 sequences"}};
const units::ModelConstant kUsualInput{
    1000.0,
    {"models.usual_input", "tokens", "evaluation and batch inference: input of a request where nobody states it",
     "assumption"}};
const units::ModelConstant kUsualOutput{
    300.0,
    {"models.usual_output", "tokens", "batch inference: output of a request where nobody states it", "assumption"}};
const units::ModelConstant kUsualEvaluationOutput{
    30.0,
    {"models.usual_evaluation_output", "tokens", "evaluation: output of a request where nobody states it",
     "assumption: benchmarks with short answers"}};

constexpr std::string_view kSpread = "errors of whole families of published runs: docs/models/ai.md";
const units::ModelConstant kKnownError{
    0.15, {"models.error_known", "", "predicted time of a tuned stack on hardware that was measured", kSpread}};
const units::ModelConstant kUnknownError{
    0.30, {"models.error_unknown", "", "predicted time on hardware that nobody measured, and of LoRA", kSpread}};
const units::ModelConstant kMixtureError{
    0.40, {"models.error_mixture", "", "predicted time of mixtures of experts", kSpread}};

constexpr double kLarge = 100e9;  // parameters

bool has_rates(const Device& device, Precision precision) {
  return device.peak(precision) > 0.0 && device.matmul_fraction > 0.0 && device.memory_bytes > 0.0 &&
         device.memory_rate > 0.0 && device.scale_up_rate > 0.0 && device.scale_out_rate > 0.0;
}

/// A step of the job on at most so many devices.
TrainingStep step_of(const AiJob& job, std::int64_t devices) {
  TrainingStep step;
  step.sequence = job.sequence;
  step.sequences = job.batch / job.sequence;
  step.devices = static_cast<double>(devices);
  step.precision = job.precision;
  step.trained_share = job.trained_share();
  return step;
}

std::optional<AiRun> training_run(const AiJob& job, const Device& device, std::int64_t devices) {
  TrainingStep step = step_of(job, devices);
  const auto layout = choose_layout(job.model, device, step);
  if (!layout) return std::nullopt;
  AiRun run;
  run.layout = *layout;
  run.devices_at_work = run.layout.devices();
  step.devices = run.layout.devices();
  run.step = step_time(job.model, device, step, run.layout);
  run.memory = training_memory(job.model, step, run.layout);
  run.tokens_per_second = run.step.tokens_per_second_per_device * step.devices;
  return run;
}

/// The replica of `tensor` devices; nothing where not even one request fits beside the weights.
std::optional<AiRun> replica_of(const AiJob& job, const Device& device, int tensor) {
  AiRun run;
  run.replica.tensor = tensor;
  run.replica.precision = job.precision;
  run.replica.input_tokens = job.input;
  run.replica.output_tokens = job.output;
  const ServingRates rates = serving_rates(job.model, device, run.replica);
  if (!(rates.kv_sequences >= 1.0)) return std::nullopt;
  run.tokens_per_second = saturated_output_rate(rates, run.replica) * (job.input + job.output) / job.output;
  return run;
}

/// The replica that gives most per device, the smaller one of two alike.
std::optional<AiRun> best_replica(const AiJob& job, const Device& device, std::int64_t devices) {
  std::optional<AiRun> best;
  for (int tensor = 1; tensor <= devices && tensor <= device.scale_up_domain; tensor *= 2) {
    if (!job.model.shared_by(tensor)) break;
    auto run = replica_of(job, device, tensor);
    if (run && (!best || run->tokens_per_second / tensor > best->tokens_per_second / best->replica.tensor)) best = run;
  }
  return best;
}

std::optional<AiRun> serving_run(const AiJob& job, const Device& device, std::int64_t devices) {
  auto run = best_replica(job, device, devices);
  if (!run) return std::nullopt;
  run->replicas = devices / run->replica.tensor;
  run->devices_at_work = run->replicas * run->replica.tensor;
  run->tokens_per_second *= static_cast<double>(run->replicas);
  return run;
}

}  // namespace

double AiJob::trained_share() const {
  return task == AiTask::kLora ? kAdapterShare.value() : 1.0;
}

AiJob usual_job(AiTask task, const catalogue::AiModel& model) {
  AiJob job;
  job.task = task;
  job.model = transformer_of(model);
  const bool tuning = task == AiTask::kSft || task == AiTask::kLora;
  const double sequence = tuning ? kUsualTuningSequence.value() : kUsualSequence.value();
  job.sequence = std::min(sequence, static_cast<double>(model.context));
  const double usual = job.model.parameters < kLarge ? kUsualBatch.value() : kUsualLargeBatch.value();
  job.batch = tuning ? kUsualTuningBatch.value() : usual;
  job.input = kUsualInput.value();
  job.output = task == AiTask::kEvaluation ? kUsualEvaluationOutput.value() : kUsualOutput.value();
  return job;
}

bool exceeds_context(const AiJob& job, const catalogue::AiModel& model) {
  const double longest = trains(job.task) ? job.sequence : job.input + job.output;
  return job.task != AiTask::kContinuedPreTraining && longest > static_cast<double>(model.context);
}

double model_flops_per_token(const AiJob& job) {
  if (trains(job.task)) return model_flops_per_token(job.model, job.sequence, job.trained_share());
  // A forward pass: each token attends to half of the request on average, keys and values, 4 L h FLOP for each.
  return 2.0 * job.model.active_parameters + 2.0 * job.model.layers * job.model.hidden * (job.input + job.output);
}

Obstacle obstacle_of(const AiJob& job, const Device& device, std::int64_t devices) {
  if (!has_rates(device, job.precision)) return Obstacle::kPrecision;
  const bool fits = trains(job.task) ? choose_layout(job.model, device, step_of(job, devices)).has_value()
                                     : best_replica(job, device, devices).has_value();
  return fits ? Obstacle::kNone : Obstacle::kMemory;
}

std::optional<AiRun> run_of(const AiJob& job, const Device& device, std::int64_t devices) {
  if (!has_rates(device, job.precision)) return std::nullopt;
  auto run = trains(job.task) ? training_run(job, device, devices) : serving_run(job, device, devices);
  if (!run) return std::nullopt;
  run->utilisation =
      run->tokens_per_second * model_flops_per_token(job) / (static_cast<double>(devices) * device.peak(job.precision));
  return run;
}

std::optional<std::int64_t> fewest_devices(const AiJob& job, const Device& device) {
  if (!has_rates(device, job.precision)) return std::nullopt;
  if (trains(job.task)) return fewest_devices(job.model, device, step_of(job, 1));
  for (int tensor = 1; tensor <= device.scale_up_domain && job.model.shared_by(tensor); tensor *= 2) {
    if (replica_of(job, device, tensor)) return tensor;
  }
  return std::nullopt;
}

double error_of(const AiJob& job, const Device& device) {
  if (job.model.mixture()) return kMixtureError.value();
  return device.matmul_measured && job.task != AiTask::kLora ? kKnownError.value() : kUnknownError.value();
}

}  // namespace gigasim::models
