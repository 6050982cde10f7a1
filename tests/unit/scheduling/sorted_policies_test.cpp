#include <catch2/catch.hpp>

#include "plain_policy.hpp"

using namespace gigasim;
using namespace gigasim::scheduling::test;
using scheduling::make_queue_policy;

namespace {

std::vector<double> schedule(const char* name, int machine, const std::vector<TestJob>& jobs) {
  const auto policy = make_queue_policy(name);
  policy->set_capacity(machine);
  return start_times(*policy, jobs);
}

}  // namespace

TEST_CASE("each sorted queue starts its own job first", "[scheduling][sorted]") {
  // On 10 accelerators A has all of them for 10 s; B, C, D and E come at 1 s. Runtimes are the walltimes.
  const std::vector<TestJob> jobs{{0, 10, 10, 10}, {1, 8, 8, 6}, {1, 20, 20, 4}, {1, 4, 4, 10}, {1, 30, 30, 2}};
  //             A  B    C    D   E
  // walltime       8    20   4   30
  // area           48   80   40  60
  //
  // easy: B and C at 10. B ends at 18; D needs all 10 until C ends at 30, and E would run on to 48 on none to spare.
  //   A:0-10 B:10-18 C:10-30 D:30-34 E:34-
  CHECK(schedule("easy", 10, jobs) == std::vector<double>{0, 10, 10, 30, 34});
  // sjf: D, B, C, E.  D:10-14, B and C:14 (6 + 4), E when B ends at 22.
  CHECK(schedule("easy-sjf", 10, jobs) == std::vector<double>{0, 14, 14, 10, 22});
  // saf: D, B, E, C.  D:10-14, B and E:14 (6 + 2), C (4) when B ends at 22.
  CHECK(schedule("easy-saf", 10, jobs) == std::vector<double>{0, 14, 22, 10, 14});
  // sqf: E, C, B, D.  E and C:10 (2 + 4), B (6) when C ends at 30, D (10) when E ends at 40.
  CHECK(schedule("easy-sqf", 10, jobs) == std::vector<double>{0, 30, 10, 40, 10});
  // lxf at 10, all waited 9 s: D (9 + 4) / 4, B 17/8, C 29/20, E 39/30: as sjf.
  CHECK(schedule("easy-lxf", 10, jobs) == std::vector<double>{0, 14, 14, 10, 22});
}

TEST_CASE("the largest expansion factor weighs the wait against the walltime", "[scheduling][sorted]") {
  // Until 100 the machine is full. B (100 s) waits since 1: (99 + 100) / 100 = 1.99.
  // C (10 s) since 90: (10 + 10) / 10 = 2, goes first; since 92: (8 + 10) / 10 = 1.8, goes second.
  CHECK(schedule("easy-lxf", 4, {{0, 100, 100, 4}, {1, 100, 100, 4}, {90, 10, 10, 4}}) ==
        std::vector<double>{0, 110, 100});
  CHECK(schedule("easy-lxf", 4, {{0, 100, 100, 4}, {1, 100, 100, 4}, {92, 10, 10, 4}}) ==
        std::vector<double>{0, 100, 200});
}

TEST_CASE("sjbf keeps the head of the queue and tries the shortest of the others first", "[scheduling][sorted]") {
  // A: 6 of 10 until 100. B needs all: reserved at 100, nothing to spare. C (90 s) and D (50 s) of 4 come at 2.
  const std::vector<TestJob> jobs{{0, 100, 100, 6}, {1, 10, 10, 10}, {2, 90, 90, 4}, {2, 50, 50, 4}};
  // easy: C:2-92, then D would end at 142: after B, at 110.
  CHECK(schedule("easy", 10, jobs) == std::vector<double>{0, 100, 2, 110});
  // sjbf: D:2-52, then C would end at 142: after B, at 110.
  CHECK(schedule("easy-sjbf", 10, jobs) == std::vector<double>{0, 100, 110, 2});
}

TEST_CASE("jobs without a runtime start and end at one instant under every policy", "[scheduling][sorted]") {
  // Three jobs on the whole machine at 0: 0 s, 10 s, 0 s. By arrival and by size (all alike) the third waits for the
  // second; by walltime, area and expansion factor (infinite) both of 0 s go first, one after the other, all at 0.
  const std::vector<TestJob> jobs{{0, 0, 0, 4}, {0, 10, 10, 4}, {0, 0, 0, 4}};
  for (const auto* name : {"fcfs", "easy", "easy-sqf", "easy-sjbf", "conservative", "conservative-compress"}) {
    CHECK(schedule(name, 4, jobs) == std::vector<double>{0, 0, 10});
  }
  for (const auto* name : {"easy-sjf", "easy-saf", "easy-lxf"}) {
    CHECK(schedule(name, 4, jobs) == std::vector<double>{0, 0, 0});
  }
}

