#include <catch2/catch.hpp>
#include <random>

#include "queue_reservations.hpp"
#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::simulate;
using test::site;
using test::world;

namespace {

/// One site of 10 accelerators with a reservation of some of them; jobs of stream 1 may use it where it has a label.
scenario::Scenario with_reservation(std::int64_t accelerators, double from, double length, double every,
                                    const std::vector<std::string>& labels) {
  auto s = world({site("a", {partition(10, 10)})});
  s.workload.streams.resize(2);
  s.workload.streams[1].name = "labelled";
  scenario::Reservation reservation;
  reservation.name = "r";
  reservation.labels = labels;
  reservation.sites = {"a"};
  reservation.accelerators = accelerators;
  reservation.from = units::Seconds{from};
  reservation.length = units::Seconds{length};
  if (every > 0) reservation.every = units::Seconds{every};
  reservation.streams = {false, !labels.empty()};
  s.scheduling.queues.reservations = {reservation};
  return s;
}

workload::Job labelled(workload::Job job) {
  job.stream = 1;
  return job;
}

}  // namespace

TEST_CASE("a machine in maintenance starts what waits at the moment when the window closes", "[engine][reservation]") {
  // None of the 10 in [20, 30): the first job would run into the window and starts at 30, when nothing else happens;
  // the second ends at 20 and passes it.
  auto s = with_reservation(10, 20, 10, 0, {});
  s.scheduling.queue_policy = "conservative-compress";
  const auto seen = simulate(s, {job(0, 4, 25, 25), job(0, 4, 20, 20)});
  CHECK(seen.fate.at(0).start == 30);
  CHECK(seen.fate.at(1).start == 0);
  CHECK(seen.ended_at == 55);
}

TEST_CASE("who may use a reservation starts in it when it opens", "[engine][reservation]") {
  // 6 of 10 reserved in [10, 30). The first job holds 8 until 8, the second, 8 for 10 s, must wait for the window to
  // close; the third may use the reservation, needs 6 for 20 s, and fits in there alone: at 10, when nothing else
  // happens.
  const auto seen = simulate(with_reservation(6, 10, 20, 0, {"stream=labelled"}),
                             {job(0, 8, 8, 8), job(1, 8, 10, 10), labelled(job(2, 6, 20, 20))});
  CHECK(seen.fate.at(1).start == 30);
  CHECK(seen.fate.at(2).start == 10);
}

TEST_CASE("a job that fits between no two windows is refused with that reason", "[engine][reservation]") {
  // All 10 for 4 s every 20 s: 16 s are between two windows.
  const auto seen = simulate(with_reservation(10, 0, 4, 20, {}), {job(0, 1, 5, 17), job(0, 1, 5, 16)});
  CHECK(seen.fate.at(0).outcome == "longer than any gap between reservations");
  CHECK(seen.fate.at(1).start == 4);
}

TEST_CASE("a site may have a queue policy of its own", "[engine]") {
  // Each site of 10: a job of 6 for 100 s, one of 8, one of 4 for 50 s. Only easy lets the last one pass.
  auto s = world({site("a", {partition(10, 10)}), site("b", {partition(10, 10)})});
  s.sites[1].queue_policy = "fcfs";
  s.scheduling.broker = "round_robin";
  const auto seen = simulate(s, {job(0, 6, 100, 100), job(0, 6, 100, 100), job(1, 8, 10, 10), job(1, 8, 10, 10),
                                 job(2, 4, 50, 50), job(2, 4, 50, 50)});
  CHECK(seen.fate.at(4).start == 2);
  CHECK(seen.fate.at(4).site == 0);
  CHECK(seen.fate.at(5).start == 110);  // after the job of 8
  CHECK(seen.fate.at(5).site == 1);
}

TEST_CASE("schedulers that know the runtimes backfill what the requests forbid", "[engine]") {
  // A holds 6 until 100. B needs 8: reserved at 100, 2 to spare. C, 4, asks for 200 s and runs 50 s.
  auto s = world({site("a", {partition(10, 10)})});
  const std::vector<workload::Job> jobs{job(0, 6, 100, 100), job(1, 8, 10, 10), job(2, 4, 50, 200)};
  s.scheduling.queues.estimate = scenario::Estimate::kActual;
  CHECK(simulate(s, jobs).fate.at(2).start == 2);
}

TEST_CASE("what is remembered of gaps is what the plan says, in whatever order jobs ask", "[engine][reservation]") {
  std::mt19937 draw(7);
  for (int round = 0; round < 5; ++round) {
    engine::QueueReservations here;
    const double length = 50.0 + static_cast<double>(draw() % 100);
    here.all = {{0, 0.5, units::Seconds{30}, units::Seconds{length}, units::Seconds{length + 200}, true},
                {6, 0.0, units::Seconds{400}, units::Seconds{300}, units::Seconds{0}, false}};
    for (int i = 0; i < 60; ++i) {
      scheduling::QueuedJob asks;
      asks.accelerators = 1 + static_cast<std::int64_t>(draw() % 12);
      asks.walltime = units::Seconds{static_cast<double>(draw() % 500)};
      asks.reservation = static_cast<std::int32_t>(draw() % 3) - 1;
      if (asks.reservation == 0) asks.reservation = -1;  // nobody may use maintenance
      const std::int64_t capacity = draw() % 2 == 0 ? 10 : 7;
      CHECK(here.leave_room_for(asks, capacity) == scheduling::ever_fits(asks, capacity, here.all));
    }
  }
}
