#include "services/request_routing.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace gigasim;
using engine::RequestSource;
using engine::route_requests;
using scenario::RequestRouting;

TEST_CASE("nearest sends everything to the first place with room and loses the rest", "[engine][services]") {
  // 30 and 10 requests/s want place 0, which answers 20: half of each. Place 1 stays empty.
  const auto routes = route_requests(RequestRouting::kNearest, {{30, {0, 1}}, {10, {0, 1}}}, {20, 100});
  CHECK(routes[0][0] == Approx(15));
  CHECK(routes[1][0] == Approx(5));
  CHECK(routes[0][1] + routes[1][1] == 0.0);
}

TEST_CASE("nearest passes over a place without ready replicas", "[engine][services]") {
  const auto routes = route_requests(RequestRouting::kNearest, {{30, {0, 1}}}, {0, 100});
  CHECK(routes[0][1] == Approx(30));
}

TEST_CASE("spill over fills the nearest place first and the next with what is left", "[engine][services]") {
  // As above; of the 20 left over (15 and 5), place 1 answers 12: 9 and 3. Place 2 takes the last 8.
  const auto routes = route_requests(RequestRouting::kSpillOver, {{30, {0, 1, 2}}, {10, {0, 1, 2}}}, {20, 12, 100});
  CHECK(routes[0][0] == Approx(15));
  CHECK(routes[0][1] == Approx(9));
  CHECK(routes[0][2] == Approx(6));
  CHECK(routes[1][0] == Approx(5));
  CHECK(routes[1][1] == Approx(3));
  CHECK(routes[1][2] == Approx(2));
}

TEST_CASE("spread goes by capacity", "[engine][services]") {
  const auto routes = route_requests(RequestRouting::kSpread, {{30, {0, 1}}, {8, {1}}}, {20, 40});
  CHECK(routes[0][0] == Approx(10));
  CHECK(routes[0][1] == Approx(20));
  CHECK(routes[1][1] == Approx(8));
}

TEST_CASE("no routing gives a place more than it can, a source more than it has, or crosses a list",
          "[engine][services]") {
  std::mt19937_64 random(7);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); };
  for (int round = 0; round < 300; ++round) {
    const int num_places = 1 + below(6);
    std::vector<double> capacity;
    for (int p = 0; p < num_places; ++p) capacity.push_back(below(3) == 0 ? 0.0 : below(1000) / 7.0);
    std::vector<RequestSource> sources(static_cast<std::size_t>(1 + below(8)));
    for (RequestSource& source : sources) {
      source.rate = below(1000) / 3.0;
      for (int p = 0; p < num_places; ++p) {
        if (below(2) == 0) source.nearest.push_back(p);
      }
      std::shuffle(source.nearest.begin(), source.nearest.end(), random);
    }
    for (const auto routing : {RequestRouting::kNearest, RequestRouting::kSpillOver, RequestRouting::kSpread}) {
      const auto routes = route_requests(routing, sources, capacity);
      std::vector<double> at(capacity.size(), 0.0);
      double lost = 0.0;
      for (std::size_t s = 0; s < sources.size(); ++s) {
        double sent = 0.0;
        for (std::size_t p = 0; p < capacity.size(); ++p) {
          sent += routes[s][p];
          at[p] += routes[s][p];
          const auto& list = sources[s].nearest;
          const bool listed = std::find(list.begin(), list.end(), static_cast<int>(p)) != list.end();
          CHECK((listed || routes[s][p] == 0.0));
        }
        CHECK(sent <= sources[s].rate * (1 + 1e-9));
        // Under spill over a source loses requests only when all its places are full.
        lost = sources[s].rate - sent;
        if (routing != RequestRouting::kSpillOver || lost <= 1e-6) continue;
        for (const int p : sources[s].nearest) {
          double full = 0.0;
          for (const auto& of_source : routes) full += of_source[static_cast<std::size_t>(p)];
          CHECK(full == Approx(capacity[static_cast<std::size_t>(p)]).margin(1e-9));
        }
      }
      for (std::size_t p = 0; p < capacity.size(); ++p) CHECK(at[p] <= capacity[p] * (1 + 1e-9));
    }
  }
}
