#include "gigasim/scheduling/broker.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace gigasim;
using scheduling::BrokeredJob;
using scheduling::make_broker;

namespace {

/// Four queues. From origin 0 the order is 2, 0 (both at home), 3, 1; from origin 1 it is 1, 0, 2, 3 with nobody at
/// home.
struct Directory final : scheduling::QueueDirectory {
  std::vector<std::vector<int>> order{{2, 0, 3, 1}, {1, 0, 2, 3}};
  std::vector<int> unknown{0, 1, 2, 3};
  std::vector<std::int64_t> size{10, 100, 20, 1000};
  std::vector<double> loads{0.5, 0.9, 0.7, 0.1};
  std::vector<double> starts{30, 10, 30, 20};

  int num_queues() const override { return 4; }
  const std::vector<int>& by_distance(std::int32_t origin) const override {
    return origin < 0 ? unknown : order[static_cast<std::size_t>(origin)];
  }
  std::size_t num_at_home(std::int32_t origin) const override { return origin == 0 ? 2 : 0; }
  bool accepts(int queue, const BrokeredJob& job) const override {
    return job.accelerators <= size[static_cast<std::size_t>(queue)];
  }
  double load(int queue) const override { return loads[static_cast<std::size_t>(queue)]; }
  units::Seconds now() const override { return units::Seconds{10}; }
  units::Seconds estimate_start(int queue, const BrokeredJob&) const override {
    return units::Seconds{starts[static_cast<std::size_t>(queue)]};
  }
};

BrokeredJob job(std::int32_t origin, std::int64_t accelerators) {
  return {origin, accelerators, units::Seconds{60}};
}

}  // namespace

TEST_CASE("nearest takes the nearest queue that accepts the job", "[scheduling][broker]") {
  const auto broker = make_broker("nearest");
  const Directory queues;
  CHECK(broker->choose(job(0, 5), queues) == 2);
  CHECK(broker->choose(job(0, 50), queues) == 3);
  CHECK(broker->choose(job(1, 5), queues) == 1);
  CHECK(broker->choose(job(-1, 5), queues) == 0);
  CHECK(broker->choose(job(0, 5000), queues) == std::nullopt);
}

TEST_CASE("home takes the least loaded queue of the job's country, else the nearest", "[scheduling][broker]") {
  const auto broker = make_broker("home");
  const Directory queues;
  CHECK(broker->choose(job(0, 5), queues) == 0);    // at home: queue 0 at 0.5, queue 2 at 0.7
  CHECK(broker->choose(job(0, 15), queues) == 2);   // only queue 2 fits at home
  CHECK(broker->choose(job(0, 500), queues) == 3);  // nothing fits at home
  CHECK(broker->choose(job(1, 5), queues) == 1);    // no queue at home: nearest
}

TEST_CASE("round robin goes on from the last choice and skips queues that do not accept", "[scheduling][broker]") {
  const auto broker = make_broker("round_robin");
  const Directory queues;
  CHECK(broker->choose(job(0, 5), queues) == 0);
  CHECK(broker->choose(job(0, 5), queues) == 1);
  CHECK(broker->choose(job(0, 50), queues) == 3);  // queue 2 is too small
  CHECK(broker->choose(job(0, 5), queues) == 0);
}

TEST_CASE("least loaded follows the loads it is told", "[scheduling][broker]") {
  const auto broker = make_broker("least_loaded");
  const Directory queues;
  for (int q = 0; q < 4; ++q) broker->load_changed(q, queues.load(q));
  CHECK(broker->choose(job(0, 5), queues) == 3);
  broker->load_changed(3, 2.0);
  CHECK(broker->choose(job(0, 5), queues) == 0);
  CHECK(broker->choose(job(0, 500), queues) == 3);
}

TEST_CASE("earliest start takes the earliest estimate, ties to the nearer", "[scheduling][broker]") {
  const auto broker = make_broker("earliest_start");
  Directory queues;
  CHECK(broker->choose(job(0, 5), queues) == 1);
  queues.starts = {30, 40, 30, 50};
  CHECK(broker->choose(job(0, 5), queues) == 2);  // 0 and 2 tie at 30, and 2 is nearer
  queues.starts = {10, 10, 20, 10};
  CHECK(broker->choose(job(0, 5), queues) == 0);  // 2 is nearest, then 0, which can start it now
}

TEST_CASE("every broker refuses a job that no queue accepts", "[scheduling][broker]") {
  const Directory queues;
  for (const auto& name : scheduling::broker_names()) {
    const auto broker = make_broker(name);
    for (int q = 0; q < 4; ++q) broker->load_changed(q, queues.load(q));
    CHECK(broker->choose(job(0, 100'000), queues) == std::nullopt);
  }
  CHECK_THROWS_AS(make_broker("magic"), std::invalid_argument);
}
