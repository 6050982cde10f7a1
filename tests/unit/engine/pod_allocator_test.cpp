#include "pod_allocator.hpp"

#include <catch2/catch.hpp>
#include <random>

using gigasim::engine::PodAllocator;
using gigasim::metrics::PodShare;
using Shares = std::vector<PodShare>;

TEST_CASE("the last pod holds the remainder", "[engine][pods]") {
  PodAllocator pods(10, 4);
  pods.open(10);
  REQUIRE(pods.num_pods() == 3);
  CHECK(pods.pod_size(0) == 4);
  CHECK(pods.pod_size(1) == 4);
  CHECK(pods.pod_size(2) == 2);
  CHECK(pods.free() == 10);
}

TEST_CASE("a job goes to the pod where it leaves the least room", "[engine][pods]") {
  PodAllocator pods(10, 4);
  pods.open(10);                          // rooms 4 4 2
  CHECK(pods.take(2) == Shares{{2, 2}});  // pod 2 fits exactly
  CHECK(pods.take(3) == Shares{{0, 3}});  // rooms 4 4 0: lowest pod of equals
  CHECK(pods.take(1) == Shares{{0, 1}});  // rooms 1 4 0: pod 0 fits exactly
  CHECK(pods.take(4) == Shares{{1, 4}});
  CHECK(pods.free() == 0);
}

TEST_CASE("a job that fits no pod takes the emptiest pods whole and the rest by best fit", "[engine][pods]") {
  PodAllocator pods(18, 5);
  pods.open(18);                                  // rooms 5 5 5 3
  CHECK(pods.take(7) == Shares{{0, 5}, {3, 2}});  // 5 of pod 0, then 2 where room 3 fits best
  CHECK(pods.take(11) == Shares{{1, 5}, {2, 5}, {3, 1}});
  pods.give_back({{0, 5}, {3, 2}});
  CHECK(pods.free() == 7);
  CHECK(pods.take(5) == Shares{{0, 5}});
}

TEST_CASE("a machine that grows opens its accelerators in order of pod, beside those in use", "[engine][pods]") {
  PodAllocator pods(10, 4);  // rooms 0 0 0
  CHECK(pods.free() == 0);
  pods.open(6);                           // rooms 4 2 0
  CHECK(pods.take(2) == Shares{{1, 2}});  // rooms 4 0 0
  pods.open(9);                           // rooms 4 2 1
  CHECK(pods.free() == 7);
  CHECK(pods.take(7) == Shares{{0, 4}, {1, 2}, {2, 1}});
  pods.open(9);
  CHECK(pods.free() == 0);
}

TEST_CASE("no allocation exceeds a pod, and no other touches fewer pods", "[engine][pods][property]") {
  std::mt19937 random(3);
  PodAllocator pods(100, 9);
  pods.open(100);
  std::vector<Shares> held;
  std::vector<std::int64_t> free_of(12, 9);
  free_of[11] = 1;
  for (int step = 0; step < 4000; ++step) {
    if (pods.free() > 0 && random() % 2 == 0) {
      const auto wanted = 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(pods.free()));
      auto rooms = free_of;
      std::sort(rooms.rbegin(), rooms.rend());
      std::size_t fewest = 0;
      for (std::int64_t sum = 0; sum < wanted; ++fewest) sum += rooms[fewest];
      auto shares = pods.take(wanted);
      std::int64_t sum = 0;
      for (const auto& share : shares) {
        sum += share.accelerators;
        REQUIRE((free_of[static_cast<std::size_t>(share.pod)] -= share.accelerators) >= 0);
      }
      REQUIRE(sum == wanted);
      REQUIRE(shares.size() == fewest);
      held.push_back(std::move(shares));
    } else if (!held.empty()) {
      const auto pick = static_cast<long>(random() % held.size());
      for (const auto& share : held[static_cast<std::size_t>(pick)]) {
        free_of[static_cast<std::size_t>(share.pod)] += share.accelerators;
      }
      pods.give_back(held[static_cast<std::size_t>(pick)]);
      held.erase(held.begin() + pick);
    }
  }
}
