#include "gigasim/models/ai_job.hpp"

#include <catch2/catch.hpp>

using namespace gigasim::models;
using gigasim::catalogue::find_accelerator;
using gigasim::catalogue::find_ai_model;

namespace {

Device machine(const char* id) {
  return device_of(*find_accelerator(id));
}

AiJob work(AiTask task, const char* model) {
  return usual_job(task, *find_ai_model(model));
}

}  // namespace

TEST_CASE("the model FLOP of a token are those of its passes", "[models][job]") {
  // 70.6e9 parameters, 80 layers, h 8,192, s 8,192: 6 x 70.6e9 + 6 x 80 x 8192 x 8192 = 423.6e9 + 32.21e9.
  CHECK(model_flops_per_token(work(AiTask::kPreTraining, "llama-3.1-70b")) == Approx(455.812e9).epsilon(1e-6));
  // LoRA at s 4,096, 1 % trained: 4.02 x 70.6e9 + 6 x 80 x 8192 x 4096 = 283.812e9 + 16.106e9.
  CHECK(model_flops_per_token(work(AiTask::kLora, "llama-3.1-70b")) == Approx(299.918e9).epsilon(1e-6));
  // Evaluation of 1,000 tokens in and 30 out: 2 x 70.6e9 + 2 x 80 x 8192 x 1030 = 141.2e9 + 1.350e9.
  CHECK(model_flops_per_token(work(AiTask::kEvaluation, "llama-3.1-70b")) == Approx(142.550e9).epsilon(1e-6));
}

TEST_CASE("frozen weights save the third of the linear work that is their gradients, and nothing of the attention",
          "[models][job]") {
  const Transformer model = transformer_of(*find_ai_model("llama-3.1-8b"));
  TrainingStep step;
  step.sequence = 4096;
  step.sequences = 128;
  step.devices = 64;
  TrainingLayout layout;
  layout.data = 64;
  const StepTime full = step_time(model, machine("H100"), step, layout);
  step.trained_share = 0.0;
  const StepTime frozen = step_time(model, machine("H100"), step, layout);
  CHECK(frozen.linear == Approx(full.linear * 4.0 / 6.0));
  CHECK(frozen.attention == full.attention);
  CHECK(frozen.memory == full.memory);
  CHECK(frozen.exchanged_bytes == 0.0);
  CHECK(full.exchanged_bytes > 0.0);
}

TEST_CASE("a frozen parameter takes two bytes, a trained one eighteen", "[models][job]") {
  const Transformer model = transformer_of(*find_ai_model("llama-3.1-8b"));
  const TrainingLayout layout;  // one device: nothing is shared
  const TrainingStep step;
  TrainingStep frozen;
  frozen.trained_share = 0.0;
  TrainingStep adapter;
  adapter.trained_share = 0.01;
  CHECK(training_memory(model, step, layout).parameters == Approx(18.0 * 8.03e9));
  CHECK(training_memory(model, frozen, layout).parameters == Approx(2.0 * 8.03e9));
  // 1 % of an adapter: 2 + 0.01 x 16 bytes.
  CHECK(training_memory(model, adapter, layout).parameters == Approx(2.16 * 8.03e9));
  // So a 70B model trains on fewer devices by LoRA than whole.
  CHECK(*fewest_devices(work(AiTask::kLora, "llama-3.1-70b"), machine("GH200")) <
        *fewest_devices(work(AiTask::kSft, "llama-3.1-70b"), machine("GH200")));
}

TEST_CASE("a training job runs at the rate of its step on all devices of its layout", "[models][job]") {
  const AiJob training = work(AiTask::kPreTraining, "llama-3.1-70b");
  const auto run = run_of(training, machine("GH200"), 1024);
  REQUIRE(run);
  TrainingStep step;
  step.sequence = 8192;
  step.sequences = 512;  // 4,194,304 tokens
  step.devices = run->layout.devices();
  const double by_hand =
      step.sequence * step.sequences / step_time(training.model, machine("GH200"), step, run->layout).total;
  CHECK(run->tokens_per_second == Approx(by_hand));
  CHECK(run->utilisation == Approx(by_hand * 455.812e9 / (1024 * 989e12)).epsilon(1e-6));
}

TEST_CASE("a layout has no more copies than a step has sequences", "[models][job]") {
  AiJob small = work(AiTask::kSft, "llama-3.1-8b");
  small.batch = 16 * small.sequence;
  const auto run = run_of(small, machine("H100"), 1024);
  REQUIRE(run);
  CHECK(run->layout.data == 16);
  CHECK(run->devices_at_work == run->layout.devices());
  // More devices than the batch has work for do not help, and idle.
  const auto more = run_of(small, machine("H100"), 2048);
  CHECK(more->tokens_per_second == run->tokens_per_second);
  CHECK(more->devices_at_work == run->devices_at_work);
}

TEST_CASE("batch inference runs on as many replicas as there is room for, each at its saturated rate",
          "[models][job]") {
  AiJob batch = work(AiTask::kBatchInference, "llama-3.1-70b");
  batch.precision = Precision::kFp8;
  const auto run = run_of(batch, machine("H100"), 20);
  REQUIRE(run);
  CHECK(run->replicas == 20 / run->replica.tensor);
  CHECK(run->devices_at_work == run->replicas * run->replica.tensor);
  // Tokens in and out: (1,000 + 300) for 300 that are written.
  const double written = saturated_output_rate(serving_rates(batch.model, machine("H100"), run->replica), run->replica);
  CHECK(run->tokens_per_second == Approx(static_cast<double>(run->replicas) * written * 1300.0 / 300.0));
  for (int tensor = 1; tensor <= 8; tensor *= 2) {  // no other size gives more per device
    Replica other = run->replica;
    other.tensor = tensor;
    const ServingRates rates = serving_rates(batch.model, machine("H100"), other);
    if (rates.kv_sequences < 1.0) continue;
    CHECK(saturated_output_rate(rates, other) / tensor <= written / run->replica.tensor * (1 + 1e-12));
  }
}

TEST_CASE("what a device cannot do is told apart: the format, or the memory", "[models][job]") {
  AiJob training = work(AiTask::kPreTraining, "llama-3.1-405b");
  CHECK(obstacle_of(training, machine("H100"), 8) == Obstacle::kMemory);
  const auto fewest = fewest_devices(training, machine("H100"));
  REQUIRE(fewest);
  CHECK(obstacle_of(training, machine("H100"), *fewest) == Obstacle::kNone);
  CHECK(obstacle_of(training, machine("H100"), *fewest - 1) == Obstacle::kMemory);
  training.precision = Precision::kFp8;
  CHECK(obstacle_of(training, machine("A100"), 4096) == Obstacle::kPrecision);
  CHECK_FALSE(run_of(training, machine("A100"), 4096));
}

TEST_CASE("predicted times are least sure for mixtures of experts and devices that nobody measured", "[models][job]") {
  CHECK(error_of(work(AiTask::kPreTraining, "llama-3.1-70b"), machine("H100")) == 0.15);
  CHECK(error_of(work(AiTask::kPreTraining, "llama-3.1-70b"), machine("MI250X")) == 0.30);
  CHECK(error_of(work(AiTask::kLora, "llama-3.1-70b"), machine("H100")) == 0.30);
  CHECK(error_of(work(AiTask::kPreTraining, "deepseek-v3"), machine("H100")) == 0.40);
}