TEST_CASE("ties are broken by arrival under every policy", "[scheduling][sorted]") {
  // Ten jobs of 4 on 8, 10 s each, all at 0: pairs start at 0, 10, 20, 30, 40.
  const std::vector<TestJob> jobs(10, TestJob{0, 10, 10, 4});
  for (const auto& name : scheduling::queue_policy_names()) {
    CHECK(schedule(name.c_str(), 8, jobs) == std::vector<double>{0, 0, 10, 10, 20, 20, 30, 30, 40, 40});
  }
}

TEST_CASE("every policy equals its plain definition on random workloads", "[scheduling][sorted][property]") {
  for (const PlainName& name : kPlainNames) {
    for (unsigned seed = 0; seed < 80; ++seed) {
      const int machine = 3 + static_cast<int>(seed % 13);
      const auto jobs = mixed_jobs(seed, machine, 60);
      const auto policy = make_queue_policy(name.name);
      policy->set_capacity(machine);
      PlainPolicy plain(name.order, name.kind);
      plain.set_capacity(machine);
      INFO(name.name << ", seed " << seed);
      REQUIRE(start_times(*policy, jobs) == start_times(plain, jobs));
    }
  }
}

TEST_CASE("under every policy every job runs, after its submission and on what there is",
          "[scheduling][sorted][property]") {
  for (const auto& name : scheduling::queue_policy_names()) {
    for (unsigned seed = 0; seed < 120; ++seed) {
      const int machine = 3 + static_cast<int>(seed % 9);
      const auto jobs = mixed_jobs(1000 + seed, machine, 60, false, true);
      const auto start = schedule(name.c_str(), machine, jobs);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        REQUIRE(start[i] >= jobs[i].submit);
        int busy = 0;  // just after job i has started
        for (std::size_t j = 0; j < jobs.size(); ++j) {
          if (start[j] <= start[i] && start[i] < start[j] + jobs[j].runtime) busy += jobs[j].size;
        }
        REQUIRE(busy <= machine);
      }
    }
  }
}

TEST_CASE("removed and drained jobs are gone, and the others go on, under every policy", "[scheduling][sorted]") {
  for (const auto& name : scheduling::queue_policy_names()) {
    const auto policy = make_queue_policy(name);
    policy->set_capacity(4);
    for (int id = 1; id <= 6; ++id) policy->enqueue({id, 4, units::Seconds{10}});
    REQUIRE(pass(*policy, 0) == Ids{1});
    policy->remove(2);
    policy->remove(99);  // never was there
    CHECK(policy->load() == 5.0);
    policy->job_ended({1, 4, units::Seconds{10}}, units::Seconds{0});
    CHECK(pass(*policy, 10) == Ids{3});
    CHECK(policy->running() == Ids{3});
    CHECK(policy->drain() == Ids{4, 5, 6});
    CHECK(policy->load() == 1.0);
  }
}

TEST_CASE("a pass over a long blocked queue looks at a few nodes under sorted policies", "[scheduling][complexity]") {
  for (const auto* name : {"easy-sjf", "easy-saf", "easy-sqf", "easy-sjbf"}) {
    const auto policy = make_queue_policy(name);
    policy->set_capacity(100);
    policy->enqueue({0, 99, units::Seconds{1000}});
    pass(*policy, 0);
    for (std::int64_t id = 1; id <= 50'000; ++id) policy->enqueue({id, 50 + id % 50, units::Seconds{2000}});
    const auto before = policy->nodes_visited();
    for (int i = 0; i < 1000; ++i) CHECK(pass(*policy, 1 + i).empty());
    CHECK(policy->nodes_visited() - before <= 1000 * 2);  // the root answers
    policy->enqueue({50'001, 1, units::Seconds{10}});
    const auto before_search = policy->nodes_visited();
    CHECK(pass(*policy, 900) == Ids{50'001});
    CHECK(policy->nodes_visited() - before_search <= 4 * 2 * 17);  // paths of a red-black tree of 50,000
  }
}
