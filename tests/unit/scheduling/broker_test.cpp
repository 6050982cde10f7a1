#include "gigasim/scheduling/broker.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <stdexcept>

using namespace gigasim;
using scheduling::BrokeredJob;
using scheduling::make_broker;
using scheduling::Reason;

namespace {

/// Four queues. From origin 0 the order is 2, 0 (both at home), 3, 1; from origin 1 it is 1, 0, 2, 3 with nobody at
/// home.
struct Directory final : scheduling::QueueDirectory {
  std::vector<std::vector<int>> order{{2, 0, 3, 1}, {1, 0, 2, 3}};
  std::vector<int> unknown{0, 1, 2, 3};
  std::vector<std::int64_t> size{10, 100, 20, 1000};
  std::vector<double> loads{0.5, 0.9, 0.7, 0.1};
  std::vector<double> starts{30, 10, 30, 20};
  std::vector<scheduling::SiteFacts> sites{{}, {}, {}, {}};
  mutable int asked = 0;  // estimates

  int num_queues() const override { return 4; }
  const std::vector<int>& by_distance(const BrokeredJob& job) const override {
    return job.origin < 0 ? unknown : order[static_cast<std::size_t>(job.origin)];
  }
  std::size_t num_at_home(const BrokeredJob& job) const override { return job.origin == 0 ? 2 : 0; }
  bool accepts(int queue, const BrokeredJob& job) const override {
    return queue != job.except && job.accelerators <= size[static_cast<std::size_t>(queue)];
  }
  double load(int queue) const override { return loads[static_cast<std::size_t>(queue)]; }
  units::Seconds now() const override { return units::Seconds{10}; }
  units::Seconds estimate_start(int queue, const BrokeredJob&) const override {
    ++asked;
    return units::Seconds{starts[static_cast<std::size_t>(queue)]};
  }
  scheduling::SiteFacts facts(int queue, const BrokeredJob&) const override {
    return sites[static_cast<std::size_t>(queue)];
  }
};

BrokeredJob job(std::int32_t origin, std::int64_t accelerators) {
  return {origin, accelerators, units::Seconds{60}};
}

/// The queue that a broker chooses; -1 for none.
int chosen(scheduling::Broker& broker, const BrokeredJob& job, const Directory& queues) {
  const auto choice = broker.choose(job, queues);
  return choice ? choice->queue : -1;
}

}  // namespace

TEST_CASE("nearest takes the nearest queue that accepts the job", "[scheduling][broker]") {
  const auto broker = make_broker("nearest");
  const Directory queues;
  CHECK(chosen(*broker, job(0, 5), queues) == 2);
  CHECK(chosen(*broker, job(0, 50), queues) == 3);
  CHECK(chosen(*broker, job(1, 5), queues) == 1);
  CHECK(chosen(*broker, job(-1, 5), queues) == 0);
  CHECK(chosen(*broker, job(0, 5000), queues) == -1);
  CHECK(broker->choose(job(0, 5), queues)->reason == Reason::kNearest);
}

TEST_CASE("home takes the least loaded queue of the job's country, else the nearest", "[scheduling][broker]") {
  const auto broker = make_broker("home");
  const Directory queues;
  CHECK(chosen(*broker, job(0, 5), queues) == 0);    // at home: queue 0 at 0.5, queue 2 at 0.7
  CHECK(chosen(*broker, job(0, 15), queues) == 2);   // only queue 2 fits at home
  CHECK(chosen(*broker, job(0, 500), queues) == 3);  // nothing fits at home
  CHECK(chosen(*broker, job(1, 5), queues) == 1);    // no queue at home: nearest
  const auto at_home = broker->choose(job(0, 5), queues);
  CHECK(at_home->reason == Reason::kAtHome);
  CHECK(at_home->score == 0.5);
  CHECK(at_home->next == 2);
  CHECK(at_home->next_score == 0.7);
  CHECK(broker->choose(job(1, 5), queues)->reason == Reason::kNearest);
}

TEST_CASE("round robin goes on from the last choice and skips queues that do not accept", "[scheduling][broker]") {
  const auto broker = make_broker("round_robin");
  const Directory queues;
  CHECK(chosen(*broker, job(0, 5), queues) == 0);
  CHECK(chosen(*broker, job(0, 5), queues) == 1);
  CHECK(chosen(*broker, job(0, 50), queues) == 3);  // queue 2 is too small
  CHECK(chosen(*broker, job(0, 5), queues) == 0);
}

TEST_CASE("least loaded follows the loads it is told", "[scheduling][broker]") {
  const auto broker = make_broker("least_loaded");
  const Directory queues;
  for (int q = 0; q < 4; ++q) broker->load_changed(q, queues.load(q));
  CHECK(chosen(*broker, job(0, 5), queues) == 3);
  broker->load_changed(3, 2.0);
  CHECK(chosen(*broker, job(0, 5), queues) == 0);
  CHECK(chosen(*broker, job(0, 500), queues) == 3);
}

