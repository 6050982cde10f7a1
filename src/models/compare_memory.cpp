#include <array>

#include "gigasim/catalogue/ai_models.hpp"
#include "gigasim/models/benchmarks.hpp"
#include "gigasim/models/training.hpp"

namespace gigasim::models {
namespace {

constexpr double kGib = 1024.0 * 1024.0 * 1024.0;
constexpr int kTensor = 8;
constexpr double kSequence = 2048.0;

struct PublishedActivations {
  std::string_view model;
  double micro_batch;
  int pipeline, virtual_stages;
  double gib;
};

// Korthikanti et al. 2022 (arXiv:2205.05198), confidence high: tensor-parallel 8, sequences of 2,048 tokens, sequence
// parallelism and selective recompute.
constexpr std::array kPublished{
    PublishedActivations{"gpt-22b", 4.0, 1, 1, 9.56}, PublishedActivations{"gpt-3-175b", 1.0, 8, 3, 12.35},
    PublishedActivations{"gpt-530b", 1.0, 35, 3, 23.08}, PublishedActivations{"gpt-1t", 1.0, 64, 1, 26.56}};

}  // namespace

std::vector<MemoryComparison> compare_memory() {
  std::vector<MemoryComparison> all;
  for (const PublishedActivations& one : kPublished) {
    TrainingLayout layout;
    layout.tensor = kTensor;
    layout.pipeline = one.pipeline;
    layout.virtual_stages = one.virtual_stages;
    layout.micro_batch = one.micro_batch;
    const Transformer model = transformer_of(*catalogue::find_ai_model(one.model));
    TrainingStep step;
    step.sequence = kSequence;
    step.sequences = one.micro_batch * one.pipeline;  // as many micro-batches as stages: all are full
    all.push_back({one.model, one.gib, training_memory(model, step, layout).activations / kGib});
  }
  return all;
}

}  // namespace gigasim::models
