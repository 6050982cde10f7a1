#include "gigasim/models/request_server.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "request_samples.hpp"

using namespace gigasim;
using namespace gigasim::models;
using namespace request_samples;

namespace {

/// A long-context model on few accelerators: some tens of requests fit.
struct Tight {
  Replica replica = replica_of(3000, 300, 1.0);
  ServingRates rates = rates_of("llama-3.1-70b", replica);
};

bool same(const ServedRequest& a, const ServedRequest& b) {
  return a.request.tag == b.request.tag && a.request.arrival == b.request.arrival && a.first_token == b.first_token &&
         a.finished == b.finished;
}

std::vector<Request> tagged(std::vector<Request> requests) {
  for (std::size_t i = 0; i < requests.size(); ++i) requests[i].tag = static_cast<std::int64_t>(i);
  return requests;
}

}  // namespace

// The truth is simulate_requests, which knows the next arrival; the server is stopped at random times.
TEST_CASE("a replica that is taken forward in steps does to the bit what it does in one go", "[models][requests]") {
  const Tight tight;
  for (const double load : {0.3, 0.8, 1.1}) {
    const auto requests =
        tagged(poisson_requests(tight.replica, load * saturation_rate(tight.rates, tight.replica), 3000, 4));
    std::vector<ServedRequest> expected;
    RequestsOptions options;
    options.on_served = [&](const ServedRequest& one) { expected.push_back(one); };
    const RequestsResult result = simulate_requests(tight.rates, tight.replica, requests, options);
    RequestServer server(tight.rates, tight.replica);
    std::vector<ServedRequest> seen;
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> step(0.0, 5.0);
    double now = 0.0;
    std::int64_t refused = 0;
    for (std::size_t next = 0; static_cast<std::int64_t>(seen.size()) + refused < 3000;) {
      now += step(random);
      for (; next < requests.size() && requests[next].arrival < now; ++next) {
        if (server.could_hold(requests[next])) {
          server.add(requests[next], requests[next].arrival);
        } else {
          ++refused;
        }
      }
      server.advance(now);
      server.collect(now, seen);
      CHECK(static_cast<std::int64_t>(seen.size()) + refused + server.unfinished() == static_cast<std::int64_t>(next));
    }
    CHECK(refused == result.refused);
    REQUIRE(seen.size() == expected.size());
    CHECK(std::equal(seen.begin(), seen.end(), expected.begin(), same));
  }
}

TEST_CASE("a lost replica gives back each request that was not answered, once", "[models][requests]") {
  const Tight tight;
  const auto requests = tagged(poisson_requests(tight.replica, 5.0, 500, 9));
  RequestServer server(tight.rates, tight.replica);
  std::map<std::int64_t, int> seen;
  std::vector<ServedRequest> answered;
  std::int64_t refused = 0;
  for (const Request& request : requests) {
    if (server.could_hold(request)) {
      server.add(request, request.arrival);
    } else {
      ++refused;
    }
  }
  const double now = requests.back().arrival + 0.001;
  server.advance(now);
  server.collect(now, answered);
  for (const ServedRequest& one : answered) {
    CHECK(one.finished <= now);
    ++seen[one.request.tag];
  }
  CHECK(server.waiting() > 0);
  CHECK(server.unfinished() == 500 - refused - static_cast<std::int64_t>(answered.size()));
  for (const Request& request : server.take_all()) ++seen[request.tag];
  CHECK(static_cast<std::int64_t>(seen.size()) == 500 - refused);
  for (const auto& [tag, times] : seen) CHECK(times == 1);
}

// Iterations of 10 ms and 1 ms for each request, prefill of 1 ms a token.
TEST_CASE("a request that comes from another replica has waited since it first came", "[models][requests]") {
  RequestServer server(plain_rates(), Replica{});
  server.add({1.0, 25, 3, 0}, 4.0);
  server.advance(5.0);
  std::vector<ServedRequest> answered;
  server.collect(5.0, answered);
  REQUIRE(answered.size() == 1);
  CHECK(answered[0].first_token == Approx(4.035));  // one iteration of 10 ms and 25 ms of prefill
  CHECK(answered[0].time_to_first_token() == Approx(3.035));
  CHECK(answered[0].finished == Approx(4.057));
}

TEST_CASE("requests that wait for memory can be taken away, and the others go on", "[models][requests]") {
  const Tight tight;
  RequestServer server(tight.rates, tight.replica);
  for (std::int64_t i = 0; i < 200; ++i) server.add({0.0, 3000, 300, i}, 0.0);
  server.advance(1.0);
  const std::int64_t waiting = server.waiting();
  CHECK(waiting > 0);
  std::vector<Request> listed;
  server.list_waiting(listed);
  const auto taken = server.take_waiting();
  REQUIRE(static_cast<std::int64_t>(taken.size()) == waiting);
  for (std::size_t i = 0; i < taken.size(); ++i) {
    CHECK(taken[i].tag == 200 - waiting + static_cast<std::int64_t>(i));  // in order
    CHECK(listed[i].tag == taken[i].tag);
  }
  server.advance(1e6);
  std::vector<ServedRequest> answered;
  server.collect(1e6, answered);
  CHECK(static_cast<std::int64_t>(answered.size()) == 200 - waiting);
  CHECK(server.unfinished() == 0);
}
