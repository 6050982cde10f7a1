#include "trace_replay.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "gigasim/workload/request_demand.hpp"

using namespace gigasim;
using units::Seconds;

namespace {

scenario::TracedDemand traced(const std::vector<double>& arrivals, double scale, bool repeat) {
  scenario::RequestTrace trace;
  std::int64_t tokens = 0;
  for (const double arrival : arrivals) trace.requests.push_back({arrival, ++tokens, 1});
  return {"", scale, repeat, std::make_shared<const scenario::RequestTrace>(trace)};
}

std::vector<double> arrivals_of(const scenario::TracedDemand& demand, std::size_t most) {
  workload::TraceReplay replay(demand);
  std::vector<double> arrivals;
  while (arrivals.size() < most) {
    const auto request = replay.next();
    if (!request) break;
    arrivals.push_back(request->arrival);
  }
  return arrivals;
}

scenario::Scenario with_trace(const scenario::TracedDemand& demand, const scenario::OriginWeights& origin) {
  scenario::Scenario s;
  s.workload.streams.resize(1);
  s.workload.streams[0].origin = origin;
  s.workload.services.resize(1);
  s.workload.services[0].name = "chat";
  s.workload.services[0].stream = 0;
  s.workload.services[0].demand.trace = demand;
  return s;
}

constexpr std::int64_t kParts = 1024000;  // of a request

}  // namespace

TEST_CASE("a trace is replayed as it is, once", "[workload][services]") {
  CHECK(arrivals_of(traced({0, 2, 2, 6}, 1.0, false), 9) == std::vector<double>{0, 2, 2, 6});
}

// 4 requests in 6 s: on average 2 s apart, so that the next round begins at 8 s.
TEST_CASE("a trace that is repeated goes on after the mean distance of its requests", "[workload][services]") {
  CHECK(arrivals_of(traced({0, 2, 2, 6}, 1.0, true), 9) == std::vector<double>{0, 2, 2, 6, 8, 10, 10, 14, 16});
}

// Of the n-th come floor(2.5 (n + 1)) - floor(2.5 n): 2, 3, 2, 3. They share the time to the next one.
TEST_CASE("a scaled trace has its copies spread over the time to the next request", "[workload][services]") {
  const auto arrivals = arrivals_of(traced({0, 3, 6, 8}, 2.5, false), 20);
  const std::vector<double> expected{0, 1.5, 3, 4, 5, 6, 7, 8, 8 + 8.0 / 9, 8 + 16.0 / 9};
  REQUIRE(arrivals.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(arrivals[i] == Approx(expected[i]));
  // Of every other one at half the number: floor(n / 2) grows with the second and the fourth.
  CHECK(arrivals_of(traced({0, 3, 6, 8}, 0.5, false), 20) == std::vector<double>{3, 8});
}

TEST_CASE("requests of one instant alone stay at it, and lengths go with the requests", "[workload][services]") {
  CHECK(arrivals_of(traced({0}, 2.0, false), 9) == std::vector<double>{0, 0});
  workload::TraceReplay replay(traced({0, 4}, 2.0, false));
  std::vector<std::int64_t> tokens;
  while (const auto request = replay.next()) tokens.push_back(request->input_tokens);
  CHECK(tokens == std::vector<std::int64_t>{1, 1, 2, 2});
}

TEST_CASE("what comes before a time is what has been replayed until then", "[workload][services]") {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> gap(0.0, 3.0);
  for (const double scale : {0.3, 1.0, 2.7}) {
    for (const bool repeat : {false, true}) {
      std::vector<double> arrivals{0.0};
      while (arrivals.size() < 20) arrivals.push_back(arrivals.back() + gap(random));
      const auto demand = traced(arrivals, scale, repeat);
      const auto replayed = arrivals_of(demand, 100);
      const workload::TraceReplay replay(demand);
      for (std::size_t i = 0; i < replayed.size(); ++i) {
        const auto before = std::lower_bound(replayed.begin(), replayed.end(), replayed[i]) - replayed.begin();
        CHECK(replay.come_before(Seconds{replayed[i]}) == before);
      }
    }
  }
}

// [0, 300): 0, 10, 20 and 299.9 s. [300, 600): 300 and 450 s. [600, 900): 650 s. A quarter is from Finland.
TEST_CASE("the rate of an interval is the number of requests of the trace that come in it", "[workload][services]") {
  const auto s = with_trace(traced({0, 10, 20, 299.9, 300, 450, 650}, 1.0, false), {{"DE", 0.75}, {"FI", 0.25}});
  workload::RequestDemand demand(s, s.workload.services[0], {"DE", "FI"});
  const auto in = [&](double from, double to) { return demand.offered_between(Seconds{from}, Seconds{to}); };
  CHECK(in(0, 300) == std::vector<std::int64_t>{3 * kParts, kParts});
  CHECK(in(300, 600) == std::vector<std::int64_t>{3 * kParts / 2, kParts / 2});
  CHECK(in(600, 900) == std::vector<std::int64_t>{3 * kParts / 4, kParts / 4});
  CHECK(in(900, 1200) == std::vector<std::int64_t>{0, 0});
  // What is to come is known.
  CHECK(demand.foretold_between(Seconds{300}, Seconds{600}) == std::vector<std::int64_t>{3 * kParts / 2, kParts / 2});
}

TEST_CASE("no part of a request of a trace is lost between origins", "[workload][services]") {
  const auto s = with_trace(traced({0, 1, 2}, 1.0, true), {{"DE", 1.0 / 3}, {"FI", 1.0 / 3}, {"PT", 1.0 / 3}});
  workload::RequestDemand demand(s, s.workload.services[0], {"DE", "FI", "PT"});
  const auto parts = demand.offered_between(Seconds{0}, Seconds{1000});
  CHECK(parts[0] + parts[1] + parts[2] == 1000 * kParts);
  CHECK(std::abs(parts[0] - parts[1]) <= 1);
  CHECK(std::abs(parts[1] - parts[2]) <= 1);
}
