#include "gigasim/models/latency.hpp"

#include <catch2/catch.hpp>

#include "request_samples.hpp"

using namespace gigasim;
using namespace gigasim::models;
using namespace request_samples;

TEST_CASE("latency rises with the rate of requests and its quantiles with their share", "[models][latency]") {
  const Replica replica = replica_of(1000, 300, 1.0);
  const LatencyTable table(rates_of("llama-3.1-70b", replica), replica);
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
  const Replica replica = replica_of(1000, 300, 1.0);
  const LatencyTable table(rates_of("llama-3.1-70b", replica), replica);
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

TEST_CASE("a table of 64 points gives what the formulas give between its points", "[models][latency]") {
  const Replica replica = replica_of(1000, 300, 1.0);
  const ServingRates rates = rates_of("llama-3.1-70b", replica);
  const LatencyTable table(rates, replica);
  CHECK(table.points().size() == 64);
  for (double load = 0.013; load < 0.95; load += 0.047) {
    const double rate = load * table.saturation();
    const Latency exact = latency_at(rates, replica, rate);
    const Latency looked_up = table.at(rate);
    CHECK(looked_up.first_token.mean == Approx(exact.first_token.mean).epsilon(0.005));
    CHECK(looked_up.first_token.p95 == Approx(exact.first_token.p95).epsilon(0.03));
    CHECK(looked_up.output_token.mean == Approx(exact.output_token.mean).epsilon(0.005));
    CHECK(looked_up.output_token.p95 == Approx(exact.output_token.p95).epsilon(0.02));
    CHECK(looked_up.batch == Approx(exact.batch).epsilon(0.005));
    CHECK(looked_up.output_tokens_per_second == Approx(300.0 * rate));
  }
}

TEST_CASE("at saturation and beyond the table gives its last point and full utilisation", "[models][latency]") {
  const Replica replica = replica_of(1000, 300, 1.0);
  const LatencyTable table(rates_of("llama-3.1-70b", replica), replica);
  const Latency over = table.at(2.0 * table.saturation());
  CHECK(over.utilisation == 1.0);
  CHECK(over.first_token.mean == table.points().back().first_token.mean);
  CHECK(table.at(-1.0).first_token.mean == table.points().front().first_token.mean);
  CHECK(table.attainment(2.0 * table.saturation(), {1.0, 1.0}) == 0.0);
}

TEST_CASE("a model that does not fit has no latency", "[models][latency]") {
  // 405B in FP8 on two H100 of 80 GB.
  const Replica replica = replica_of(1000, 300, 1.0);
  const ServingRates rates = rates_of("llama-3.1-405b", replica);
  CHECK(saturation_rate(rates, replica) == 0.0);
  CHECK_THROWS_AS(LatencyTable(rates, replica), std::invalid_argument);
}

TEST_CASE("the share within limits is 95 % where the limit is the quantile", "[models][latency]") {
  const Replica replica = replica_of(1000, 300, 1.0);
  const ServingRates rates = rates_of("llama-3.1-70b", replica);
  const LatencyTable table(rates, replica);
  const double rate = 0.6 * table.saturation();
  const Latency at = latency_at(rates, replica, rate);
  CHECK(table.attainment(rate, {at.first_token.p95, std::nullopt}) == Approx(0.95).epsilon(1e-3));
  CHECK(table.attainment(rate, {std::nullopt, at.output_token.p95}) == Approx(0.95).epsilon(1e-3));
  CHECK(table.attainment(rate, {at.first_token.p95, at.output_token.p95}) == Approx(0.9025).epsilon(1e-3));
  CHECK(table.attainment(rate, {}) == 1.0);
  CHECK(table.attainment(rate, {0.001, std::nullopt}) == Approx(0.0).margin(1e-6));
}