TEST_CASE("earliest start takes the earliest estimate, ties to the nearer", "[scheduling][broker]") {
  const auto broker = make_broker("earliest_start");
  Directory queues;
  CHECK(chosen(*broker, job(0, 5), queues) == 1);
  queues.starts = {30, 40, 30, 50};
  CHECK(chosen(*broker, job(0, 5), queues) == 2);  // 0 and 2 tie at 30, and 2 is nearer
  queues.starts = {10, 10, 20, 10};
  CHECK(chosen(*broker, job(0, 5), queues) == 0);  // 2 is nearest, then 0, which can start it now
  queues.asked = 0;
  const auto at_once = broker->choose(job(0, 5), queues);
  CHECK(at_once->reason == Reason::kAtOnce);
  CHECK(queues.asked == 2);  // nobody behind it can be earlier
  CHECK(at_once->next == 2);
  CHECK(at_once->next_score == Approx(10.0 / 86400));
}

TEST_CASE("of two sites at home that start a job at once the less loaded takes it, not the nearer",
          "[scheduling][broker]") {
  const auto broker = make_broker("earliest_start");
  Directory queues;
  queues.starts = {10, 10, 10, 10};  // now is 10: all are free
  const auto found = broker->choose(job(0, 5), queues);
  CHECK(found->queue == 0);  // at 0.5; queue 2 is nearer, at 0.7
  CHECK(found->next == 2);
  CHECK(found->reason == Reason::kAtOnce);
  CHECK(found->score == 0.0);
  CHECK(found->next_score == 0.0);
  CHECK(chosen(*broker, job(1, 5), queues) == 1);  // no site at home: the nearest
}

TEST_CASE("weighted takes the lowest sum of waiting, distance, carbon and price", "[scheduling][broker]") {
  // Estimated waits at 10: 2 d, 0, 1 d, 0.5 d. By country:
  //   queue  distance  carbon   price        with weights 1, 1, 0, 0   with 1, 0, 2, 0    with 1, 0, 0, 4
  //   0         500 km    30     50          2 + 0.5 = 2.5             2 + 0.6 = 2.6      2 + 2   = 4
  //   1        3000      600    120          0 + 3   = 3               0 + 12  = 12       0 + 4.8 = 4.8
  //   2         200      300    100          1 + 0.2 = 1.2             1 + 6   = 7        1 + 4   = 5
  //   3        1000      100     60          0.5 + 1 = 1.5             0.5 + 2 = 2.5      0.5 + 2.4 = 2.9
  Directory queues;
  constexpr double kDay = 86400;
  queues.starts = {10 + 2 * kDay, 10, 10 + kDay, 10 + kDay / 2};
  queues.sites = {{500, 30, 50}, {3000, 600, 120}, {200, 300, 100}, {1000, 100, 60}};
  const auto near = make_broker("weighted", {1, 1, 0, 0})->choose(job(0, 5), queues);
  CHECK(near->queue == 2);
  CHECK(near->score == Approx(1.2));
  CHECK(near->next == 3);
  CHECK(near->next_score == Approx(1.5));
  CHECK(near->reason == Reason::kScore);
  const auto clean = make_broker("weighted", {1, 0, 2, 0})->choose(job(0, 5), queues);
  CHECK(clean->queue == 3);
  CHECK(clean->score == Approx(2.5));
  CHECK(clean->next == 0);
  CHECK(chosen(*make_broker("weighted", {1, 0, 0, 4}), job(0, 5), queues) == 3);
  CHECK(chosen(*make_broker("weighted", {0, 0, 0, 1}), job(0, 5), queues) == 0);
  CHECK(chosen(*make_broker("weighted", {0, 0, 0, 1}), job(0, 500), queues) == 3);  // 0 is too small for it
  queues.sites = {{}, {}, {}, {}};
  queues.starts = {30, 40, 30, 50};
  CHECK(chosen(*make_broker("weighted", {1, 1, 1, 1}), job(0, 5), queues) == 2);  // a tie goes to the nearer
}

TEST_CASE("weighted with the queue alone chooses as earliest start does", "[scheduling][broker]") {
  const auto weighted = make_broker("weighted");
  const auto earliest = make_broker("earliest_start");
  std::mt19937_64 draw(7);
  Directory queues;
  for (int round = 0; round < 500; ++round) {
    for (double& start : queues.starts) start = 10.0 + static_cast<double>(draw() % 8) / 4;
    const BrokeredJob one = job(static_cast<std::int32_t>(draw() % 3) - 1, 1 + static_cast<std::int64_t>(draw() % 40));
    CHECK(chosen(*weighted, one, queues) == chosen(*earliest, one, queues));
  }
}

TEST_CASE("a queue that is excepted is never chosen", "[scheduling][broker]") {
  const Directory queues;
  for (const auto& name : scheduling::broker_names()) {
    const auto broker = make_broker(name);
    for (int q = 0; q < 4; ++q) broker->load_changed(q, queues.load(q));
    for (int except = 0; except < 4; ++except) {
      BrokeredJob one = job(0, 5);
      one.except = except;
      CHECK(chosen(*broker, one, queues) != except);
    }
  }
}

TEST_CASE("every broker refuses a job that no queue accepts", "[scheduling][broker]") {
  const Directory queues;
  for (const auto& name : scheduling::broker_names()) {
    const auto broker = make_broker(name);
    for (int q = 0; q < 4; ++q) broker->load_changed(q, queues.load(q));
    CHECK(chosen(*broker, job(0, 100'000), queues) == -1);
  }
  CHECK_THROWS_AS(make_broker("magic"), std::invalid_argument);
}
