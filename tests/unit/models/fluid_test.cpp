// The closed forms held against requests, one by one.

#include <catch2/catch.hpp>

#include "request_samples.hpp"

using namespace gigasim;
using namespace gigasim::models;
using namespace request_samples;

namespace {

struct Compared {
  Latency formula;
  RequestsResult requests;
};

Compared compare(const char* model, const Replica& replica, double load, std::size_t count = 240000) {
  const ServingRates rates = rates_of(model, replica);
  const double rate = load * saturation_rate(rates, replica);
  RequestsOptions options;
  options.warm_up = static_cast<std::int64_t>(count) / 10;
  return {latency_at(rates, replica, rate),
          simulate_requests(rates, replica, poisson_requests(replica, rate, count, 1), options)};
}

}  // namespace

TEST_CASE("mean latency by formula is within 10 % and 15 % of requests up to a load of 0.85", "[models][fluid]") {
  // Log-normal lengths of three mixes on two H100. The limits are those of docs/models/ai.md.
  for (const auto& [input, output] : {std::pair{300.0, 300.0}, std::pair{1000.0, 300.0}, std::pair{3000.0, 150.0}}) {
    for (const double load : {0.3, 0.5, 0.7, 0.85}) {
      CAPTURE(input, output, load);
      const auto [formula, requests] = compare("llama-3.1-70b", replica_of(input, output, 1.0), load);
      CHECK(formula.output_token.mean == Approx(requests.output_token.mean).epsilon(0.10));
      CHECK(formula.first_token.mean == Approx(requests.first_token.mean).epsilon(0.15));
      CHECK(formula.output_token.p95 == Approx(requests.output_token.p95).epsilon(0.15));
      CHECK(formula.first_token.p95 == Approx(requests.first_token.p95).epsilon(0.25));
      CHECK(formula.batch == Approx(requests.batch).epsilon(0.05));
      CHECK(formula.output_tokens_per_second == Approx(requests.output_tokens_per_second).epsilon(0.03));
    }
  }
}

TEST_CASE("other models and lengths all alike keep the limits of the closed forms", "[models][fluid]") {
  struct Served {
    const char* model;
    double cv;
  };
  for (const Served& served : {Served{"mistral-7b", 1.0}, Served{"mixtral-8x7b", 1.0}, Served{"llama-3.1-70b", 0.0}}) {
    for (const auto& [input, output] : {std::pair{300.0, 300.0}, std::pair{3000.0, 150.0}}) {
      for (const double load : {0.4, 0.8}) {
        CAPTURE(served.model, served.cv, input, output, load);
        const auto [formula, requests] = compare(served.model, replica_of(input, output, served.cv), load, 100000);
        CHECK(formula.output_token.mean == Approx(requests.output_token.mean).epsilon(0.10));
        CHECK(formula.first_token.mean == Approx(requests.first_token.mean).epsilon(0.15));
      }
    }
  }
}

TEST_CASE("a replica that is asked for too much gives its rate of saturation", "[models][fluid]") {
  // 300/300 is bound by the batch's limit, 1000/300 and 5000/500 by memory, 3000/150 by prefill.
  for (const double cv : {0.0, 1.0}) {
    for (const auto& [input, output] :
         {std::pair{300.0, 300.0}, std::pair{1000.0, 300.0}, std::pair{3000.0, 150.0}, std::pair{5000.0, 500.0}}) {
      CAPTURE(cv, input, output);
      const Replica replica = replica_of(input, output, cv);
      const ServingRates rates = rates_of("llama-3.1-70b", replica);
      const double saturation = saturation_rate(rates, replica);
      RequestsOptions options;
      options.warm_up = 5000;
      const auto result =
          simulate_requests(rates, replica, poisson_requests(replica, 1.5 * saturation, 40000, 1), options);
      // Lengths drawn: 0.5 % for the mean of 40,000.
      CHECK(result.output_tokens_per_second == Approx(saturation * output).epsilon(0.02));
    }
  }
}

TEST_CASE("mean time per token hardly depends on how the lengths vary where prefill is short", "[models][fluid]") {
  // Processor sharing: with an input of few tokens, outputs of one mean see the same batch, all alike or log-normal.
  // Keys and values are left out, which see the lengths themselves.
  Replica alike = replica_of(20, 300, 0.0);
  Replica varied = alike;
  varied.output_cv = 1.0;
  ServingRates rates = rates_of("llama-3.1-70b", alike);
  rates.kv_token = 0.0;
  const double rate = 0.7 * saturation_rate(rates, alike);
  RequestsOptions options;
  options.warm_up = 5000;
  const auto one = simulate_requests(rates, alike, poisson_requests(alike, rate, 60000, 1), options);
  const auto other = simulate_requests(rates, varied, poisson_requests(varied, rate, 60000, 2), options);
  // The batch is about 200 with a standard deviation near 15 that lasts for some 10 s of 3,000 s: 0.4 % for each mean.
  CHECK(one.batch == Approx(other.batch).epsilon(0.015));
  CHECK(one.output_token.mean == Approx(other.output_token.mean).epsilon(0.015));
}
