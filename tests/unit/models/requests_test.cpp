#include "gigasim/models/requests.hpp"

#include <catch2/catch.hpp>

#include "reference_batch.hpp"
#include "request_samples.hpp"

using namespace gigasim;
using namespace gigasim::models;
using namespace request_samples;

namespace {

std::vector<ServedRequest> served(const ServingRates& rates, const Replica& replica,
                                  const std::vector<Request>& requests) {
  std::vector<ServedRequest> all;
  RequestsOptions options;
  options.on_served = [&](const ServedRequest& one) { all.push_back(one); };
  (void)simulate_requests(rates, replica, requests, options);
  return all;
}

Replica chunks_of(double tokens) {
  Replica replica;
  replica.prefill_chunk = tokens;
  return replica;
}

}  // namespace

TEST_CASE("a request alone takes its chunks and then its tokens", "[models][requests]") {
  // 25 tokens in chunks of 10: three iterations of 10 ms and 25 ms of prefill end with the first token at 55 ms; two
  // more tokens take 11 ms each.
  const auto one = served(plain_rates(), chunks_of(10), {{0.0, 25, 3}});
  REQUIRE(one.size() == 1);
  CHECK(one[0].time_to_first_token() == Approx(0.055));
  CHECK(one[0].time_per_output_token() == Approx(0.011));
  CHECK(one[0].finished == Approx(0.077));
}

TEST_CASE("who arrives during an iteration is taken at its end", "[models][requests]") {
  // The first: 10 tokens of input by 20 ms, then 11 ms a token. The second comes at 25 ms, during 20 to 31 ms. Its
  // iteration lasts 10 + 1 (decode) + 10 (prefill) = 21 ms, to 52 ms. The third token of the first comes with it; its
  // fourth, and the second's second, at 52 + 12 = 64 ms.
  const auto two = served(plain_rates(), chunks_of(10), {{0.0, 10, 4}, {0.025, 10, 2}});
  REQUIRE(two.size() == 2);
  CHECK(two[0].first_token == Approx(0.020));
  CHECK(two[0].finished == Approx(0.064));
  CHECK(two[1].first_token == Approx(0.052));
  CHECK(two[1].finished == Approx(0.064));
}

TEST_CASE("a chunk is shared in order of arrival", "[models][requests]") {
  // Chunks of 10 over inputs of 6, 6 and 6: 6 + 4, 2 + 6, then none left. The first token of the first after 20 ms, of
  // the two others after 20 + (10 + 8 + 1) = 39 ms; the first has two tokens of output and ends there.
  const auto three = served(plain_rates(), chunks_of(10), {{0.0, 6, 2}, {0.0, 6, 1}, {0.0, 6, 1}});
  REQUIRE(three.size() == 3);
  CHECK(three[0].first_token == Approx(0.020));
  CHECK(three[0].finished == Approx(0.039));
  CHECK(three[1].finished == Approx(0.039));
  CHECK(three[2].finished == Approx(0.039));
}

TEST_CASE("the memory admits requests by what they hold on average", "[models][requests]") {
  // 10 in and 4 out count 12 tokens each: of three, memory for 24 takes two; the third starts when they end.
  ServingRates rates = plain_rates();
  rates.kv_tokens = 24;
  const std::vector<Request> requests(3, Request{0.0, 10, 4});
  const auto all = served(rates, chunks_of(100), requests);
  CHECK(all[0].first_token == Approx(0.030));  // 10 + 20 tokens
  CHECK(all[1].finished == Approx(0.030 + 3 * 0.012));
  CHECK(all[2].first_token == Approx(0.066 + 0.020));
  rates.kv_tokens = 23.9;
  CHECK(served(rates, chunks_of(100), requests)[1].first_token > 0.030);
}

TEST_CASE("a request that could never fit is refused", "[models][requests]") {
  ServingRates rates = plain_rates();
  rates.kv_tokens = 100;
  const auto result = simulate_requests(rates, chunks_of(100), std::vector<Request>{{0.0, 90, 11}, {0.0, 90, 10}});
  CHECK(result.refused == 1);
  CHECK(result.served == 1);
  const auto clients = simulate_clients(rates, chunks_of(100), 2, 5, [] { return Request{0.0, 90, 11}; });
  CHECK(clients.refused == 2);  // neither asks again
}

