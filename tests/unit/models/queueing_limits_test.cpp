// Where the theory of queues knows the answer, the closed forms give it, and so do requests one by one.

#include <catch2/catch.hpp>

#include "request_samples.hpp"

using namespace gigasim;
using namespace gigasim::models;
using namespace request_samples;

namespace {

/// A replica without prefill and memory limits: iterations of `fixed` + k `each` seconds, at most `batch` requests.
ServingRates only_decoding(double fixed, double each, double batch) {
  ServingRates rates;
  rates.per_iteration = fixed;
  rates.decode_token = rates.per_sequence = each;
  rates.kv_tokens = 1e12;
  rates.kv_sequences = 1e9;
  rates.largest_batch = rates.most_sequences = batch;
  return rates;
}

Replica outputs_of(double tokens, double cv) {
  Replica replica;
  replica.input_tokens = 1;
  replica.output_tokens = tokens;
  replica.output_cv = cv;
  return replica;
}

/// Probability of waiting in M/M/B at offered load `a` (Erlang C), by the recursion of Erlang B.
double erlang_c(int servers, double a) {
  double blocked = 1.0;
  for (int k = 1; k <= servers; ++k) blocked = a * blocked / (k + a * blocked);
  const double load = a / servers;
  return blocked / (1.0 - load + load * blocked);
}

std::vector<Request> geometric_outputs(double rate, double mean, std::size_t count) {
  units::RandomStream gaps(1, "limits", "arrivals");
  units::RandomStream outputs(1, "limits", "outputs");
  std::vector<Request> requests;
  double now = 0.0;
  while (requests.size() < count) {
    now += units::draw_exponential(gaps, 1.0 / rate);
    const auto tokens =
        static_cast<std::int64_t>(std::ceil(units::draw_exponential(outputs, -1.0 / std::log1p(-1.0 / mean))));
    requests.push_back({now, 1, std::max<std::int64_t>(1, tokens)});
  }
  return requests;
}

}  // namespace

TEST_CASE("a request alone sees its prefill and its iterations", "[models][latency][limits]") {
  // 5,000 tokens in chunks of 2,048: three iterations.
  const Replica replica = replica_of(5000, 500, 0.0);
  const ServingRates rates = rates_of("llama-3.1-70b", replica);
  const Latency alone = latency_at(rates, replica, 0.0);
  CHECK(alone.first_token.mean == Approx(3.0 * rates.iteration(1) + rates.prefill));
  CHECK(alone.output_token.mean == Approx(rates.iteration(1)));
  CHECK(alone.first_token.p99 == Approx(alone.first_token.mean).epsilon(1e-4));
  CHECK(alone.output_token.p99 == Approx(alone.output_token.mean).epsilon(1e-4));
  CHECK(alone.batch == 0.0);
  // Just above, as the replica is hardly ever busy, hardly more.
  CHECK(latency_at(rates, replica, 1e-6).first_token.mean == Approx(alone.first_token.mean).epsilon(1e-3));
  CHECK(latency_at(rates, replica, 1e-6).output_token.mean == Approx(alone.output_token.mean).epsilon(1e-3));
}

TEST_CASE("a batch of one is an M/G/1 queue", "[models][latency][limits]") {
  // Pollaczek-Khinchine: wait = load x service (1 + cv^2) / (2 (1 - load)), services of 1,000 iterations of 1 ms.
  const ServingRates rates = only_decoding(0.001, 0.0, 1);
  for (const double cv : {0.0, 1.0, 2.0}) {
    for (const double load : {0.3, 0.8}) {
      const double wait = load * 1.0 * (1.0 + cv * cv) / (2.0 * (1.0 - load));
      const Replica replica = outputs_of(1000, cv);
      const Latency latency = latency_at(rates, replica, load);
      CHECK(latency.waiting == Approx(load * wait));  // Little
      CHECK(latency.busy == Approx(load));
      CHECK(latency.batch == Approx(load));
      CHECK(latency.first_token.mean == Approx(wait).margin(0.002));  // and an iteration or two
    }
  }
  // Request by request, all alike, at 0.7: 0.7 / (2 x 0.3) = 1.1667 s. An iteration more for the first token.
  const Replica alike = outputs_of(1000, 0.0);
  const auto result = simulate_requests(rates, alike, poisson_requests(alike, 0.7, 400000, 3));
  CHECK(result.first_token.mean == Approx(0.7 / 0.6 + 0.001).epsilon(0.02));
  CHECK(result.busy == Approx(0.7).epsilon(0.01));
}

TEST_CASE("iterations of constant length make an M/M/B queue", "[models][latency][limits]") {
  // Services of 1 s in 20 places.
  const ServingRates rates = only_decoding(0.001, 0.0, 20);
  const Replica replica = outputs_of(1000, 1.0);
  for (const double rate : {10.0, 17.0, 19.0}) {
    const double wait = erlang_c(20, rate) / (20.0 - rate);
    const Latency latency = latency_at(rates, replica, rate);
    CHECK(latency.waiting == Approx(rate * wait));
    CHECK(latency.batch == Approx(rate));
    CHECK(latency.output_token.mean == Approx(0.001));
    CHECK(latency.utilisation == Approx(rate / 20.0));
  }
  // Geometric outputs are exponential but for their grain: at 17/s Erlang C says 0.3546 / 3 s = 0.118 s.
  const auto result = simulate_requests(rates, replica, geometric_outputs(17.0, 1000.0, 400000));
  // The first token adds its iteration of 1 ms and, mostly, half of the one that runs.
  CHECK(result.first_token.mean == Approx(erlang_c(20, 17.0) / 3.0 + 0.0015).epsilon(0.05));
}

TEST_CASE("iterations that grow with the batch make a processor-sharing queue", "[models][latency][limits]") {
  // k requests, iterations of k x 1 ms: M/G/1 with processor sharing, in which a request of x iterations takes
  // x / (1 - load) however lengths vary; the number in work is geometric.
  const ServingRates rates = only_decoding(0.0, 0.001, 4000);
  for (const double load : {0.3, 0.7, 0.9}) {
    for (const double cv : {0.0, 1.0}) {
      const Latency latency = latency_at(rates, outputs_of(1000, cv), load);
      CHECK(latency.output_token.mean == Approx(0.001 / (1.0 - load)).epsilon(1e-6));
      CHECK(latency.batch == Approx(load / (1.0 - load)));
      CHECK(latency.busy == Approx(load));
      CHECK(latency.waiting == Approx(0.0).margin(1e-9));
    }
  }
  const Replica alike = outputs_of(1000, 0.0);
  const Replica varied = outputs_of(1000, 1.0);
  const auto one = simulate_requests(rates, alike, poisson_requests(alike, 0.7, 400000, 1));
  const auto other = simulate_requests(rates, varied, poisson_requests(varied, 0.7, 400000, 2));
  CHECK(one.batch == Approx(0.7 / 0.3).epsilon(0.03));
  CHECK(other.batch == Approx(0.7 / 0.3).epsilon(0.03));
  CHECK(one.output_token.mean == Approx(0.001 / 0.3).epsilon(0.03));
}
