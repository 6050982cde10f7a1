#pragma once

#include "gigasim/models/device.hpp"
#include "gigasim/models/transformer.hpp"

/// How fast a replica of a model answers requests, from a closed formula: docs/models/ai.md, section 2. Pure functions.
namespace gigasim::models {

/// A copy of a model that serves requests, and the requests that it sees.
struct Replica {
  int tensor = 1;                         ///< devices that share each layer's matrices
  Precision precision = Precision::kFp8;  ///< of the weights; keys and values are kept in 8 bits
  double input_tokens = 0.0;              ///< mean per request
  double output_tokens = 0.0;
  double prefill_chunk = 2048.0;  ///< tokens of input that one iteration computes
  double cached_input = 0.0;      ///< share of the input, from its start, that is found in the prefix cache; below 1
  double tuning = 1.0;            ///< of the serving software: 1 as shipped, 1.25 tuned
  double input_cv = 0.0;          ///< standard deviation over mean; 0: all requests are alike
  double output_cv = 0.0;

  /// Tokens of input that one iteration gets through, those in the prefix cache among them.
  [[nodiscard]] double input_per_iteration() const { return prefill_chunk / (1.0 - cached_input); }
};

/// The numbers of one iteration of continuous batching, all in seconds.
struct ServingRates {
  double kv_sequences = 0.0;   ///< requests whose keys and values fit in memory, a real number
  double largest_batch = 0.0;  ///< requests that are worked on at the same time at most
  double prefill = 0.0;        ///< of one request's whole input
  double per_iteration = 0.0;  ///< of an iteration, whatever the batch
  double per_sequence = 0.0;   ///< more for each request of the batch

  /// Time of an iteration with a batch of `sequences`, without prefill. For mixtures of experts the weights that are
  /// touched grow with the batch.
  [[nodiscard]] double iteration(double sequences) const;

  /// Share of the weights that `tokens` touch together; at least that of one.
  [[nodiscard]] double touched(double tokens) const;

  /// Prefill of a whole input of so many tokens.
  [[nodiscard]] double prefill_seconds(double tokens) const {
    return tokens * (prefill_token + prefill_square * tokens);
  }

  double weights = 0.0;         ///< of reading all weights once
  double touched_by_one = 1.0;  ///< share of the weights that one token touches

  // What requests of lengths of their own need.
  double decode_token = 0.0;    ///< of one sequence in an iteration, beside its keys and values
  double kv_token = 0.0;        ///< of reading one token's keys and values
  double prefill_token = 0.0;   ///< of one token of input
  double prefill_square = 0.0;  ///< more for n tokens of input: this times n^2 (attention)
  double kv_tokens = 0.0;       ///< tokens whose keys and values fit in memory
  double most_sequences = 0.0;  ///< the server's own limit of the batch
};

/// Returns the rates of a replica. `kv_sequences` of 0 or less: the model does not fit.
///
/// A request in work is seen with the weight of its stay, so that the mean length of its context is
/// input + output (1 + output_cv^2) / 2; the mean of input^2 is input^2 (1 + input_cv^2).
///
/// With a share s of the input in the prefix cache, the prefill of n tokens takes (1 - s) n a + (1 - s^2) n^2 b in the
/// place of n a + n^2 b: the tokens that are computed still attend to all before them. Memory is as without the cache:
/// what requests with the same beginning share is not taken off.
[[nodiscard]] ServingRates serving_rates(const Transformer& model, const Device& device, const Replica& replica);

/// What `clients` that ask again as soon as they are answered see.
struct ClosedLoop {
  double batch = 0.0;
  double seconds_per_output_token = 0.0;
  double output_tokens_per_second = 0.0;  ///< of the replica
};
[[nodiscard]] ClosedLoop closed_loop(const ServingRates& rates, const Replica& replica, double clients);

/// Returns the most output tokens per second, with as many clients as one likes.
[[nodiscard]] double saturated_output_rate(const ServingRates& rates, const Replica& replica);

}  // namespace gigasim::models
