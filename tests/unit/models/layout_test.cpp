#include <catch2/catch.hpp>

#include "gigasim/models/training.hpp"

using namespace gigasim;
using namespace gigasim::models;

namespace {

Transformer transformer(const char* id) {
  return transformer_of(*catalogue::find_ai_model(id));
}

Device device(const char* id) {
  return device_of(*catalogue::find_accelerator(id));
}

}  // namespace

TEST_CASE("an 8B model fits on one H100 when enough of them share the optimiser", "[models][layout]") {
  // 8.03e9 x 6 B = 48.2 GB stay, 12 B are shared; activations at 2,048 tokens: 34 x 2048 x 4096 x 32 B = 9.1 GB; usable
  // are 72 GB: 96.4/d <= 14.7 GB, so 7 copies do and 6 do not; fewer devices need tensor parallelism.
  const auto layout = choose_layout(transformer("llama-3.1-8b"), device("H100"), 2048, 7);
  REQUIRE(layout);
  CHECK(layout->tensor == 1);
  CHECK(layout->pipeline == 1);
  CHECK(layout->data == 7);
  const auto fewer = choose_layout(transformer("llama-3.1-8b"), device("H100"), 2048, 6);
  REQUIRE(fewer);
  CHECK(fewer->recompute == Recompute::kSelective);
  CHECK(fewer->tensor == 2);
  CHECK(fewer->data == 3);
}

TEST_CASE("a model of 1T parameters is cut into stages over domains of eight", "[models][layout]") {
  const auto layout = choose_layout(transformer("gpt-1t"), device("H100"), 2048, 4096);
  REQUIRE(layout);
  CHECK(layout->tensor == 8);
  CHECK(layout->pipeline > 8);
  CHECK(layout->devices() <= 4096);
}

TEST_CASE("the fewest devices are enough, and one less is not", "[models][layout]") {
  for (const char* id : {"llama-3.1-8b", "llama-3.1-70b", "llama-3.1-405b", "gpt-1t"}) {
    for (const char* accelerator : {"A100-64", "H100", "GH200", "GB300"}) {
      INFO(id << " on " << accelerator);
      const auto fewest = fewest_devices(transformer(id), device(accelerator), 4096);
      REQUIRE(fewest);
      CHECK(choose_layout(transformer(id), device(accelerator), 4096, *fewest));
      CHECK_FALSE(choose_layout(transformer(id), device(accelerator), 4096, *fewest - 1));
    }
  }
}

TEST_CASE("sequences too long for any layout have no number of devices", "[models][layout]") {
  CHECK_FALSE(fewest_devices(transformer("gpt-1t"), device("H100"), 1e7));
}
