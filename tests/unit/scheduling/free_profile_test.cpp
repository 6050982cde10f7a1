#include "free_profile.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <tuple>

using namespace gigasim;
using scheduling::FreeProfile;
using units::Seconds;

namespace {

constexpr int kHorizon = 80;
constexpr double kForEver = std::numeric_limits<double>::infinity();

/// The same as an array over whole seconds; all seconds from kHorizon on are one.
struct PlainProfile {
  std::vector<std::int64_t> free = std::vector<std::int64_t>(kHorizon + 1, 20);

  void add(std::int64_t n, int from, int to) {
    for (int t = std::max(0, from); t < std::min(to, kHorizon + 1); ++t) free[static_cast<std::size_t>(t)] += n;
  }
  std::int64_t least(int from, int to) const {
    std::int64_t low = at(from);
    for (int t = from; t < to; ++t) low = std::min(low, at(t));
    return low;
  }
  std::int64_t at(int t) const { return free[static_cast<std::size_t>(std::min(t, kHorizon))]; }
  std::optional<Seconds> earliest_fit(std::int64_t n, int duration, int from) const {
    for (int t = from; t <= kHorizon; ++t) {
      if (least(t, t + duration) >= n) return Seconds{static_cast<double>(t)};
    }
    return std::nullopt;
  }
};

Seconds at(int t) {
  return Seconds{static_cast<double>(t)};
}

}  // namespace

TEST_CASE("a job fits in the first hole that is wide and long enough", "[scheduling]") {
  //   10 |          #######
  //    8 |  ####    #######
  //    0 +--|--|----|-----|--> time      taken: 8 in [5, 10), 10 in [20, 30)
  FreeProfile profile(10);
  profile.take(8, Seconds{5}, Seconds{10});
  profile.take(10, Seconds{20}, Seconds{30});
  CHECK(profile.earliest_fit(2, Seconds{20}, Seconds{0}) == Seconds{0});
  CHECK(profile.earliest_fit(3, Seconds{5}, Seconds{0}) == Seconds{0});    // ends when the first one starts
  CHECK(profile.earliest_fit(3, Seconds{6}, Seconds{0}) == Seconds{10});   // between the two
  CHECK(profile.earliest_fit(3, Seconds{10}, Seconds{0}) == Seconds{10});  // exactly
  CHECK(profile.earliest_fit(3, Seconds{11}, Seconds{0}) == Seconds{30});
  CHECK(profile.earliest_fit(1, Seconds{11}, Seconds{12}) == Seconds{30});
  CHECK(profile.earliest_fit(3, Seconds{0}, Seconds{5}) == Seconds{10});
  CHECK(profile.earliest_fit(11, Seconds{1}, Seconds{0}) == std::nullopt);
  CHECK(profile.least(Seconds{0}, Seconds{5}) == 10);
  CHECK(profile.least(Seconds{0}, Seconds{6}) == 2);
  CHECK(profile.least(Seconds{9}, Seconds{20}) == 2);
  CHECK(profile.least(Seconds{20}, Seconds{20}) == 0);
}

TEST_CASE("the staircase names how wide a job may be for how long", "[scheduling]") {
  FreeProfile profile(10);
  profile.take(4, Seconds{0}, Seconds{50});    // runs
  profile.take(8, Seconds{50}, Seconds{70});   // the reservation of a head
  profile.take(10, Seconds{90}, Seconds{95});  // maintenance
  const auto steps = profile.staircase(Seconds{0});
  REQUIRE(steps.size() == 3);
  CHECK((steps[0].until == Seconds{50} && steps[0].accelerators == 6));
  CHECK((steps[1].until == Seconds{90} && steps[1].accelerators == 2));
  CHECK((steps[2].until == Seconds{kForEver} && steps[2].accelerators == 0));
  CHECK(profile.staircase(Seconds{0}, 2).size() == 2);  // what does not exceed the floor is not told apart
}

