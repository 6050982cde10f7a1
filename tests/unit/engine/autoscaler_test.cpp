#include "services/autoscaler.hpp"

#include <catch2/catch.hpp>

using namespace gigasim;
using engine::Autoscaler;
using engine::RequestSource;
using engine::ScalingPlace;
using engine::share_out;
using Numbers = std::vector<std::int64_t>;

namespace {

/// Replicas answer 10 requests/s each and are to be loaded by 50 %: one for each 5 requests/s.
scenario::Service service(std::int64_t min, std::int64_t max, scenario::RequestRouting routing) {
  scenario::Service s;
  s.routing = routing;
  s.replicas.min = min;
  s.replicas.max = max;
  s.replicas.scale_by = scenario::ScaleBy::kLoad;
  s.replicas.target_load = 0.5;
  s.replicas.interval = units::Seconds{300};
  s.replicas.scale_in_after = units::Seconds{600};
  return s;
}

ScalingPlace place(std::int64_t running = 0, bool is_short = false) {
  return {true, 10.0, 100, running, is_short};
}

/// Users near place 0 and users near place 1.
std::vector<RequestSource> users(double near_0, double near_1) {
  return {{near_0, {0, 1}}, {near_1, {1, 0}}};
}

const std::vector<double> kHalves{0.5, 0.5};
constexpr auto kSpill = scenario::RequestRouting::kSpillOver;

}  // namespace

TEST_CASE("a whole number is shared out by largest remainders", "[engine][services]") {
  CHECK(share_out(10, {1, 1, 1}) == Numbers{4, 3, 3});
  CHECK(share_out(7, {0.6, 0.0, 0.4}) == Numbers{4, 0, 3});  // 4.2 and 2.8
  CHECK(share_out(5, {0, 0}) == Numbers{0, 0});
}

TEST_CASE("each place gets one replica for each 5 requests a second of the users near it", "[engine][services]") {
  const auto s = service(2, 1000, kSpill);
  Autoscaler scaler(s);
  // 21 / 5 = 4.2 and 20 / 5 = 4
  CHECK(scaler.decide(units::Seconds{0}, users(21, 20), kHalves, {place(), place()}) == Numbers{5, 4});
}

TEST_CASE("replicas are given back when fewer were enough for long enough", "[engine][services]") {
  const auto s = service(2, 1000, kSpill);
  Autoscaler scaler(s);
  const auto decide = [&](double now, double rate) {
    return scaler.decide(units::Seconds{now}, users(rate, 0), kHalves, {place(), place()})[0];
  };
  CHECK(decide(0, 50) == 10);
  CHECK(decide(300, 20) == 10);
  CHECK(decide(600, 30) == 10);  // the decision of time 0 is 600 s old, no more
  CHECK(decide(900, 20) == 6);   // of the last 600 s the most is 30 / 5
  CHECK(decide(1200, 20) == 6);
  CHECK(decide(1500, 20) == 4);
  CHECK(decide(1800, 0) == 4);
  CHECK(decide(3000, 0) == 1);  // min, half of it here
}

TEST_CASE("max cuts all places in proportion", "[engine][services]") {
  const auto s = service(2, 6, kSpill);
  Autoscaler scaler(s);
  // 8 and 4 are wanted
  CHECK(scaler.decide(units::Seconds{0}, users(40, 20), kHalves, {place(), place()}) == Numbers{4, 2});
}

TEST_CASE("what a short place cannot take is wanted at the next one, and still at the first", "[engine][services]") {
  const auto s = service(0, 1000, kSpill);
  Autoscaler scaler(s);
  // 40 requests/s near place 0, where 3 replicas run and more wait: 3 x 5 are served there, 25 go on: 5 replicas.
  CHECK(scaler.decide(units::Seconds{0}, users(40, 0), kHalves, {place(3, true), place()}) == Numbers{8, 5});
  const auto stay = service(0, 1000, scenario::RequestRouting::kNearest);
  Autoscaler other(stay);
  CHECK(other.decide(units::Seconds{0}, users(40, 0), kHalves, {place(3, true), place()}) == Numbers{8, 0});
}

TEST_CASE("users whose place is offline count for the next one", "[engine][services]") {
  const auto s = service(2, 1000, kSpill);
  Autoscaler scaler(s);
  ScalingPlace offline = place();
  offline.online = false;
  CHECK(scaler.decide(units::Seconds{0}, users(40, 20), kHalves, {offline, place()}) == Numbers{0, 12});
}

TEST_CASE("a fixed number is shared out by where users are", "[engine][services]") {
  auto s = service(10, 10, kSpill);
  s.replicas.scale_by = scenario::ScaleBy::kFixed;
  Autoscaler scaler(s);
  CHECK(scaler.decide(units::Seconds{0}, users(999, 0), {0.7, 0.3}, {place(), place()}) == Numbers{7, 3});
}
