#include <catch2/catch.hpp>

#include "capacity_plan.hpp"
#include "plain_policy.hpp"

using namespace gigasim;
using namespace gigasim::scheduling::test;
using scheduling::make_queue_policy;
using scheduling::Reservation;
using units::Seconds;

namespace {

Reservation window(int accelerators, double from, double length, double every = 0, bool maintenance = true) {
  return {accelerators, 0.0, Seconds{from}, Seconds{length}, Seconds{every}, maintenance};
}

std::vector<double> reserved_schedule(const std::string& name, int machine, const std::vector<TestJob>& jobs,
                                      const std::vector<Reservation>& reservations) {
  const auto policy = make_queue_policy(name, {{}, reservations, {}});
  policy->set_capacity(machine);
  return start_times(*policy, jobs);
}

bool is_open(const Reservation& r, double t) {
  double since = t - r.from.in_base_units();
  if (r.every > Seconds{0} && since > 0) since -= std::floor(since / r.every.in_base_units()) * r.every.in_base_units();
  return since >= 0 && since < r.length.in_base_units();
}

/// Up to three windows that close before they open again for long enough for any of mixed_jobs().
std::vector<Reservation> random_windows(unsigned seed, int machine, bool maintenance) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<Reservation> windows;
  const int most = machine / 2;
  for (int i = 0; i < 2; ++i) {
    const bool standing = i == 0 && below(2) == 0;
    windows.push_back(
        window(1 + below(std::max(1, most)), 5 + below(60), 1 + below(20), standing ? 60 : 0, maintenance));
  }
  return windows;
}

}  // namespace

TEST_CASE("a machine is drained before maintenance, and short jobs fill the time", "[scheduling][reservation]") {
  // 10 accelerators, none of them in [20, 30). A: 4 for 25 s, B: 4 for 20 s, both at 0.
  // A would run into the window: it starts at 30. B ends at 20 exactly: behind A it starts at 0 where others may pass.
  const std::vector<TestJob> jobs{{0, 25, 25, 4}, {0, 20, 20, 4}};
  const std::vector<Reservation> maintenance{window(10, 20, 10)};
  CHECK(reserved_schedule("fcfs", 10, jobs, maintenance) == std::vector<double>{30, 30});
  for (const auto& name : scheduling::queue_policy_names()) {
    if (name != "fcfs") CHECK(reserved_schedule(name, 10, jobs, maintenance) == std::vector<double>{30, 0});
  }
}

TEST_CASE("a standing window comes again and again", "[scheduling][reservation]") {
  // 10 accelerators, 6 of them are gone in [10, 15), [30, 35), [50, 55), ...: jobs of 6 for 12 s fit between windows
  // only, one at a time (15 s are between them): A at 15, B at 35, C at 55. D, 4 for 100 s, is not concerned: at 0.
  const std::vector<TestJob> jobs{{0, 12, 12, 6}, {0, 12, 12, 6}, {0, 12, 12, 6}, {0, 100, 100, 4}};
  const std::vector<Reservation> standing{window(6, 10, 5, 20)};
  for (const auto* name : {"easy", "conservative", "conservative-compress"}) {
    CHECK(reserved_schedule(name, 10, jobs, standing) == std::vector<double>{15, 35, 55, 0});
  }
  CHECK(scheduling::ever_fits({1, 6, Seconds{15}}, 10, standing));
  CHECK_FALSE(scheduling::ever_fits({1, 6, Seconds{16}}, 10, standing));
  CHECK(scheduling::ever_fits({1, 4, Seconds{1e4}}, 10, standing));
}

