#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "gigasim/models/training.hpp"

using namespace gigasim::models;

namespace {

constexpr double kGib = 1024.0 * 1024.0 * 1024.0;

}  // namespace

TEST_CASE("activations of four Megatron models are those published, to two decimals of a GiB", "[models][memory]") {
  // Korthikanti et al. 2022 (arXiv:2205.05198): tensor-parallel 8, sequences of 2,048, sequence parallelism and
  // selective recompute. By hand for the first: 34 x 2048 x 4 x 6144 x 48 / 8 B = 9.5625 GiB.
  struct Case {
    const char* id;
    double micro_batch;
    int pipeline, virtual_stages;
    double gib;
  };
  for (const Case& c : std::vector<Case>{{"gpt-22b", 4, 1, 1, 9.56},
                                         {"gpt-3-175b", 1, 8, 3, 12.35},
                                         {"gpt-530b", 1, 35, 3, 23.08},
                                         {"gpt-1t", 1, 64, 1, 26.56}}) {
    INFO(c.id);
    const auto* model = gigasim::catalogue::find_ai_model(c.id);
    REQUIRE(model != nullptr);
    TrainingLayout layout;
    layout.tensor = 8;
    layout.pipeline = c.pipeline;
    layout.virtual_stages = c.virtual_stages;
    layout.micro_batch = c.micro_batch;
    CHECK(training_memory(transformer_of(*model), 2048, layout).activations / kGib == Approx(c.gib).margin(0.005));
  }
}

TEST_CASE("a parameter takes 18 bytes, shared out as the mode says", "[models][memory]") {
  Transformer model;
  model.parameters = model.active_parameters = 1e9;
  model.layers = 24;
  model.hidden = 2048;
  TrainingLayout layout;
  layout.tensor = 2;
  layout.pipeline = 5;
  layout.data = 4;
  const auto bytes = [&](DataParallel mode) {
    layout.mode = mode;
    return training_memory(model, 2048, layout).parameters;
  };
  CHECK(bytes(DataParallel::kReplicated) == Approx(18e9 / 10));               // a tenth of the model in each
  CHECK(bytes(DataParallel::kShardedOptimizer) == Approx((6e9 + 3e9) / 10));  // 12 bytes over 4 copies
  CHECK(bytes(DataParallel::kFullySharded) == Approx(4.5e9 / 10));
}
