#include "gigasim/workload/request_demand.hpp"

#include <catch2/catch.hpp>
#include <numeric>

using namespace gigasim;
using units::Seconds;

namespace {

/// From Monday, 2027-01-11 00:00 UTC.
scenario::Scenario with_demand(const scenario::RequestDemand& demand, const scenario::OriginWeights& origin) {
  scenario::Scenario s;
  s.seed = 3;
  s.period.start = {1799625600};
  s.period.length = Seconds{400 * 86400.0};
  s.workload.streams.resize(1);
  s.workload.streams[0].origin = origin;
  s.workload.services.resize(1);
  s.workload.services[0].name = "chat";
  s.workload.services[0].stream = 0;
  s.workload.services[0].demand = demand;
  return s;
}

/// Requests per second of all origins in the second that begins then.
double sum(const std::vector<std::int64_t>& parts) {
  return static_cast<double>(std::accumulate(parts.begin(), parts.end(), std::int64_t{0})) / 1024000.0;
}

std::vector<std::int64_t> foretold(workload::RequestDemand& demand, Seconds when) {
  return demand.foretold_between(when, when + Seconds{1});
}

std::vector<std::int64_t> offered(workload::RequestDemand& demand, Seconds when) {
  return demand.offered_between(when, when + Seconds{1});
}

scenario::RequestDemand daily(double rate, bool is_peak) {
  scenario::RequestDemand demand;
  demand.profile = "daily";
  demand.rate = units::PerSecond{rate};
  demand.is_peak = is_peak;
  return demand;
}

const std::vector<std::string> kThreeOrigins{"DE", "FI", "PT"};
constexpr double kOneHour = 3600.0;

}  // namespace

TEST_CASE("the busiest hour of a week has the peak rate, all origins together", "[workload][services]") {
  const auto s = with_demand(daily(5000, true), {{"DE", 0.5}, {"FI", 0.3}, {"PT", 0.2}});
  workload::RequestDemand demand(s, s.workload.services[0], kThreeOrigins);
  double most = 0.0;
  for (int hour = 0; hour < 168; ++hour) most = std::max(most, sum(foretold(demand, Seconds{hour * kOneHour})));
  CHECK(most == Approx(5000.0).epsilon(1e-5));
}

TEST_CASE("the mean over a week is the mean rate", "[workload][services]") {
  const auto s = with_demand(daily(5000, false), {{"DE", 0.5}, {"FI", 0.3}, {"PT", 0.2}});
  workload::RequestDemand demand(s, s.workload.services[0], kThreeOrigins);
  double all = 0.0;
  for (int hour = 0; hour < 168; ++hour) all += sum(foretold(demand, Seconds{hour * kOneHour}));
  CHECK(all / 168 == Approx(5000.0).epsilon(1e-5));
}

// 0.01 requests/s for a week are 6,048; each of 672 x 3 intervals may round by half a part of 1,024,000.
TEST_CASE("a demand of few requests loses none of them", "[workload][services]") {
  const auto s = with_demand(daily(0.01, false), {{"DE", 0.998}, {"FI", 0.001}, {"PT", 0.001}});
  workload::RequestDemand demand(s, s.workload.services[0], kThreeOrigins);
  double all = 0.0;
  constexpr double kInterval = 900.0;
  for (int i = 0; i < 672; ++i)
    all += sum(demand.offered_between(Seconds{i * kInterval}, Seconds{(i + 1) * kInterval}));
  CHECK(all == Approx(6048.0).margin(672 * 3 * 0.5 / 1024000.0));
}

// Profile `daily`: 1.57 at 16 h, its highest, 1.54 at 15 h and 1.455 at 17 h. At 15 h UTC it is 15 h in Portugal, 16 h
// in Germany and 17 h in Finland.
TEST_CASE("each origin follows its own clock", "[workload][services]") {
  for (const auto& [code, factor] : {std::pair{"PT", 1.54}, std::pair{"DE", 1.57}, std::pair{"FI", 1.455}}) {
    const auto s = with_demand(daily(1570, true), {{code, 1.0}});
    workload::RequestDemand demand(s, s.workload.services[0], kThreeOrigins);
    CHECK(sum(foretold(demand, Seconds{15 * kOneHour})) == Approx(1000 * factor).epsilon(1e-6));
  }
}

TEST_CASE("demand grows from the start of the period", "[workload][services]") {
  scenario::RequestDemand grown;
  grown.rate = units::PerSecond{1000};
  grown.growth_per_year = 0.3;
  const auto s = with_demand(grown, {{"DE", 1.0}});
  workload::RequestDemand demand(s, s.workload.services[0], kThreeOrigins);
  CHECK(sum(foretold(demand, Seconds{0})) == Approx(1000));
  CHECK(sum(foretold(demand, Seconds{365.25 * 86400})) == Approx(1300));
}

// 20,000 factors of mean 1 and variance exp(0.25) - 1 = 0.284: their mean is within 4 x sqrt(0.284 / 20000) = 0.015
// of 1.
TEST_CASE("bursts keep the mean, hold for their length, and come again with the seed", "[workload][services]") {
  scenario::RequestDemand bursty;
  bursty.rate = units::PerSecond{1000};
  bursty.burst_sigma = 0.5;
  bursty.burst_length = Seconds{600};
  const auto s = with_demand(bursty, {{"DE", 1.0}});
  workload::RequestDemand demand(s, s.workload.services[0], kThreeOrigins);
  workload::RequestDemand again(s, s.workload.services[0], kThreeOrigins);
  double all = 0.0;
  for (int i = 0; i < 20000; ++i) {
    const double rate = sum(offered(demand, Seconds{600.0 * i}));
    CHECK(sum(offered(demand, Seconds{600.0 * i + 599})) == rate);
    CHECK(sum(offered(again, Seconds{600.0 * i + 300})) == rate);
    all += rate;
  }
  CHECK(all / 20000 == Approx(1000).margin(15));
}