TEST_CASE("requests that no one could send are errors of the caller", "[models][requests]") {
  const auto run = [](const std::vector<Request>& requests) {
    return simulate_requests(plain_rates(), chunks_of(10), requests);
  };
  CHECK_THROWS_WITH(run({{0.0, 0, 1}}), "a request of 0 tokens in and 1 out: both must be at least 1");
  CHECK_THROWS_WITH(run({{2.0, 1, 1}, {1.0, 1, 1}}), "a request that arrives at 1 s, after one at 2 s");
}

TEST_CASE("stretches of iterations are worked out as one by one", "[models][requests]") {
  for (const char* model : {"llama-3.1-70b", "mixtral-8x7b"}) {
    for (const double load : {0.1, 0.6, 0.95, 1.3}) {
      for (const double cv : {0.0, 1.0}) {
        Replica replica = replica_of(400, 60, cv);
        replica.prefill_chunk = 512;
        ServingRates rates = rates_of(model, replica);
        rates.kv_tokens = 20000;  // so that the memory is a limit
        rates.largest_batch = 40;
        const auto requests = poisson_requests(replica, load * saturation_rate(rates, replica), 400, 11);
        const auto quick = served(rates, replica, requests);
        const auto slow = reference::serve(rates, replica, requests);
        REQUIRE(quick.size() == slow.size());
        double worst = 0.0;
        for (std::size_t i = 0; i < quick.size(); ++i) {
          REQUIRE(quick[i].request.arrival == slow[i].request.arrival);  // the same one
          worst = std::max(worst, std::fabs(quick[i].first_token - slow[i].first_token));
          worst = std::max(worst, std::fabs(quick[i].finished - slow[i].finished));
        }
        CHECK(worst < 1e-9 * slow.back().finished);
      }
    }
  }
}

TEST_CASE("the cost of a request does not depend on how many tokens it has", "[models][requests]") {
  // At least one stretch for each prefill; at most one more for an arrival between iterations and one for an end.
  for (const double output : {30.0, 300.0, 3000.0}) {
    const Replica replica = replica_of(300, output, 0.0);
    const ServingRates rates = rates_of("llama-3.1-70b", replica);
    for (const double load : {0.3, 0.95}) {
      const auto requests = poisson_requests(replica, load * saturation_rate(rates, replica), 5000, 3);
      const auto result = simulate_requests(rates, replica, requests);
      CHECK(result.stretches <= 3 * result.served);
      if (output > 1000) CHECK(result.iterations > 5 * result.stretches);
    }
  }
}

TEST_CASE("every request is served once and every token counted", "[models][requests]") {
  const Replica replica = replica_of(300, 100, 1.0);
  const ServingRates rates = rates_of("llama-3.1-70b", replica);
  const auto requests = poisson_requests(replica, 0.7 * saturation_rate(rates, replica), 2000, 5);
  const auto all = served(rates, replica, requests);
  CHECK(all.size() == requests.size());
  for (const ServedRequest& one : all) {
    CHECK(one.first_token > one.request.arrival);
    CHECK(one.finished >= one.first_token);
  }
  // Clients: what is counted in the window is what its requests hold, up to those that cross its ends.
  RequestsOptions options;
  options.warm_up = 500;
  const auto result = simulate_clients(
      rates, replica, 50, 5000,
      [] {
        return Request{0.0, 300, 100};
      },
      options);
  CHECK(result.output_tokens_per_second * result.seconds == Approx(5000.0 * 100.0).epsilon(0.01));
  CHECK(result.batch == Approx(50.0).epsilon(0.001));
  CHECK(result.busy == Approx(1.0));
}

TEST_CASE("clients of a 70B model wait request by request as the formula says", "[models][requests]") {
  // 70B in FP8 on two H100, 5,000 in and 500 out: 23.5, 41.8 and 92.9 ms at 5, 25 and 100 clients; measured 21.8, 38.8
  // and 92.9. The memory holds 81 requests.
  const Replica replica = replica_of(5000, 500, 0.0);
  Transformer model = transformer_of(*catalogue::find_ai_model("llama-3.1-70b"));
  model.parameters = model.active_parameters = 70.0e9;
  const ServingRates rates = serving_rates(model, device_of(*catalogue::find_accelerator("H100")), replica);
  RequestsOptions options;
  options.warm_up = 1000;
  for (const auto& [clients, seconds] : {std::pair{5, 0.0235}, std::pair{25, 0.0418}, std::pair{100, 0.0929}}) {
    const auto result = simulate_clients(
        rates, replica, clients, 2000,
        [] {
          return Request{0.0, 5000, 500};
        },
        options);
    CHECK(result.output_token.mean == Approx(seconds).epsilon(0.10));
    CHECK(result.batch == Approx(std::min(clients, 81)).epsilon(0.005));
  }
}
