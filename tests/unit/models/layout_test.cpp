#include <catch2/catch.hpp>
#include <cmath>

#include "gigasim/models/ai_job.hpp"
#include "gigasim/models/benchmarks.hpp"

using namespace gigasim;
using namespace gigasim::models;

namespace {

Transformer transformer(const char* id) {
  return transformer_of(*catalogue::find_ai_model(id));
}

Device device(const char* id) {
  return device_of(*catalogue::find_accelerator(id));
}

TrainingStep step_of(double sequence, double sequences, double devices) {
  TrainingStep step;
  step.sequence = sequence;
  step.sequences = sequences;
  step.devices = devices;
  return step;
}

constexpr const char* kModels[] = {"llama-3.1-8b", "llama-3.1-70b", "llama-3.1-405b", "gpt-1t", "deepseek-v3"};
constexpr const char* kDevices[] = {"A100-64", "H100", "GH200", "GB300", "MI300X"};
// With primes, one more than powers of two, and what leaves devices over.
constexpr int kSizes[] = {16,   17,   24,   31,   32,   64,   65,   97,    100,   127,   128,   192,
                          256,  257,  384,  499,  512,  513,  1000, 1009,  1024,  1536,  2003,  2048,
                          2049, 3001, 4096, 6144, 8191, 8192, 8209, 11616, 16384, 24576, 32768, 65536};

}  // namespace

TEST_CASE("more devices never make a step slower", "[models][layout]") {
  for (const char* model : kModels) {
    for (const char* accelerator : kDevices) {
      AiJob job = usual_job(AiTask::kPreTraining, *catalogue::find_ai_model(model));
      double before = 0.0;
      for (const int devices : kSizes) {
        INFO(model << " on " << devices << " " << accelerator);
        const auto run = run_of(job, device(accelerator), devices);
        if (!run) CHECK(before == 0.0);  // nor is there a hole above the fewest
        const double rate = run ? run->tokens_per_second : 0.0;
        CHECK(rate >= before);
        before = rate;
      }
    }
  }
}

TEST_CASE("a chosen layout fits, divides the heads, and has devices and sequences for all of it", "[models][layout]") {
  for (const char* id : {"llama-3.1-8b", "qwen2.5-7b", "bloom-176b", "falcon-180b", "llama-3.1-405b", "kimi-k2"}) {
    for (const char* accelerator : kDevices) {
      for (const double sequence : {2048.0, 8192.0, 131072.0}) {
        for (const int devices : kSizes) {
          INFO(id << " on " << devices << " " << accelerator << ", sequences of " << sequence);
          const TrainingStep step = step_of(sequence, 512, devices);
          const auto layout = choose_layout(transformer(id), device(accelerator), step);
          if (!layout) continue;
          CHECK(fits(transformer(id), device(accelerator), step, *layout));
          CHECK(std::fmod(transformer(id).heads, layout->tensor) == 0.0);
          CHECK(layout->tensor <= device(accelerator).scale_up_domain);
          CHECK(layout->devices() <= devices);
          CHECK(layout->data * layout->micro_batch * layout->micro_batches >= step.sequences);
          CHECK(layout->pipeline * layout->virtual_stages <= transformer(id).layers + 2);
          CHECK(sequence / layout->context >= std::min(sequence, 4096.0));
        }
      }
    }
  }
}

TEST_CASE("no layout of the same kind that fits is faster than the one chosen", "[models][layout]") {
  // 70B in the layouts that people take: 80 layers in stages of the same size, 512 sequences in whole micro-batches.
  const Transformer model = transformer("llama-3.1-70b");
  for (const char* accelerator : {"H100", "GH200", "GB300"}) {
    for (const int devices : {64, 256, 1024}) {
      const TrainingStep step = step_of(8192, 512, devices);
      const auto chosen = choose_layout(model, device(accelerator), step);
      REQUIRE(chosen);
      TrainingStep own = step;
      own.devices = chosen->devices();
      const double least = step_time(model, device(accelerator), own, *chosen).total;
      for (const auto mode :
           {DataParallel::kReplicated, DataParallel::kShardedOptimizer, DataParallel::kShardedGradients}) {
        for (const auto recompute : {Recompute::kNone, Recompute::kSelective, Recompute::kFull}) {
          for (int tensor = 1; tensor <= std::min(8, device(accelerator).scale_up_domain); tensor *= 2) {
            for (const int pipeline : {1, 2, 4, 8, 16}) {
              for (const int stages : {1, 2, 5}) {
                for (const double micro_batch : {1.0, 2.0, 4.0}) {
                  TrainingLayout other;
                  other.tensor = tensor;
                  other.pipeline = pipeline;
                  other.virtual_stages = pipeline == 1 ? 1 : stages;
                  other.data = devices / tensor / pipeline;
                  other.micro_batch = micro_batch;
                  other.mode = mode;
                  other.recompute = recompute;
                  if (80 % (pipeline * other.virtual_stages) != 0 || other.data < 1) continue;
                  if (other.data * micro_batch > 512 || !fits(model, device(accelerator), step, other)) continue;
                  CHECK(least <= step_time(model, device(accelerator), step, other).total * (1 + 1e-12));
                }
              }
            }
          }
        }
      }
    }
  }
}

