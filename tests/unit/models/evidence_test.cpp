#include "gigasim/models/evidence.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

using namespace gigasim;
using namespace gigasim::models;
using catalogue::SoftwareTask;

namespace {

const catalogue::Accelerator& accelerator(const char* id) {
  return *catalogue::find_accelerator(id);
}

Software usual(const char* id, SoftwareTask task) {
  return software_for(accelerator(id), task, std::nullopt, "");
}

}  // namespace

TEST_CASE("software is what the user states, else the named stack, else the vendor's usual one", "[models][evidence]") {
  const auto& mi300x = accelerator("MI300X");
  CHECK(software_for(mi300x, SoftwareTask::kServing, 0.9, "").efficiency == 0.9);
  CHECK(software_for(mi300x, SoftwareTask::kServing, 0.9, "").low == 0.9);
  CHECK(usual("MI300X", SoftwareTask::kServing).stack == "amd-vllm");
  CHECK(software_for(accelerator("H100"), SoftwareTask::kServing, std::nullopt, "nvidia-vllm").stack == "nvidia-vllm");
  // A stack of another vendor, or for another task, is not used there.
  CHECK(software_for(mi300x, SoftwareTask::kServing, std::nullopt, "nvidia-vllm").stack == "amd-vllm");
  CHECK(software_for(accelerator("H100"), SoftwareTask::kTraining, std::nullopt, "nvidia-vllm").stack ==
        "nvidia-megatron");
  CHECK(usual("CLASS-2027", SoftwareTask::kTraining).stack == "other-training");
}

TEST_CASE("every vendor's usual stack lies within its range", "[models][evidence]") {
  for (const auto& stack : catalogue::software_stacks()) {
    INFO(stack.id);
    CHECK(stack.low <= stack.efficiency);
    CHECK(stack.efficiency <= stack.high);
    CHECK(stack.low > 0.0);
  }
}

TEST_CASE("the serving software of AMD is the median of the published rates over the model's", "[models][evidence]") {
  // The eight errors that `gigasim models check` prints, as measured over predicted.
  const Software vllm = usual("MI300X", SoftwareTask::kServing);
  std::vector<double> ratios;
  for (const auto& row : catalogue::find_table("inference-benchmarks")->rows) {
    if (!row["family"].starts_with("vllm")) continue;
    Transformer model;
    model.parameters = model.active_parameters = *row.number("params_b") * 1e9;
    model.layers = *row.number("layers");
    model.hidden = *row.number("hidden");
    model.kv_heads = *row.number("kv_heads");
    model.head_dimension = *row.number("head_dim");
    Replica replica;
    replica.tensor = 8;
    replica.input_tokens = *row.number("input_tokens");
    replica.output_tokens = *row.number("output_tokens");
    const double model_says =
        saturated_output_rate(serving_rates(model, device_of(accelerator("MI300X")), replica), replica);
    ratios.push_back(*row.number("output_tokens_per_s") / model_says);
  }
  REQUIRE(ratios.size() == 8);
  std::sort(ratios.begin(), ratios.end());
  CHECK(vllm.efficiency == Approx((ratios[3] + ratios[4]) / 2.0).margin(0.03));
  CHECK(vllm.low == Approx(ratios.front()).margin(0.01));
  CHECK(vllm.high == Approx(ratios.back()).margin(0.01));
}

TEST_CASE("a predicted time may be wrong by the model's error or the software's, whichever is more",
          "[models][evidence]") {
  const TimeRange tuned = time_range(0.15, {"", 1.0, 1.0, 1.0});
  CHECK(tuned.low == 0.85);
  CHECK(tuned.high == 1.15);
  const TimeRange unsure = time_range(0.15, {"x", 0.8, 0.5, 1.0});
  CHECK(unsure.low == Approx(0.8));   // faster software: 0.8 / 1.0
  CHECK(unsure.high == Approx(1.6));  // slower: 0.8 / 0.5
}

TEST_CASE("measurements are counted by accelerator, vendor, task, software and kind of model", "[models][evidence]") {
  const auto training = SoftwareTask::kTraining;
  const auto none = measurements_for(accelerator("MI430X"), training, usual("MI430X", training), false);
  CHECK(none.on_accelerator == 0);
  CHECK(none.of_vendor == 0);
  CHECK(evidence_sentence(accelerator("MI430X"), training, usual("MI430X", training), false) ==
        "no published rate of training dense models on MI430X, nor on any other AMD accelerator, with this software "
        "stands behind this");
  const auto serving = SoftwareTask::kServing;
  const auto other = measurements_for(accelerator("MI430X"), serving, usual("MI430X", serving), false);
  CHECK(other.on_accelerator == 0);
  CHECK(other.of_vendor == 8);
  CHECK(measurements_for(accelerator("MI300X"), serving, usual("MI300X", serving), false).on_accelerator == 8);
  CHECK(measurements_for(accelerator("MI300X"), serving, usual("MI300X", serving), true).on_accelerator == 0);
  CHECK(measurements_for(accelerator("H100"), training, usual("H100", training), false).on_accelerator > 0);
}
