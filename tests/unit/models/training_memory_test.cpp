#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "gigasim/models/benchmarks.hpp"
#include "gigasim/models/training.hpp"

using namespace gigasim::models;

TEST_CASE("activations of four Megatron models are those published, to two decimals of a GiB", "[models][memory]") {
  const std::vector<MemoryComparison> all = compare_memory();
  REQUIRE(all.size() == 4);
  for (const MemoryComparison& one : all) {
    INFO(one.model);
    CHECK(one.predicted == Approx(one.published).margin(0.005));
  }
  // By hand for the first: 34 x 2048 x 4 x 6144 x 48 / 8 B.
  CHECK(all[0].published == 9.56);
  CHECK(all[0].predicted == Approx(9.5625).epsilon(1e-12));
  CHECK(all[1].published == 12.35);
  CHECK(all[2].published == 23.08);
  CHECK(all[3].published == 26.56);
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
    return training_memory(model, TrainingStep{}, layout).parameters;
  };
  CHECK(bytes(DataParallel::kReplicated) == Approx(18e9 / 10));               // a tenth of the model in each
  CHECK(bytes(DataParallel::kShardedOptimizer) == Approx((6e9 + 3e9) / 10));  // 12 bytes over 4 copies
  CHECK(bytes(DataParallel::kShardedGradients) == Approx((2e9 + 4e9) / 10));  // 16 bytes over 4 copies
  // All of it over 4 copies, and the weights of two layers of 24 that are at work: 2 x 2 B x 1e9 / 24 / 2.
  CHECK(bytes(DataParallel::kFullySharded) == Approx(4.5e9 / 10 + 2 * 2e9 / 24 / 2));
}
