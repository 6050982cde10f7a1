#include "node_map.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace gigasim::engine {
namespace {

constexpr std::int64_t kNobody = -1, kOutOfUse = -2;

/// The same, accelerator by accelerator.
class PlainNodeMap {
 public:
  PlainNodeMap(std::int64_t accelerators, std::int64_t per_pod)
      : per_pod_(per_pod), holders_(static_cast<std::size_t>(accelerators), kNobody) {}

  std::int64_t& holder(std::int64_t accelerator) { return holders_[static_cast<std::size_t>(accelerator)]; }
  std::int64_t end_of(std::int64_t pod) const {
    return std::min((pod + 1) * per_pod_, static_cast<std::int64_t>(holders_.size()));
  }
  std::int64_t free_in(std::int64_t pod) const {
    return std::count(holders_.begin() + pod * per_pod_, holders_.begin() + end_of(pod), kNobody);
  }
  void take(std::int64_t job, const metrics::PodShare& share) {
    std::int64_t wanted = share.accelerators;
    for (std::int64_t a = share.pod * per_pod_; a < end_of(share.pod) && wanted > 0; ++a) {
      if (holder(a) != kNobody) continue;
      holder(a) = job;
      --wanted;
    }
  }
  void give_back(std::int64_t job) { std::replace(holders_.begin(), holders_.end(), job, kNobody); }

 private:
  std::int64_t per_pod_;
  std::vector<std::int64_t> holders_;
};

}  // namespace

// 22 accelerators in pods of 10 and nodes of 4: nodes of 4, 4, 2 in each whole pod, one of 2 in the last.
TEST_CASE("nodes are numbered pod by pod and the last of a pod may be smaller", "[engine][failures]") {
  const NodeMap map{22, 10, 4};
  REQUIRE(map.num_nodes() == 7);
  const std::vector<std::int64_t> sizes{4, 4, 2, 4, 4, 2, 2};
  const std::vector<std::int32_t> pods{0, 0, 0, 1, 1, 1, 2};
  for (std::int64_t node = 0; node < 7; ++node) {
    CHECK(map.size_of(node) == sizes[static_cast<std::size_t>(node)]);
    CHECK(map.pod_of(node) == pods[static_cast<std::size_t>(node)]);
  }
  CHECK(map.is_within(3, 14));
  CHECK_FALSE(map.is_within(3, 13));
}

TEST_CASE("jobs hold the first free accelerators of usable nodes as if each accelerator were listed",
          "[engine][failures]") {
  constexpr std::int64_t kAccelerators = 22, kPod = 10, kNode = 4;
  std::mt19937_64 random{7};
  const auto draw = [&random](std::uint64_t below) { return static_cast<std::int64_t>(random() % below); };
  for (int round = 0; round < 50; ++round) {
    NodeMap map{kAccelerators, kPod, kNode};
    PlainNodeMap plain{kAccelerators, kPod};
    std::map<std::int64_t, std::vector<metrics::PodShare>> running;
    std::set<std::int64_t> out_of_use;
    const auto first_of = [](std::int64_t node) { return node / 3 * kPod + node % 3 * kNode; };
    for (std::int64_t step = 0; step < 200; ++step) {
      const std::int64_t what = draw(4);
      if (what < 2) {
        std::vector<metrics::PodShare> shares;
        for (std::int32_t pod = 0; pod < 3; ++pod) {
          const std::int64_t free = plain.free_in(pod);
          if (free > 0 && draw(2) == 0) shares.push_back({pod, 1 + draw(static_cast<std::uint64_t>(free))});
        }
        map.take(step, shares);
        for (const auto& share : shares) plain.take(step, share);
        running[step] = shares;
      } else if (what == 2 && !running.empty()) {
        const auto ended = std::next(running.begin(), draw(running.size()));
        map.give_back(ended->first, ended->second);
        plain.give_back(ended->first);
        running.erase(ended);
      } else {
        const std::int64_t node = draw(7);
        const std::int64_t first = first_of(node);
        const bool was_out = out_of_use.erase(node) > 0;
        const auto size = map.size_of(node);
        for (std::int64_t a = first; !was_out && a < first + size; ++a) {
          const std::int64_t job = plain.holder(a);
          if (job == kNobody) continue;
          map.give_back(job, running.at(job));
          plain.give_back(job);
          running.erase(job);
        }
        for (std::int64_t a = first; a < first + size; ++a) plain.holder(a) = was_out ? kNobody : kOutOfUse;
        map.set_usable(node, was_out);
        if (!was_out) out_of_use.insert(node);
      }
      for (std::int64_t node = 0; node < map.num_nodes(); ++node) {
        std::set<std::int64_t> jobs;
        for (std::int64_t a = first_of(node); a < first_of(node) + map.size_of(node); ++a) {
          if (plain.holder(a) >= 0) jobs.insert(plain.holder(a));
        }
        REQUIRE(map.jobs_on(node) == std::vector<std::int64_t>(jobs.begin(), jobs.end()));
      }
    }
  }
}

}  // namespace gigasim::engine
