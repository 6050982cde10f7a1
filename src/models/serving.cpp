#include "gigasim/models/serving.hpp"

#include <algorithm>
#include <limits>

#include "gigasim/units/model_constant.hpp"
#include "gigasim/units/portable_math.hpp"

namespace gigasim::models {
namespace {

const units::ModelConstant kComputeInServing{
    0.575,
    {"models.serving_compute", "", "serving: compute rate against the dense peak",
     "fitted to 33 published rates of three Llama models on four devices and 3 latencies; range 0.45 to 0.72"}};
const units::ModelConstant kMemoryInServing{
    0.903,
    {"models.serving_memory", "", "serving: memory rate against the nominal one",
     "fitted to the same; range 0.8 to 0.95"}};
const units::ModelConstant kAllReduce{
    32e-6,
    {"models.serving_all_reduce", "s", "serving: latency of one exchange between the devices of a replica",
     "fitted to the same; range 15 to 60 us"}};
const units::ModelConstant kLargestBatch{
    382.0,
    {"models.serving_largest_batch", "sequences", "serving: requests in one batch at most",
     "fitted to the same; range 256 to 512"}};
const units::ModelConstant kIterationOverhead{
    2e-3,
    {"models.serving_iteration_overhead", "s", "serving: what an iteration takes beside its kernels",
     "set by hand; range 1 to 4 ms"}};
const units::ModelConstant kRuntimeMemory{
    2e9,
    {"models.serving_runtime_memory", "B", "serving: memory of the runtime on each device",
     "set by hand; range 1 to 4 GB"}};
const units::ModelConstant kMemoryToFill{
    0.9,
    {"models.serving_usable_memory", "", "serving: share of the memory for weights, keys and values",
     "default of common servers; range 0.85 to 0.95"}};
const units::ModelConstant kMixtureCompute{
    0.162,
    {"models.serving_mixture_compute", "", "serving mixtures of experts: compute rate against the dense peak",
     "fitted to 22 rates; an order of magnitude only"}};
const units::ModelConstant kMixtureBatch{
    434.0,
    {"models.serving_mixture_batch", "sequences", "serving mixtures of experts: batch per device at most",
     "fitted to the same"}};
const units::ModelConstant kFp4OverFp8{1.35,
                                       {"models.serving_fp4", "", "serving: FP4 products against the FP8 peak",
                                        "seen on B200 and GB200; range 1.2 to 1.6"}};

double peak_in_serving(const Transformer& model, const Device& device, const Replica& replica) {
  const double fraction = model.mixture() ? kMixtureCompute.value() : kComputeInServing.value();
  const double peak = replica.precision == Precision::kFp4 && device.fp4_flops > 0.0
                          ? kFp4OverFp8.value() * device.fp8_flops
                          : device.peak(replica.precision);
  return replica.tensor * peak * device.serving_fraction * fraction * replica.tuning;
}

}  // namespace

double ServingRates::touched(double tokens) const {
  // 1 - (1 - A/P)^B of the experts are touched by B tokens.
  return touched_by_one >= 1.0 ? 1.0 : 1.0 - units::portable_pow(1.0 - touched_by_one, std::max(tokens, 1.0));
}

double ServingRates::iteration(double sequences) const {
  return per_iteration + weights * touched(sequences) + per_sequence * sequences;
}

ServingRates serving_rates(const Transformer& model, const Device& device, const Replica& replica) {
  const double tensor = replica.tensor;
  const double weights = weight_bytes(replica.precision) * model.parameters;
  const double kv_bytes = model.kv_numbers_per_token();  // one byte each
  const double squared_input = replica.input_tokens * replica.input_tokens;
  const double spread_input = squared_input * (1.0 + replica.input_cv * replica.input_cv);
  const double context =
      replica.input_tokens + replica.output_tokens / 2.0 * (1.0 + replica.output_cv * replica.output_cv);
  const double flops = peak_in_serving(model, device, replica);
  const double memory_rate = tensor * device.memory_rate * kMemoryInServing.value() * replica.tuning;

  ServingRates rates;
  rates.kv_tokens =
      (kMemoryToFill.value() * tensor * device.memory_bytes - weights - kRuntimeMemory.value() * tensor) / kv_bytes;
  rates.kv_sequences = rates.kv_tokens / context;
  rates.most_sequences = model.mixture() ? kMixtureBatch.value() * tensor : kLargestBatch.value();
  rates.largest_batch = std::min(rates.kv_sequences, rates.most_sequences);
  rates.weights = weights / memory_rate;
  rates.touched_by_one = model.mixture() ? model.active_parameters / model.parameters : 1.0;
  rates.per_iteration = kIterationOverhead.value();
  rates.decode_token = 2.0 * model.active_parameters / flops;
  rates.kv_token = kv_bytes / memory_rate;
  rates.prefill_token = rates.decode_token;
  rates.prefill_square = 2.0 * model.layers * model.hidden / flops;
  if (replica.tensor > 1) {
    const double exchange = 2.0 * model.layers * model.hidden * 4.0 * (tensor - 1.0) / (tensor * device.scale_up_rate);
    rates.per_iteration += 2.0 * model.layers * kAllReduce.value();
    rates.decode_token += exchange;
    rates.prefill_token += exchange;
  }
  rates.per_sequence = rates.decode_token + rates.kv_token * context;
  rates.prefill_token *= 1.0 - replica.cached_input;
  rates.prefill_square *= 1.0 - replica.cached_input * replica.cached_input;
  rates.prefill = rates.prefill_token * replica.input_tokens + rates.prefill_square * spread_input;
  return rates;
}

ClosedLoop closed_loop(const ServingRates& rates, const Replica& replica, double clients) {
  ClosedLoop loop;
  loop.batch = std::min(rates.largest_batch, clients);
  loop.seconds_per_output_token = rates.iteration(loop.batch) + loop.batch * rates.prefill / replica.output_tokens;
  loop.output_tokens_per_second = loop.batch / loop.seconds_per_output_token;
  return loop;
}

double saturated_output_rate(const ServingRates& rates, const Replica& replica) {
  return closed_loop(rates, replica, std::numeric_limits<double>::infinity()).output_tokens_per_second;
}

}  // namespace gigasim::models
