#include "services/replica_pool.hpp"

#include <catch2/catch.hpp>

using namespace gigasim;
using engine::ReplicaPool;
using units::Seconds;

// A start-up of 60 s, then 100 GB of weights from a storage of 10 GB/s: 10 s for one alone.
namespace {
const ReplicaPool::Timing kTiming{Seconds{60}, units::Bytes{100e9}, units::BytesPerSecond{10e9}};
}  // namespace

TEST_CASE("replicas that start together share the storage", "[engine][services]") {
  ReplicaPool pool(kTiming);
  for (const int job : {1, 2}) pool.submitted(job, Seconds{0});
  CHECK(pool.waiting() == 2);
  for (const int job : {1, 2}) pool.started(job, Seconds{5});
  CHECK(pool.running() == 2);
  CHECK(pool.next_date() == Seconds{65});
  pool.advance(Seconds{65});
  CHECK(pool.ready() == 0);
  CHECK(pool.next_date() == Seconds{85});  // 65 + 2 x 10
  pool.advance(Seconds{85});
  CHECK(pool.ready() == 2);
  CHECK(!pool.next_date());
}

TEST_CASE("one that comes while others load takes its share from then on", "[engine][services]") {
  ReplicaPool pool(kTiming);
  pool.submitted(1, Seconds{0});
  pool.submitted(2, Seconds{0});
  pool.started(1, Seconds{0});
  pool.started(2, Seconds{5});
  pool.advance(Seconds{60});  // 1 loads alone until 70
  pool.advance(Seconds{65});  // 2 shares: until 65 + 20
  pool.advance(Seconds{70});
  CHECK(pool.ready() == 1);
  CHECK(pool.next_date() == Seconds{85});
}

TEST_CASE("a replica that is stopped starts up and loads again", "[engine][services]") {
  ReplicaPool pool(kTiming);
  pool.submitted(1, Seconds{0});
  pool.started(1, Seconds{0});
  pool.advance(Seconds{60});
  pool.advance(Seconds{70});
  pool.stopped(1, Seconds{100});
  CHECK(pool.ready() == 0);
  CHECK(pool.waiting() == 1);
  CHECK(!pool.is_short(Seconds{100}));
  CHECK(pool.is_short(Seconds{101}));
  pool.started(1, Seconds{200});
  CHECK(pool.next_date() == Seconds{260});
}

TEST_CASE("the last to wait is given up first, then the last that is not ready", "[engine][services]") {
  ReplicaPool pool(kTiming);
  for (const int job : {1, 2, 3, 4}) pool.submitted(job, Seconds{0});
  pool.started(1, Seconds{0});
  pool.advance(Seconds{60});
  pool.advance(Seconds{70});
  pool.started(3, Seconds{80});
  CHECK(pool.to_give_up() == 4);
  pool.gone(4);
  CHECK(pool.to_give_up() == 2);
  pool.gone(2);
  CHECK(pool.to_give_up() == 3);
  pool.gone(3);
  CHECK(pool.to_give_up() == 1);
}

TEST_CASE("a replica that finishes what it has does not count as running, and is gone when it has",
          "[engine][services]") {
  ReplicaPool pool(kTiming);
  for (const int job : {1, 2}) pool.submitted(job, Seconds{0});
  for (const int job : {1, 2}) pool.started(job, Seconds{0});
  pool.advance(Seconds{60});
  pool.advance(Seconds{80});
  REQUIRE(pool.to_give_up() == 2);
  pool.drain(2, Seconds{95});
  CHECK(pool.ready() == 1);
  CHECK(pool.running() == 1);
  CHECK(pool.draining() == 1);
  CHECK(pool.to_give_up() == 1);
  CHECK(pool.next_date() == Seconds{95});
  CHECK(pool.advance(Seconds{95}) == std::vector<metrics::JobIndex>{2});
  CHECK(pool.draining() == 0);
  CHECK(!pool.next_date());
}
