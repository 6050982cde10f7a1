#include "least_needs.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "schedules.hpp"

using namespace gigasim;
using namespace gigasim::scheduling::test;
using scheduling::LeastNeeds;
using scheduling::make_queue_policy;
using scheduling::NeedLimits;
using scheduling::Needs;

namespace {

bool any_allowed(const std::vector<Needs>& jobs, const NeedLimits& limits) {
  return std::any_of(jobs.begin(), jobs.end(),
                     [&](const Needs& job) { return limits.allow(job.accelerators, job.walltime_s); });
}

bool allowed(const LeastNeeds& least, const NeedLimits& limits) {
  std::uint64_t looked_at = 0;
  return least.allowed_by(limits, looked_at);
}

/// As NeedLimits, but of a kind that the index does not know.
struct SomeLimits {
  NeedLimits limits;
  [[nodiscard]] bool allow(std::int64_t accelerators, double walltime_s) const {
    return limits.allow(accelerators, walltime_s);
  }
};

}  // namespace

TEST_CASE("of equal, narrower and shorter needs the least are kept", "[scheduling]") {
  LeastNeeds least;
  CHECK(least.add({8, 100}));
  CHECK(least.add({4, 200}));
  CHECK_FALSE(least.add({8, 100}));  // the same again
  CHECK_FALSE(least.add({9, 100}));
  CHECK_FALSE(least.add({4, 300}));
  CHECK(least.holds({4, 200}));
  CHECK_FALSE(least.holds({4, 300}));
  CHECK(least.add({4, 50}));  // less than both
  CHECK_FALSE(least.holds({8, 100}));
  CHECK_FALSE(least.holds({4, 200}));
  CHECK(allowed(least, {4, units::Seconds{50}, 0}));
  CHECK_FALSE(allowed(least, {4, units::Seconds{49}, 3}));
  CHECK(allowed(least, {4, units::Seconds{49}, 4}));
  CHECK_FALSE(allowed(least, {3, units::Seconds{500}, 4}));
}

TEST_CASE("the least needs answer for all jobs of a set, and of two joined ones", "[scheduling][property]") {
  std::mt19937 random(3);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  for (int round = 0; round < 2000; ++round) {
    std::vector<Needs> jobs[2];
    LeastNeeds least[3];
    for (int side = 0; side < 2; ++side) {
      for (int n = below(30); n > 0; --n) {
        jobs[side].push_back({1 + below(20), static_cast<double>(below(20))});
        least[side].add(jobs[side].back());
      }
    }
    std::vector<Needs> all = jobs[0];
    all.insert(all.end(), jobs[1].begin(), jobs[1].end());
    LeastNeeds::join(least[0], least[1], least[2]);
    LeastNeeds one_by_one;
    for (const Needs& job : all) one_by_one.add(job);
    REQUIRE(least[2] == one_by_one);
    for (int i = 0; i < 20; ++i) {
      const NeedLimits limits{below(22), units::Seconds{static_cast<double>(below(22))}, below(22)};
      REQUIRE(allowed(least[2], limits) == any_allowed(all, limits));
      std::uint64_t looked_at = 0;
      REQUIRE(least[2].allowed_by(SomeLimits{limits}, looked_at) == any_allowed(all, limits));
    }
  }
}

TEST_CASE("a search among narrow long and wide short jobs looks at a few nodes, not at the queue",
          "[scheduling][complexity]") {
  // Half of the machine is free until 1,000 s, when a head that needs it whole is to start. Behind it every second job
  // needs all for 1,000 s, the others a tenth for 10,000 s: each stretch of the queue holds a job that is narrow enough
  // and one that is short enough, and none that is both. All have the same area.
  for (const auto* name : {"easy", "easy-sjf", "easy-saf", "easy-sjbf"}) {
    INFO(name);
    const auto policy = make_queue_policy(name);
    policy->set_capacity(100);
    policy->enqueue({0, 50, units::Seconds{1000}});
    REQUIRE(pass(*policy, 0) == Ids{0});
    for (std::int64_t id = 1; id <= 100'000; ++id) {
      policy->enqueue(id % 2 == 1 ? scheduling::QueuedJob{id, 100, units::Seconds{1000}}
                                  : scheduling::QueuedJob{id, 10, units::Seconds{10'000}});
    }
    const auto before = policy->nodes_visited();
    for (int i = 0; i < 1000; ++i) CHECK(pass(*policy, i * 0.5).empty());
    // The root answers; behind the head a sorted queue looks down the path to it, too: 2 x log2(100,000) at most.
    CHECK(policy->nodes_visited() - before <= 1000 * 2 * 17);
    policy->enqueue({100'001, 10, units::Seconds{100}});
    const auto before_search = policy->nodes_visited();
    CHECK(pass(*policy, 600) == Ids{100'001});
    CHECK(policy->nodes_visited() - before_search <= 4 * 2 * 17);
  }
}
