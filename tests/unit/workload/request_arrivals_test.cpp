#include "gigasim/workload/request_arrivals.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "gigasim/catalogue/request_lengths.hpp"

using namespace gigasim;
using units::Seconds;

namespace {

scenario::Scenario with_demand(const scenario::RequestDemand& demand) {
  scenario::Scenario s;
  s.seed = 3;
  s.period.length = Seconds{100000};
  s.workload.streams.resize(1);
  s.workload.streams[0].origin = {{"DE", 0.75}, {"FI", 0.25}};
  s.workload.services.resize(1);
  s.workload.services[0].name = "chat";
  s.workload.services[0].stream = 0;
  s.workload.services[0].demand = demand;
  return s;
}

scenario::RequestDemand alike() {
  scenario::RequestDemand demand;
  demand.input_tokens = 1000;
  demand.output_tokens = 300;
  return demand;
}

/// Two intervals of 100 s, with a look at each of the steps.
std::vector<workload::ArrivingRequest> drawn(const scenario::Scenario& s, const std::vector<double>& first,
                                             const std::vector<double>& second, double step) {
  const std::vector<std::string> codes{"DE", "FI"};
  const workload::RequestDemand demand(s, s.workload.services[0], codes);
  workload::RequestArrivals arrivals(s, s.workload.services[0], demand, codes);
  std::vector<workload::ArrivingRequest> all;
  for (double now = 0.0; now < 200.0; now += step) {
    if (now == 0.0) arrivals.begin_interval(Seconds{0}, first);
    if (now == 100.0) arrivals.begin_interval(Seconds{100}, second);
    while (auto one = arrivals.next_before(Seconds{now + step})) {
      CHECK(one->request.arrival >= now);
      CHECK(one->request.arrival < now + step);
      if (!all.empty()) CHECK(one->request.arrival >= all.back().request.arrival);
      all.push_back(*one);
    }
  }
  return all;
}

bool same(const workload::ArrivingRequest& a, const workload::ArrivingRequest& b) {
  return a.origin == b.origin && a.request.arrival == b.request.arrival &&
         a.request.input_tokens == b.request.input_tokens;
}

}  // namespace

// 30 and 10 requests/s for 100 s, then 60 and 0: 9,000 and 1,000, +- 3 sqrt. Times between two of a Poisson process
// have the standard deviation of their mean.
TEST_CASE("requests come at the rates of the interval, as a Poisson process", "[workload][services]") {
  const auto s = with_demand(alike());
  const auto all = drawn(s, {30, 10}, {60, 0}, 100.0);
  double of_de = 0.0;
  double sum = 0.0;
  double squares = 0.0;
  double last = 0.0;
  double gaps = 0.0;
  for (const auto& one : all) {
    CHECK(one.request.input_tokens == 1000);
    CHECK(one.request.output_tokens == 300);
    if (one.request.arrival >= 100.0) CHECK(one.origin == 0);
    of_de += one.origin == 0 ? 1.0 : 0.0;
    if (one.request.arrival >= 100.0) break;
    const double gap = one.request.arrival - last;
    last = one.request.arrival;
    sum += gap;
    squares += gap * gap;
    gaps += 1.0;
  }
  CHECK(gaps == Approx(4000).margin(3 * std::sqrt(4000.0)));
  const double mean = sum / gaps;
  CHECK(std::sqrt(squares / gaps - mean * mean) / mean == Approx(1.0).margin(0.06));
  CHECK(static_cast<double>(all.size()) == Approx(10000).margin(300));
  CHECK(of_de == Approx(3000).margin(3 * std::sqrt(3000.0)));
}

TEST_CASE("when somebody looks does not change the requests", "[workload][services]") {
  const auto s = with_demand(alike());
  const auto whole = drawn(s, {3, 1}, {5, 2}, 100.0);
  const auto bits = drawn(s, {3, 1}, {5, 2}, 0.25);
  REQUIRE(whole.size() == bits.size());
  CHECK(std::equal(whole.begin(), whole.end(), bits.begin(), same));
}

TEST_CASE("the requests of one origin do not depend on those of another", "[workload][services]") {
  const auto s = with_demand(alike());
  const auto both = drawn(s, {3, 1}, {5, 2}, 100.0);
  const auto one = drawn(s, {3, 0}, {5, 0}, 100.0);
  std::size_t n = 0;
  for (const auto& request : both) {
    if (request.origin != 0) continue;
    REQUIRE(n < one.size());
    CHECK(same(request, one[n++]));
  }
  CHECK(n == one.size());
}

// azure_conversation: mean 1154.7 in and 211.1 out. The law's own means are within 1 % of these.
TEST_CASE("the lengths of requests follow the law of the catalogue", "[workload][services]") {
  scenario::RequestDemand demand = alike();
  demand.request_lengths = "azure_conversation";
  const auto all = drawn(with_demand(demand), {100, 100}, {100, 100}, 100.0);
  double input = 0.0;
  double output = 0.0;
  for (const auto& one : all) {
    input += static_cast<double>(one.request.input_tokens);
    output += static_cast<double>(one.request.output_tokens);
  }
  const auto count = static_cast<double>(all.size());
  const auto& law = *catalogue::find_request_lengths("azure_conversation");
  CHECK(input / count == Approx(law.input.mean).epsilon(0.03));
  CHECK(output / count == Approx(law.output.mean).epsilon(0.03));
}

TEST_CASE("the requests of a trace come at their own times, from origins by weight", "[workload][services]") {
  scenario::RequestTrace trace;
  for (int i = 0; i < 2000; ++i) trace.requests.push_back({0.1 * i, 100 + i, 1});
  scenario::RequestDemand demand = alike();
  demand.trace = scenario::TracedDemand{"", 1.0, false, std::make_shared<const scenario::RequestTrace>(trace)};
  const auto all = drawn(with_demand(demand), {0, 0}, {0, 0}, 100.0);
  REQUIRE(all.size() == 2000);
  double of_de = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].request.arrival == trace.requests[i].arrival);
    CHECK(all[i].request.input_tokens == trace.requests[i].input_tokens);
    of_de += all[i].origin == 0 ? 1.0 : 0.0;
  }
  CHECK(of_de / 2000 == Approx(0.75).margin(3 * std::sqrt(0.75 * 0.25 / 2000)));
}
