#include <catch2/catch.hpp>
#include <map>

#include "gigasim/scheduling/preemption.hpp"

using namespace gigasim;
using scheduling::QueuedJob;
using units::Seconds;

namespace {

constexpr std::int32_t kNormal = 0;
constexpr std::int32_t kUrgent = 1;

QueuedJob job_of(std::int64_t id, std::int64_t accelerators, std::int32_t kind, double walltime = 100) {
  QueuedJob job;
  job.id = id;
  job.accelerators = accelerators;
  job.walltime = Seconds{walltime};
  job.kind = kind;
  return job;
}

std::unique_ptr<scheduling::PreemptingQueue> queue_of(const std::string& policy, std::int64_t capacity) {
  auto queue =
      scheduling::make_preempting_queue(scheduling::make_queue_policy(policy), {{false, false}, {true, false}});
  queue->set_capacity(capacity);
  return queue;
}

std::vector<std::int64_t> pass(scheduling::PreemptingQueue& queue, double now) {
  std::vector<std::int64_t> starts;
  queue.pass(Seconds{now}, starts);
  return starts;
}

std::vector<std::int64_t> stopped(const scheduling::PreemptingQueue& queue) {
  std::vector<std::int64_t> ids;
  for (const auto& stop : queue.stopped()) ids.push_back(stop.id);
  return ids;
}

using Ids = std::vector<std::int64_t>;

/// Starts one job after the other, a second apart.
void start_each(scheduling::PreemptingQueue& queue, const std::vector<QueuedJob>& jobs) {
  double now = 0;
  for (const QueuedJob& job : jobs) {
    queue.enqueue(job);
    CHECK(pass(queue, now++) == Ids{job.id});
  }
}

}  // namespace

TEST_CASE("the latest started job makes room", "[scheduling][preemption]") {
  for (const std::string& policy : scheduling::preemptible_policy_names()) {
    INFO(policy);
    const auto queue = queue_of(policy, 4);
    start_each(*queue, {job_of(0, 2, kNormal), job_of(1, 2, kNormal)});
    queue->enqueue(job_of(2, 1, kUrgent));
    CHECK(pass(*queue, 10) == Ids{2});
    CHECK(stopped(*queue) == Ids{1});
    CHECK(queue->running() == Ids{0, 2});
    // It waits again, and what was not needed is free for it or others.
    queue->enqueue(job_of(1, 2, kNormal));
    queue->enqueue(job_of(3, 1, kNormal));
    const Ids next = pass(*queue, 10);
    CHECK(next == (policy == "fcfs" ? Ids{} : Ids{3}));  // behind job 1, which does not fit: backfilled or not
    CHECK(queue->stopped().empty());
  }
}

TEST_CASE("nobody stops that is not needed", "[scheduling][preemption]") {
  const auto queue = queue_of("fcfs", 5);
  start_each(*queue, {job_of(0, 4, kNormal), job_of(1, 1, kNormal)});
  queue->enqueue(job_of(2, 4, kUrgent));
  CHECK(pass(*queue, 10) == Ids{2});
  CHECK(stopped(*queue) == Ids{0});  // job 1 alone is not enough, and with job 0 it is one too many
}

TEST_CASE("what is free is taken before anybody stops", "[scheduling][preemption]") {
  const auto queue = queue_of("easy", 8);
  start_each(*queue, {job_of(0, 2, kNormal), job_of(1, 2, kNormal), job_of(2, 2, kNormal)});
  queue->enqueue(job_of(3, 8, kNormal));  // blocked, with two free
  CHECK(pass(*queue, 5).empty());
  queue->enqueue(job_of(4, 2, kUrgent, 1e6));  // EASY would not backfill it: it would delay job 3
  CHECK(pass(*queue, 6) == Ids{4});
  CHECK(queue->stopped().empty());
  queue->enqueue(job_of(5, 3, kUrgent));
  CHECK(pass(*queue, 7) == Ids{5});
  CHECK(stopped(*queue) == Ids{2, 1});
}

TEST_CASE("a job stops nobody when all of them would not make room", "[scheduling][preemption]") {
  const auto queue = queue_of("fcfs", 4);
  start_each(*queue, {job_of(0, 2, kUrgent), job_of(1, 2, kNormal)});
  queue->enqueue(job_of(2, 3, kUrgent));  // 2 are held by one of its own kind
  queue->enqueue(job_of(3, 2, kUrgent));  // behind it: it waits too
  CHECK(pass(*queue, 5).empty());
  CHECK(queue->stopped().empty());
  queue->job_ended(job_of(0, 2, kUrgent), Seconds{0});
  CHECK(pass(*queue, 100) == Ids{2});
  CHECK(stopped(*queue) == Ids{1});
}

TEST_CASE("jobs without a right stop nobody", "[scheduling][preemption]") {
  const auto queue = queue_of("easy", 4);
  start_each(*queue, {job_of(0, 4, kNormal)});
  queue->enqueue(job_of(1, 1, kNormal));
  CHECK(pass(*queue, 5).empty());
  CHECK(queue->stopped().empty());
}

TEST_CASE("policies that start nobody out of turn are not made preempting", "[scheduling][preemption]") {
  const auto privileged = scheduling::make_queue_policy("easy", {{{0.5, false, Seconds{0}, false}}, {}, {}});
  CHECK_THROWS_AS(privileged->start_now(0, Seconds{0}), std::logic_error);
}

TEST_CASE("the estimate of a job with a right counts what it may stop", "[scheduling][preemption]") {
  // Four accelerators, requests of 100 s. Two normal jobs of 2 fill them from 0 and 1 to 100 and 101.
  const auto queue = queue_of("easy", 4);
  start_each(*queue, {job_of(0, 2, kNormal), job_of(1, 2, kNormal)});
  CHECK(queue->estimate_start(job_of(9, 4, kUrgent), Seconds{2}) == Seconds{2});
  CHECK(queue->estimate_start(job_of(9, 4, kNormal), Seconds{2}) == Seconds{101});
  // At 10 an urgent job of 3 stops both, and a normal one of 1 takes the rest; both until 110.
  queue->enqueue(job_of(2, 3, kUrgent));
  queue->enqueue(job_of(3, 1, kNormal));
  REQUIRE(pass(*queue, 10) == Ids{2, 3});
  REQUIRE(stopped(*queue) == Ids{1, 0});
  CHECK(queue->estimate_start(job_of(9, 1, kUrgent), Seconds{10}) == Seconds{10});   // that of the normal one
  CHECK(queue->estimate_start(job_of(9, 2, kUrgent), Seconds{10}) == Seconds{110});  // the urgent one must end
  CHECK(queue->estimate_start(job_of(9, 1, kNormal), Seconds{10}) == Seconds{110});
  // Behind a waiting urgent job of 4 for 50 s: (3 x 100 + 4 x 50) / 4 = 125 s of work that it may not stop.
  queue->enqueue(job_of(4, 4, kUrgent, 50));
  REQUIRE(pass(*queue, 10).empty());
  CHECK(queue->estimate_start(job_of(9, 1, kUrgent), Seconds{10}) == Seconds{135});
  // Half of the request over: 3 x 50 + 4 x 50 = 350 of them are left, 87.5 s.
  CHECK(queue->estimate_start(job_of(9, 1, kUrgent), Seconds{60}) == Seconds{147.5});
  // Without the waiting one the normal one makes room at once again.
  queue->remove(4);
  CHECK(queue->estimate_start(job_of(9, 1, kUrgent), Seconds{60}) == Seconds{60});
}
