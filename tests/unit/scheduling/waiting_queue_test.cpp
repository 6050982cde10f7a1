#include "waiting_queue.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace gigasim;
using scheduling::WaitingQueue;

namespace {

bool meets(const scheduling::QueuedJob& job, const WaitingQueue::Limits& limits) {
  return job.accelerators <= limits.free && (job.walltime <= limits.spare_time || job.accelerators <= limits.spare);
}

}  // namespace

TEST_CASE("a search returns the first job in queue order that meets the limits", "[scheduling]") {
  WaitingQueue queue;
  queue.push_back({1, 8, units::Seconds{100}});
  queue.push_back({2, 2, units::Seconds{100}});
  queue.push_back({3, 4, units::Seconds{10}});
  // Free 4, time to spare 50 s, one accelerator to spare: job 1 is too wide, job 2 too long and too wide to be spare.
  CHECK(queue.find(queue.front(), {4, units::Seconds{50}, 1}) == queue.front() + 2);
  CHECK(queue.find(queue.front(), {4, units::Seconds{50}, 2}) == queue.front() + 1);
  CHECK(queue.find(queue.front(), {1, units::Seconds{500}, 1}) == std::nullopt);
  queue.erase(queue.front());
  CHECK(queue[queue.front()].id == 2);
  CHECK(queue.ids() == std::vector<std::int64_t>{2, 3});
}

TEST_CASE("searches agree with a plain scan while jobs come and go", "[scheduling][property]") {
  std::mt19937 random(11);
  WaitingQueue queue;
  std::vector<scheduling::QueuedJob> plain;
  for (int step = 0; step < 5000; ++step) {
    if (plain.empty() || random() % 5 < 3) {
      const scheduling::QueuedJob job{step, 1 + static_cast<int>(random() % 16),
                                      units::Seconds{static_cast<double>(random() % 100)}};
      queue.push_back(job);
      plain.push_back(job);
    } else {
      const WaitingQueue::Limits limits{static_cast<int>(random() % 16),
                                        units::Seconds{static_cast<double>(random() % 100)},
                                        static_cast<int>(random() % 8)};
      const auto found = queue.find(queue.front(), limits);
      const auto expected =
          std::find_if(plain.begin(), plain.end(), [&](const auto& job) { return meets(job, limits); });
      REQUIRE(found.has_value() == (expected != plain.end()));
      if (!found) continue;
      REQUIRE(queue[*found].id == expected->id);
      queue.erase(*found);
      plain.erase(expected);
    }
    REQUIRE(queue.size() == plain.size());
  }
}

TEST_CASE("the work before a slot is that of the jobs that wait ahead of it", "[scheduling][property]") {
  // 3 accelerators for 10 s and 2 for 5 s are 40 accelerator-seconds of 1,024 ticks.
  WaitingQueue small;
  small.push_back({1, 3, units::Seconds{10}});
  small.push_back({2, 2, units::Seconds{5}});
  small.push_back({3, 1, units::Seconds{7}});
  CHECK(small.work_before(*small.slot_of(3)) == 40 * 1024);
  CHECK(small.work_before(*small.slot_of(1)) == 0);

  std::mt19937 random(5);
  WaitingQueue queue;
  std::vector<scheduling::QueuedJob> plain;
  for (int step = 0; step < 3000; ++step) {
    if (plain.empty() || random() % 5 < 3) {
      const scheduling::QueuedJob job{step, 1 + static_cast<int>(random() % 16),
                                      units::Seconds{static_cast<double>(random() % 100)}};
      queue.push_back(job);
      plain.push_back(job);
    } else {
      const std::size_t gone = random() % plain.size();
      queue.erase(*queue.slot_of(plain[gone].id));
      plain.erase(plain.begin() + static_cast<std::ptrdiff_t>(gone));
    }
    if (plain.empty() || step % 7 != 0) continue;
    const std::size_t at = random() % plain.size();
    units::Ticks ahead = 0;
    for (std::size_t i = 0; i < at; ++i) ahead += units::to_ticks(plain[i].walltime) * plain[i].accelerators;
    REQUIRE(queue.work_before(*queue.slot_of(plain[at].id)) == ahead);
  }
}
