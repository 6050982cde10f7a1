#pragma once

#include <deque>
#include <vector>

#include "gigasim/models/requests.hpp"

/// The same replica as simulate_requests, the slow and plain way: each iteration on its own, each request with its own
/// state, nothing summed.
namespace reference {

using gigasim::models::Replica;
using gigasim::models::Request;
using gigasim::models::ServedRequest;
using gigasim::models::ServingRates;

struct Running {
  ServedRequest served;
  std::int64_t read = 0;     ///< tokens of input
  std::int64_t written = 0;  ///< tokens of output
};

/// In order of the end.
inline std::vector<ServedRequest> serve(const ServingRates& rates, const Replica& replica,
                                        const std::vector<Request>& requests) {
  std::vector<ServedRequest> ended;
  std::deque<Request> queue;
  std::vector<Running> batch;  // in order of arrival
  std::size_t next = 0;
  double now = 0.0;
  while (next < requests.size() || !queue.empty() || !batch.empty()) {
    if (batch.empty() && queue.empty()) now = std::max(now, requests[next].arrival);
    while (next < requests.size() && requests[next].arrival <= now) queue.push_back(requests[next++]);
    while (!queue.empty() && static_cast<double>(batch.size() + 1) <= rates.most_sequences) {
      double held =
          static_cast<double>(queue.front().input_tokens) + static_cast<double>(queue.front().output_tokens) / 2.0;
      for (const Running& one : batch) {
        held += static_cast<double>(one.served.request.input_tokens) +
                static_cast<double>(one.served.request.output_tokens) / 2.0;
      }
      if (held > rates.kv_tokens) break;
      batch.push_back({{queue.front(), 0.0, 0.0}, 0, 0});
      queue.pop_front();
    }
    double seconds = rates.per_iteration;
    double touching = 0.0;
    for (const Running& one : batch) {  // one token each for those that are decoded
      if (one.written == 0) continue;
      seconds += rates.decode_token;
      seconds += rates.kv_token * static_cast<double>(one.served.request.input_tokens + one.written);
      touching += 1.0;
    }
    std::int64_t chunk = static_cast<std::int64_t>(replica.prefill_chunk);
    std::vector<bool> decoded;
    for (Running& one : batch) {
      decoded.push_back(one.written > 0);
      for (; one.read < one.served.request.input_tokens && chunk > 0; ++one.read, --chunk) {
        const auto at = static_cast<double>(one.read);
        seconds += rates.prefill_token + rates.prefill_square * (2.0 * at + 1.0);  // (n + 1)^2 - n^2
        touching += 1.0;
      }
    }
    seconds += rates.weights * rates.touched(touching);
    now += seconds;
    std::vector<Running> left;
    // Those that were decoded end before those whose prefill ends now.
    for (const bool decoding : {true, false}) {
      for (std::size_t i = 0; i < batch.size(); ++i) {
        if (decoded[i] != decoding) continue;
        Running& one = batch[i];
        if (one.read < one.served.request.input_tokens) continue;
        ++one.written;
        if (one.written == 1) one.served.first_token = now;
        if (one.written < one.served.request.output_tokens) continue;
        one.served.finished = now;
        ended.push_back(one.served);
      }
    }
    for (const Running& one : batch) {
      if (one.written < one.served.request.output_tokens) left.push_back(one);
    }
    batch = left;
  }
  return ended;
}

}  // namespace reference