TEST_CASE("who has the label runs inside the reservation or outside, others outside only",
          "[scheduling][reservation]") {
  // 10 accelerators, 4 of them reserved in [10, 30).
  // U: 8 for 15 s: 6 are left in the window: at 30. L (label): 4 for 15 s at 0: beside the reservation, 6 are left: at
  // 0. N (label): 4 for 20 s at 1: outside there is too little from 10 on (6 - 4 of L); inside it fits exactly: at 10.
  // M: 4 for 20 s at 2: not inside. Outside it fits beside L in [2, 10), not after: when L ends at 15, until 35: not
  // beside U, which has 8 from 30 on. conservative: after U, at 45.
  const std::vector<TestJob> jobs{{0, 15, 15, 8}, {0, 15, 15, 4, 0}, {1, 20, 20, 4, 0}, {2, 20, 20, 4}};
  const std::vector<Reservation> reserved{window(4, 10, 20, 0, false)};
  for (const auto* name : {"easy", "conservative", "conservative-compress"}) {
    CHECK(reserved_schedule(name, 10, jobs, reserved) == std::vector<double>{30, 0, 10, 45});
  }
  // fcfs: L may not pass U outside, so it waits for the window, in which N does not fit beside it: after L, at 25, it
  // would not end in time. Outside all wait for U: N beside it? 8 + 4 > 10: at 45. M then too.
  CHECK(reserved_schedule("fcfs", 10, jobs, reserved) == std::vector<double>{30, 10, 45, 45});
}

TEST_CASE("a share is of what is online, and of as many as there are", "[scheduling][reservation]") {
  scheduling::CapacityPlan plan(
      {{0, 0.25, Seconds{10}, Seconds{10}, Seconds{0}, true}, {50, 0.0, Seconds{30}, Seconds{10}, Seconds{0}, true}});
  plan.set_capacity(21);  // a quarter, rounded down, is 5; of 50 there are 21
  CHECK(plan.earliest({1, 16, Seconds{30}}, Seconds{0})->start == Seconds{0});
  CHECK(plan.earliest({1, 17, Seconds{15}}, Seconds{0})->start == Seconds{40});
  plan.set_capacity(60);  // 15 and 50
  CHECK(plan.earliest({1, 45, Seconds{30}}, Seconds{0})->start == Seconds{0});
  CHECK(plan.earliest({1, 46, Seconds{11}}, Seconds{0})->start == Seconds{40});
  CHECK(plan.earliest({1, 10, Seconds{100}}, Seconds{0})->start == Seconds{0});
}

TEST_CASE("every policy with maintenance windows equals its plain definition on random workloads",
          "[scheduling][reservation][property]") {
  for (const PlainName& name : kPlainNames) {
    for (unsigned seed = 0; seed < 60; ++seed) {
      const int machine = 3 + static_cast<int>(seed % 13);
      const auto jobs = mixed_jobs(300 + seed, machine, 40);
      const auto windows = random_windows(seed, machine, true);
      const auto policy = make_queue_policy(name.name, {{}, windows, {}});
      policy->set_capacity(machine);
      PlainPolicy plain(name.order, name.kind, windows);
      plain.set_capacity(machine);
      INFO(name.name << ", seed " << seed);
      REQUIRE(start_times(*policy, jobs) == start_times(plain, jobs));
    }
  }
}

TEST_CASE("windows are kept free for whom they are, and everybody runs in the end",
          "[scheduling][reservation][property]") {
  for (const auto& name : scheduling::queue_policy_names()) {
    for (unsigned seed = 0; seed < 80; ++seed) {
      const int machine = 4 + static_cast<int>(seed % 9);
      const bool maintenance = seed % 3 == 0;
      const auto windows = random_windows(seed, machine, maintenance);
      auto jobs = mixed_jobs(500 + seed, machine, 40, false, true);
      for (std::size_t i = 0; i < jobs.size() && !maintenance; ++i) jobs[i].reservation = static_cast<int>(i % 3) - 1;
      const auto start = reserved_schedule(name, machine, jobs, windows);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        INFO(name << ", seed " << seed << ", job " << i);
        REQUIRE(start[i] >= jobs[i].submit);
        // Just after each start, and when each window opens that the job may run into.
        for (double t : {start[i], windows[0].from.in_base_units(), windows[1].from.in_base_units()}) {
          int all = 0;
          int without = 0;
          for (std::size_t j = 0; j < jobs.size(); ++j) {
            if (start[j] > t || t >= start[j] + jobs[j].runtime) continue;
            all += jobs[j].size;
            if (jobs[j].reservation < 0) without += jobs[j].size;
          }
          std::int64_t held = 0;
          for (const Reservation& w : windows) held += is_open(w, t) ? w.accelerators : 0;
          REQUIRE(all <= machine - (maintenance ? held : 0));
          REQUIRE(without <= machine - held);
        }
      }
    }
  }
}