TEST_CASE("changes that no longer are one vanish", "[scheduling]") {
  FreeProfile profile(10);
  profile.take(3, Seconds{5}, Seconds{10});
  profile.take(3, Seconds{10}, Seconds{20});  // the same level goes on: one block from 5 to 20
  CHECK(profile.num_changes() == 2);
  profile.forget_before(Seconds{7});
  CHECK(profile.num_changes() == 1);
  profile.give_back(3, Seconds{5}, Seconds{10});  // ends early, at 7
  CHECK(profile.free_at(Seconds{7}) == 10);
  CHECK(profile.free_at(Seconds{10}) == 7);
  profile.give_back(3, Seconds{10}, Seconds{20});
  CHECK(profile.num_changes() == 0);
  profile.set_capacity(16);
  CHECK(profile.free_at(Seconds{7}) == 16);
}

TEST_CASE("the profile agrees with an array over random takes, returns, changes of capacity and queries",
          "[scheduling][property]") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    FreeProfile profile(20);
    PlainProfile plain;
    std::vector<std::tuple<int, int, int>> taken;
    int now = 0;
    for (int step = 0; step < 400; ++step) {
      const int kind = below(10);
      if (kind < 5) {
        const int from = now + below(kHorizon - now);
        const bool open = below(12) == 0;
        const int to = open ? kHorizon + 1 : from + below(kHorizon - from);
        const int n = below(7);
        profile.take(n, at(from), open ? Seconds{kForEver} : at(to));
        plain.add(-n, from, to);
        if (!open) taken.emplace_back(n, from, to);
      } else if (kind < 8 && !taken.empty()) {
        std::swap(taken[static_cast<std::size_t>(below(static_cast<int>(taken.size())))], taken.back());
        const auto [n, from, to] = taken.back();
        taken.pop_back();
        profile.give_back(n, at(from), at(to));
        plain.add(n, from, to);
      } else if (kind == 8 && below(4) == 0) {
        const int capacity = 10 + below(20);
        plain.add(capacity - profile.capacity(), 0, kHorizon + 1);
        profile.set_capacity(capacity);
      } else if (kind == 9 && now < kHorizon / 2) {
        now += below(3);
        profile.forget_before(at(now));
      }
      const int from = now + below(kHorizon - now);
      const int length = below(30);
      const int n = below(24);
      REQUIRE(profile.free_at(at(from)) == plain.at(from));
      REQUIRE(profile.least(at(from), at(from + length)) == plain.least(from, from + length));
      REQUIRE(profile.earliest_fit(n, at(length), at(from)) == plain.earliest_fit(n, length, from));
      for (const auto& fall : profile.staircase(at(from), -1000)) {
        const int until = fall.until < at(kHorizon) ? static_cast<int>(fall.until.in_base_units()) : kHorizon;
        REQUIRE(plain.least(from, until) == fall.accelerators);
      }
    }
  }
}

TEST_CASE("updates and queries of a profile with n changes look at some log n nodes", "[scheduling][complexity]") {
  std::uint64_t smaller = 0;
  for (const int n : {1'000, 64'000}) {
    FreeProfile profile(1'000'000);
    for (int i = 0; i < n; ++i) profile.take(1 + i % 7, at(3 * i), at(3 * n + 5 * i));
    REQUIRE(profile.num_changes() > static_cast<std::size_t>(n));
    const auto before = profile.nodes_visited();
    for (int i = 0; i < 1000; ++i) {
      const int t = (i * 7919) % (3 * n);
      profile.take(5, at(t), at(t + 100));
      CHECK(profile.least(at(t), at(t + 500)) > 0);
      CHECK(profile.earliest_fit(900'000, at(50), at(t)).has_value());
      profile.give_back(5, at(t), at(t + 100));
    }
    const auto visited = profile.nodes_visited() - before;
    // 64 times the changes are 6 more levels; a treap's paths are 1.39 log2 n on average, some 14 against 22 levels.
    if (smaller != 0) CHECK(visited < 2 * smaller);
    CHECK(visited < 1000 * 10 * 40);
    smaller = visited;
  }
}
