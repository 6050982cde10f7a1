#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "gigasim/models/latency.hpp"

/// One replica, request by request: continuous batching with chunked prefill and a limit of keys and values. What the
/// closed forms of latency.hpp are held against. docs/models/ai.md, "Requests, one by one".
///
/// An iteration gives one token to each request that is decoded and takes up to `prefill_chunk` tokens of input, first
/// come, first served. It lasts
///
///     per_iteration + weights touched + k decode_token + kv_token S + prefill of its chunk
///
/// for k requests of S tokens of context together (what each has read and written so far). The last part of a request's
/// input yields its first token. A request that arrives waits for the end of the iteration that runs; requests are then
/// taken into the batch in order of arrival as long as `most_sequences` and the memory allow. A request counts there
/// with input + output / 2 tokens: what it holds on average over its life, so that the batch as a whole needs what was
/// counted; the rare eviction of a real server is left out.
namespace gigasim::models {

/// One request. Tokens are at least 1 each; `arrival` never falls.
struct Request {
  double arrival = 0.0;  ///< s
  std::int64_t input_tokens = 1;
  std::int64_t output_tokens = 1;
  std::int64_t tag = 0;  ///< the caller's own; comes back with the answer
};

/// How it went, in seconds on the clock of the arrivals.
struct ServedRequest {
  Request request;
  double first_token = 0.0;
  double finished = 0.0;
  [[nodiscard]] double time_to_first_token() const { return first_token - request.arrival; }
  /// 0 for a request of one token, which has no such time.
  [[nodiscard]] double time_per_output_token() const {
    return request.output_tokens > 1 ? (finished - first_token) / static_cast<double>(request.output_tokens - 1) : 0.0;
  }
};

struct RequestsResult {
  std::int64_t served = 0;   ///< after the warm-up
  std::int64_t refused = 0;  ///< too long for the memory even alone; never taken into the batch
  Spread first_token;        ///< TTFT
  Spread output_token;       ///< TPOT, of requests of more than one token
  double seconds = 0.0;      ///< from the end of the warm-up to the last arrival (clients: to the last answer)
  double batch = 0.0;        ///< mean number of requests in work in that time
  double output_tokens_per_second = 0.0;  ///< in that time
  double busy = 0.0;                      ///< share of that time with a request in work
  std::int64_t iterations = 0;            ///< of the whole run
  std::int64_t stretches = 0;             ///< runs of iterations that were worked out at once
};

struct RequestsOptions {
  std::int64_t warm_up = 0;                               ///< the first requests that are served count for nothing
  std::function<void(const ServedRequest&)> on_served{};  ///< hears of each, warm-up or not, in order of the end
};

/// Serves all requests that `next` yields, in order of arrival, until it yields nothing and all are served. The cost
/// is that of some operations per request, however many tokens it has: iterations in which the batch does not change
/// are summed in closed form. Throws std::invalid_argument for arrivals that go back or tokens below 1.
[[nodiscard]] RequestsResult simulate_requests(const ServingRates& rates, const Replica& replica,
                                               const std::function<std::optional<Request>()>& next,
                                               const RequestsOptions& options = {});
[[nodiscard]] RequestsResult simulate_requests(const ServingRates& rates, const Replica& replica,
                                               const std::vector<Request>& requests,
                                               const RequestsOptions& options = {});

/// `clients` that ask again as soon as they are answered (one that is refused does not), until `requests` are served
/// beside the warm-up. The arrival of what `next` yields is not looked at.
[[nodiscard]] RequestsResult simulate_clients(const ServingRates& rates, const Replica& replica, std::int64_t clients,
                                              std::int64_t requests, const std::function<Request()>& next,
                                              const RequestsOptions& options = {});

}  // namespace gigasim::models
