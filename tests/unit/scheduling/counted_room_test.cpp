#include "counted_room.hpp"

#include <catch2/catch.hpp>
#include <iterator>
#include <map>
#include <random>

using namespace gigasim;
using scheduling::CountedRoom;
using scheduling::QueuedJob;
using units::Seconds;

namespace {

QueuedJob job_of(std::int64_t id, std::int64_t accelerators, double walltime_s) {
  QueuedJob job;
  job.id = id;
  job.accelerators = accelerators;
  job.walltime = Seconds{walltime_s};
  return job;
}

}  // namespace

TEST_CASE("the reservation of a blocked head stays true while jobs start and end around it", "[scheduling][easy]") {
  CountedRoom room;
  room.set_capacity(10);
  const QueuedJob a = job_of(1, 4, 20), b = job_of(2, 3, 30), c = job_of(3, 2, 50), head = job_of(9, 6, 10);
  room.start(a, Seconds{0}, nullptr);
  room.start(b, Seconds{0}, nullptr);
  room.start(c, Seconds{0}, nullptr);
  // 1 is free; 5 from 20 s on, 8 from 30 s on: 2 more than the head needs.
  REQUIRE(room.reserve(head, Seconds{0})->time == Seconds{30});
  REQUIRE(room.reserve(head, Seconds{0})->spare == 2);
  room.end(c, Seconds{0});  // before its time: 3 are free, 7 from 20 s on
  CHECK(room.reserve(head, Seconds{5})->time == Seconds{20});
  CHECK(room.reserve(head, Seconds{5})->spare == 1);
  const QueuedJob beside = job_of(4, 1, 100), before = job_of(5, 2, 10);
  room.start(beside, Seconds{5}, nullptr);  // what is spare
  room.start(before, Seconds{5}, nullptr);  // gone by then
  CHECK(room.reserve(head, Seconds{5})->time == Seconds{20});
  CHECK(room.reserve(head, Seconds{5})->spare == 0);
  room.set_capacity(9);  // 6 from 20 s on are 5 now: not before b ends
  CHECK(room.reserve(head, Seconds{6})->time == Seconds{30});
  CHECK(room.reserve(head, Seconds{6})->spare == 2);
  room.set_capacity(5);
  CHECK(room.reserve(head, Seconds{6})->time > Seconds{1e300});
}

TEST_CASE("reservations agree with a plain scan over random starts, early ends and capacities",
          "[scheduling][easy][property]") {
  std::mt19937 random(23);
  const auto below = [&random](std::size_t n) { return static_cast<std::int64_t>(random() % n); };
  for (int trial = 0; trial < 200; ++trial) {
    CountedRoom room;
    std::int64_t capacity = 20 + below(40);
    room.set_capacity(capacity);
    std::map<std::int64_t, std::pair<QueuedJob, Seconds>> running;  // with their starts
    std::int64_t width = 1 + below(20);
    for (int step = 0; step < 400; ++step) {
      const Seconds now{static_cast<double>(step / 4)};
      const std::int64_t turn = below(10);
      if (turn < 5 && room.free() > 0) {
        const auto job = job_of(step, 1 + below(static_cast<std::size_t>(room.free())), static_cast<double>(below(30)));
        room.start(job, now, nullptr);
        running[step] = {job, now};
      } else if (turn < 8 && !running.empty()) {
        const auto one = std::next(running.begin(), static_cast<long>(below(running.size())));
        room.end(one->second.first, one->second.second);
        running.erase(one);
      } else if (turn == 8) {
        room.set_capacity(capacity = 20 + below(40));
      } else {
        width = 1 + below(20);
      }
      if (width <= room.free()) continue;  // not blocked
      std::map<double, std::int64_t> ends;
      for (const auto& [id, entry] : running) {
        ends[(entry.second + entry.first.walltime).in_base_units()] += entry.first.accelerators;
      }
      std::int64_t free = room.free();
      auto end = ends.begin();
      for (;; ++end) {
        free += end->second;
        if (free >= width) break;
      }
      const auto hold = room.reserve(job_of(1'000'000, width, 1), now);
      REQUIRE(hold->time == Seconds{end->first});
      REQUIRE(hold->spare == free - width);
    }
  }
}
