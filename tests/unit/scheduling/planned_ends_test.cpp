#include "planned_ends.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>

using namespace gigasim;
using scheduling::PlannedEnds;

TEST_CASE("the first release is the first estimated end that frees enough, with all that ends at that time",
          "[scheduling]") {
  PlannedEnds ends;
  ends.insert(1, units::Seconds{30}, 4);
  ends.insert(2, units::Seconds{10}, 2);
  ends.insert(3, units::Seconds{30}, 8);
  ends.insert(4, units::Seconds{50}, 1);
  // Cumulated: 10 s: 2, 30 s: 2 + 4 + 8 = 14, 50 s: 15.
  CHECK(ends.first_release(1).time == units::Seconds{10});
  CHECK(ends.first_release(2).accelerators == 2);
  CHECK(ends.first_release(3).time == units::Seconds{30});
  CHECK(ends.first_release(3).accelerators == 14);
  CHECK(ends.first_release(3).before == 2);
  CHECK(ends.first_release(7).before == 2);  // both that end at 30 s are out, whichever comes first in the tree
  CHECK(ends.first_release(14).time == units::Seconds{30});
  CHECK(ends.first_release(15).time == units::Seconds{50});
  ends.erase(3, units::Seconds{30});
  // 10 s: 2, 30 s: 6, 50 s: 7.
  CHECK(ends.first_release(6).time == units::Seconds{30});
  CHECK(ends.first_release(7).time == units::Seconds{50});
}

TEST_CASE("the remaining work is the sum of accelerators times time left", "[scheduling]") {
  PlannedEnds ends;
  ends.insert(1, units::Seconds{30}, 4);
  ends.insert(2, units::Seconds{10}, 2);
  // At 5 s: 4 x 25 + 2 x 5 = 110 accelerator-seconds.
  CHECK(ends.remaining_work(units::Seconds{5}) == 110 * 1024);
}

TEST_CASE("releases agree with a plain scan over random running jobs", "[scheduling][property]") {
  std::mt19937 random(7);
  PlannedEnds ends;
  std::map<std::pair<int, int>, int> plain;  // (end, id) -> accelerators
  int total = 0;
  for (int step = 0; step < 3000; ++step) {
    if (plain.empty() || random() % 3 != 0) {
      const int end = static_cast<int>(random() % 50);
      const int size = 1 + static_cast<int>(random() % 9);
      plain[{end, step}] = size;
      ends.insert(step, units::Seconds{static_cast<double>(end)}, size);
      total += size;
    } else {
      auto it = std::next(plain.begin(), static_cast<long>(random() % plain.size()));
      ends.erase(it->first.second, units::Seconds{static_cast<double>(it->first.first)});
      total -= it->second;
      plain.erase(it);
    }
    REQUIRE(ends.accelerators() == total);
    if (total == 0) continue;
    const int wanted = 1 + static_cast<int>(random() % static_cast<unsigned>(total));
    int sum = 0;
    int time = -1;
    for (const auto& [key, size] : plain) {
      if (sum >= wanted && key.first > time) break;
      sum += size;
      time = key.first;
    }
    const auto release = ends.first_release(wanted);
    REQUIRE(release.time == units::Seconds{static_cast<double>(time)});
    REQUIRE(release.accelerators == sum);
  }
}
