#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "gigasim/models/requests.hpp"
#include "gigasim/units/draws.hpp"

/// Replicas and requests that several tests use.
namespace request_samples {

using namespace gigasim;
using namespace gigasim::models;

inline Replica replica_of(double input_tokens, double output_tokens, double cv, int tensor = 2) {
  Replica replica;
  replica.tensor = tensor;
  replica.input_tokens = input_tokens;
  replica.output_tokens = output_tokens;
  replica.input_cv = replica.output_cv = cv;
  return replica;
}

inline ServingRates rates_of(const char* model, const Replica& replica) {
  return serving_rates(transformer_of(*catalogue::find_ai_model(model)),
                       device_of(*catalogue::find_accelerator("H100")), replica);
}

/// Log-normal tokens, at least 1.
inline std::int64_t draw_tokens(units::RandomStream& random, double mean, double cv) {
  if (cv <= 0.0) return static_cast<std::int64_t>(mean);
  const double variance = std::log(1.0 + cv * cv);
  const double drawn = mean * std::exp(std::sqrt(variance) * units::draw_normal(random) - variance / 2.0);
  return std::max<std::int64_t>(1, std::llround(drawn));
}

/// Poisson arrivals of requests of the replica's lengths.
inline std::vector<Request> poisson_requests(const Replica& replica, double rate, std::size_t count,
                                             std::uint64_t seed) {
  units::RandomStream gaps(seed, "requests", "arrivals");
  units::RandomStream inputs(seed, "requests", "inputs");
  units::RandomStream outputs(seed, "requests", "outputs");
  std::vector<Request> requests;
  double now = 0.0;
  while (requests.size() < count) {
    now += units::draw_exponential(gaps, 1.0 / rate);
    requests.push_back({now, draw_tokens(inputs, replica.input_tokens, replica.input_cv),
                        draw_tokens(outputs, replica.output_tokens, replica.output_cv)});
  }
  return requests;
}

/// Iterations of 10 ms and 1 ms for each request, prefill of 1 ms a token, no attention, no keys and values to read.
inline ServingRates plain_rates() {
  ServingRates rates;
  rates.per_iteration = 0.010;
  rates.decode_token = rates.per_sequence = 0.001;
  rates.prefill_token = 0.001;
  rates.kv_tokens = 1e9;
  rates.kv_sequences = rates.largest_batch = rates.most_sequences = 100;
  return rates;
}

}  // namespace request_samples
