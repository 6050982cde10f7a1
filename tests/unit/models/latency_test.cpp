#include "gigasim/models/latency.hpp"

#include <catch2/catch.hpp>

using namespace gigasim;
using namespace gigasim::models;

namespace {

Replica served_as(double input_tokens, double output_tokens, double cv = 1.0) {
  Replica replica;
  replica.tensor = 2;
  replica.input_tokens = input_tokens;
  replica.output_tokens = output_tokens;
  replica.input_cv = replica.output_cv = cv;
  return replica;
}

ServingRates rates_on_two_h100(const Replica& replica) {
  return serving_rates(transformer_of(*catalogue::find_ai_model("llama-3.1-70b")),
                       device_of(*catalogue::find_accelerator("H100")), replica);
}

}  // namespace

TEST_CASE("latency rises with the rate of requests and its quantiles with their share", "[models][latency]") {
  const Replica replica = served_as(1000, 300);
  const LatencyTable table(rates_on_two_h100(replica), replica);
  Latency before = table.at(0.0);
  for (double load = 0.02; load < 0.99; load += 0.02) {
    const Latency now = table.at(load * table.saturation());
    CHECK(now.first_token.mean >= before.first_token.mean);
    CHECK(now.first_token.p95 >= before.first_token.p95 * (1.0 - 1e-6));
    CHECK(now.output_token.mean >= before.output_token.mean);
    CHECK(now.output_token.p95 >= before.output_token.p95 * (1.0 - 1e-6));
    CHECK(now.first_token.p50 <= now.first_token.p95);
    CHECK(now.first_token.p95 <= now.first_token.p99);
    CHECK(now.output_token.p50 <= now.output_token.p95);
    CHECK(now.output_token.p95 <= now.output_token.p99);
    before = now;
  }
}

TEST_CASE("at the rate within limits the limits just hold", "[models][latency]") {
  const Replica replica = served_as(1000, 300);
  const LatencyTable table(rates_on_two_h100(replica), replica);
  const LatencyLimits limits{2.0, 0.05};
  const auto rate = table.rate_within(limits);
  REQUIRE(rate);
  const Latency at = table.at(*rate);
  CHECK(at.first_token.p95 <= 2.0 * (1.0 + 1e-9));
  CHECK(at.output_token.p95 <= 0.05 * (1.0 + 1e-9));
  CHECK(std::max(at.first_token.p95 / 2.0, at.output_token.p95 / 0.05) == Approx(1.0));
  CHECK_FALSE(table.rate_within({0.001, std::nullopt}));
  CHECK_FALSE(table.rate_within({std::nullopt, 0.001}));
  CHECK(*table.rate_within({}) == table.points().back().requests_per_second);
}