TEST_CASE("Llama 3.1 405B on 16,384 H100 trains at the published 400 TFLOP/s within a tenth", "[models][layout]") {
  // 16,777,216 tokens a step, sequences of 8,192, 15.6e12 tokens: published 400 TFLOP/s per device (arXiv:2407.21783,
  // table 4) are 70 days of steps.
  const AiJob job = usual_job(AiTask::kPreTraining, *catalogue::find_ai_model("llama-3.1-405b"));
  CHECK(job.batch == 16777216.0);
  const auto run = run_of(job, device("H100"), 16384);
  REQUIRE(run);
  CHECK(run->utilisation * 989e12 == Approx(400e12).epsilon(0.1));
  CHECK(15.6e12 / run->tokens_per_second / 86400.0 == Approx(70.0).epsilon(0.1));
  CHECK(run->layout.recompute == Recompute::kNone);
}

TEST_CASE("long sequences are shared by context parallelism", "[models][layout]") {
  for (const char* id : {"llama-3.1-8b", "llama-3.1-70b", "llama-3.1-405b"}) {
    AiJob job = usual_job(AiTask::kContinuedPreTraining, *catalogue::find_ai_model(id));
    job.sequence = 131072;
    const auto run = run_of(job, device("H100"), 16384);
    REQUIRE(run);
    CHECK(run->layout.context > 1);
    CHECK(run->step.context > 0.0);
    CHECK(run->memory.total() <= 0.9 * 80e9);
  }
}

TEST_CASE("stages and shared sequences pass on the bytes that they must", "[models][layout]") {
  // 70B: h 8,192, 80 layers, 8 heads of 128 for keys and values. 2 x 4 x 2 x 8 devices, 64 sequences of 8,192: 8 a
  // copy.
  const Transformer model = transformer("llama-3.1-70b");
  TrainingLayout layout;
  layout.tensor = 2;
  layout.pipeline = 4;
  layout.virtual_stages = 5;
  layout.context = 2;
  layout.data = 8;
  const StepTime time = step_time(model, device("H100"), step_of(8192, 64, 128), layout);
  // 8 micro-batches x 4,096 tokens x 5 chunks x 8,192 numbers x 4 B / 2 devices = 2.684 GB at 50 GB/s.
  CHECK(time.stages == Approx(8.0 * 4096 * 5 * 8192 * 4 / 2 / 50e9));
  // 12 B x 8 x 128 x 80 layers x 8 x 4,096 tokens / (4 stages x 2 devices) at 450 GB/s: 2 x 2 lie in one domain.
  CHECK(time.context == Approx(12.0 * 8 * 128 * 80 * 8 * 4096 / (4 * 2) / 450e9));
}

TEST_CASE("frozen weights that are shared out are fetched all the same", "[models][layout]") {
  // 8 copies in one domain, 2 micro-batches of one sequence: 4 B of each of 8.03e9 weights, 7/8 of them from others.
  TrainingLayout layout;
  layout.data = 8;
  layout.mode = DataParallel::kFullySharded;
  TrainingStep step = step_of(4096, 16, 8);
  step.trained_share = 0.0;
  const StepTime time = step_time(transformer("llama-3.1-8b"), device("H100"), step, layout);
  CHECK(time.data >= 0.41 * 2 * 4 * 8.03e9 * 7 / 8 / 450e9 * 0.999);
}

TEST_CASE("the fewest devices are enough, and one less is not", "[models][layout]") {
  for (const char* id : {"llama-3.1-8b", "llama-3.1-70b", "llama-3.1-405b", "gpt-1t"}) {
    for (const char* accelerator : {"A100-64", "H100", "GH200", "GB300"}) {
      INFO(id << " on " << accelerator);
      TrainingStep step = step_of(4096, 512, 1);
      const auto fewest = fewest_devices(transformer(id), device(accelerator), step);
      REQUIRE(fewest);
      step.devices = static_cast<double>(*fewest);
      CHECK(choose_layout(transformer(id), device(accelerator), step));
      if (*fewest == 1) continue;
      step.devices -= 1.0;
      CHECK_FALSE(choose_layout(transformer(id), device(accelerator), step));
    }
  }
}

TEST_CASE("an answer that is remembered is the same", "[models][layout]") {
  const TrainingStep step = step_of(8192, 512, 1000);
  const auto first = choose_layout(transformer("llama-3.1-70b"), device("H100"), step);
  (void)choose_layout(transformer("llama-3.1-70b"), device("H100"), step_of(4096, 512, 1000));
  const auto again = choose_layout(transformer("llama-3.1-70b"), device("H100"), step);
  CHECK(step_time(transformer("llama-3.1-70b"), device("H100"), step, *first).total ==
        step_time(transformer("llama-3.1-70b"), device("H100"), step, *again).total);
}
