#include "gigasim/models/serving.hpp"

#include <catch2/catch.hpp>

using namespace gigasim;
using namespace gigasim::models;

namespace {

Replica replica(double input_tokens, double output_tokens) {
  Replica two;
  two.tensor = 2;
  two.input_tokens = input_tokens;
  two.output_tokens = output_tokens;
  return two;
}

/// 70B in FP8 on two H100, 5,000 tokens in and 500 out.
const Replica kReplica = replica(5000, 500);

ServingRates rates_of_70b() {
  Transformer model = transformer_of(*catalogue::find_ai_model("llama-3.1-70b"));
  model.parameters = model.active_parameters = 70.0e9;
  return serving_rates(model, device_of(*catalogue::find_accelerator("H100")), kReplica);
}

}  // namespace

TEST_CASE("the keys and values of 81 requests fit beside a 70B model on two H100", "[models][serving]") {
  // (0.9 x 2 x 80e9 - 70e9 - 4e9) B / (2 x 80 x 8 x 128 B x (5000 + 250)) = 70e9 / 860,160,000 = 81.38
  CHECK(rates_of_70b().kv_sequences == Approx(81.38).margin(0.005));
}

TEST_CASE("clients of a 70B model wait as published and as the formula says", "[models][serving]") {
  // TPOT of the formula at 5, 25 and 100 clients: 23.5, 41.8 and 92.9 ms; measured 21.8, 38.8 and 92.9.
  const ServingRates rates = rates_of_70b();
  CHECK(closed_loop(rates, kReplica, 5).seconds_per_output_token == Approx(0.0235).epsilon(0.02));
  CHECK(closed_loop(rates, kReplica, 25).seconds_per_output_token == Approx(0.0418).epsilon(0.02));
  CHECK(closed_loop(rates, kReplica, 100).seconds_per_output_token == Approx(0.0929).epsilon(0.005));
  CHECK(closed_loop(rates, kReplica, 100).batch == Approx(81.38).margin(0.005));
}

TEST_CASE("a saturated replica gives what its largest batch gives", "[models][serving]") {
  const ServingRates rates = rates_of_70b();
  CHECK(saturated_output_rate(rates, kReplica) == closed_loop(rates, kReplica, 1000).output_tokens_per_second);
}

TEST_CASE("one token of a mixture of experts reads the share of the weights that it uses", "[models][serving]") {
  const Transformer model = transformer_of(*catalogue::find_ai_model("mixtral-8x7b"));
  const Replica served = replica(500, 200);
  const ServingRates rates = serving_rates(model, device_of(*catalogue::find_accelerator("H100")), served);
  const double share = 12.9 / 46.7;
  const double one = rates.iteration(1) - rates.per_iteration - rates.per_sequence;
  CHECK(one == Approx(share * rates.weights).epsilon(1e-12));
  const double many = rates.iteration(64) - rates.per_iteration - 64 * rates.per_sequence;
  CHECK(many == Approx(rates.weights).epsilon(1e-6));
}

TEST_CASE("weights of 4 bits let a model of 117 billion parameters be served by one H100", "[models][serving]") {
  const Transformer model = transformer_of(*catalogue::find_ai_model("gpt-oss-120b"));
  const Device h100 = device_of(*catalogue::find_accelerator("H100"));
  Replica one;
  one.input_tokens = 1000;
  one.output_tokens = 300;
  one.precision = Precision::kFp8;
  CHECK(serving_rates(model, h100, one).kv_sequences < 0.0);  // 116.8 GB in 72 GB
  one.precision = Precision::kMxfp4;
  // (0.9 x 80e9 - 116.8e9 x 0.5625 - 2e9) / (2 x 36 x 8 x 64 B) tokens = 4.3e9 / 36,864, over 1,150 tokens a request
  CHECK(serving_rates(model, h100, one).kv_sequences == Approx(4.3e9 / 36864.0 / 1150.0).epsilon(1e-9));
}

TEST_CASE("weight-only formats read fewer bytes and compute as BF16 does", "[models][serving]") {
  const Transformer model = transformer_of(*catalogue::find_ai_model("llama-3.1-70b"));
  const Device h100 = device_of(*catalogue::find_accelerator("H100"));
  Replica bf16 = kReplica;
  bf16.precision = Precision::kBf16;
  Replica int4 = kReplica;
  int4.precision = Precision::kInt4;
  const ServingRates wide = serving_rates(model, h100, bf16);
  const ServingRates narrow = serving_rates(model, h100, int4);
  CHECK(narrow.prefill == wide.prefill);
  CHECK(narrow.decode_token == wide.decode_token);
  CHECK(narrow.weights == Approx(wide.weights * 0.5625 / 2.0).epsilon(1e-12));
}

TEST_CASE("what the prefix cache holds is not computed again", "[models][serving]") {
  const Transformer model = transformer_of(*catalogue::find_ai_model("llama-3.1-70b"));
  const Device h100 = device_of(*catalogue::find_accelerator("H100"));
  Replica cached = kReplica;
  cached.cached_input = 0.6;
  const ServingRates all = serving_rates(model, h100, kReplica);
  const ServingRates rest = serving_rates(model, h100, cached);
  // Tokens 3,001 to 5,000 are computed. Each attends to all before it: 5,000^2 - 3,000^2 pairs of 5,000^2.
  const double linear = all.prefill_token * 2000.0;
  const double square = all.prefill_square * (5000.0 * 5000.0 - 3000.0 * 3000.0);
  CHECK(rest.prefill == Approx(linear + square).epsilon(1e-12));
  CHECK(rest.kv_sequences == all.kv_sequences);
  CHECK(rest.decode_token == all.decode_token);
  CHECK(cached.input_per_iteration() == Approx(2048.0 / 0.4).epsilon(1e-12));
}
