#include <catch2/catch.hpp>
#include <random>

#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::simulate;
using test::site;
using test::world;
using Shares = std::vector<metrics::PodShare>;

TEST_CASE("at one instant ends come first in order of arrival, then arrivals, then one scheduling pass", "[engine]") {
  auto s = world({site("a", {partition(4, 4)})});
  const auto seen = simulate(s, {job(0, 2, 10, 10), job(0, 2, 10, 10), job(10, 4, 5, 5), job(10, 1, 5, 5)});
  CHECK(seen.story == std::vector<std::string>{"submit 0 @ 0", "submit 1 @ 0", "start 0 @ 0", "start 1 @ 0",
                                               "end 0 @ 10", "end 1 @ 10", "submit 2 @ 10", "submit 3 @ 10",
                                               "start 2 @ 10", "end 2 @ 15", "start 3 @ 15", "end 3 @ 20"});
  CHECK(seen.ended_at == 20);
}

TEST_CASE("a job of runtime 0 ends at the instant of its start and makes room in a second round", "[engine]") {
  auto s = world({site("a", {partition(1, 1)})});
  s.scheduling.queue_policy = "fcfs";
  const auto seen = simulate(s, {job(3, 1, 0, 60), job(3, 1, 7, 60)});
  CHECK(seen.fate.at(0).start == 3);
  CHECK(seen.fate.at(0).end == 3);
  CHECK(seen.fate.at(1).start == 3);
  CHECK(seen.fate.at(1).end == 10);
}

TEST_CASE("a job is killed at its walltime", "[engine]") {
  const auto seen = simulate(world({site("a", {partition(1, 1)})}), {job(0, 1, 100, 60), job(0, 1, 60, 60)});
  CHECK(seen.fate.at(0).outcome == "killed");
  CHECK(seen.fate.at(0).end == 60);
  CHECK(seen.fate.at(1).outcome == "finished");
  CHECK(seen.fate.at(1).end == 120);
}

TEST_CASE("a job spans pods of one site and never sites", "[engine]") {
  const auto seen = simulate(world({site("a", {partition(10, 4)}), site("b", {partition(6, 4)})}),
                             {job(0, 10, 5, 5), job(0, 6, 5, 5), job(0, 7, 5, 5), job(0, 11, 5, 5)});
  CHECK(seen.fate.at(0).pods == Shares{{0, 4}, {1, 4}, {2, 2}});
  CHECK(seen.fate.at(2).site == 0);
  CHECK(seen.fate.at(2).start >= 5);
  CHECK(seen.fate.at(3).outcome == "larger than any partition");
}

TEST_CASE("a run of fixed length leaves what is unfinished and ends at the period's end", "[engine]") {
  auto s = world({site("a", {partition(1, 1)})});
  s.period.until_drained = false;
  s.period.warm_up = units::Seconds{10};
  s.period.length = units::Seconds{90};
  const auto seen = simulate(s, {job(0, 1, 50, 50), job(0, 1, 50, 50), job(0, 1, 50, 50), job(0, 1, 50, 50)});
  CHECK(seen.fate.at(1).outcome == "finished");  // ends at 100, the very end of the period
  CHECK(seen.fate.at(2).outcome == "running");   // and frees the machine for the next
  CHECK(seen.fate.at(2).start == 100);
  CHECK(seen.fate.at(3).start == -1);
  CHECK(seen.ended_at == 100);
}

TEST_CASE("no job runs on a site before it is online, and jobs wait for it", "[engine][calendar]") {
  auto s = world({site("a", {partition(2, 2)})});
  s.sites[0].online = s.period.start + units::Seconds{100};
  const auto seen = simulate(s, {job(0, 1, 10, 10), job(5, 2, 10, 10), job(150, 1, 10, 10)});
  CHECK(seen.fate.at(0).start == 100);
  CHECK(seen.fate.at(1).start == 110);
  CHECK(seen.fate.at(2).start == 150);
}

TEST_CASE("a site that goes offline stops what runs and sends what waits elsewhere", "[engine][calendar]") {
  auto s = world({site("a", {partition(4, 4)}), site("b", {partition(4, 4)})});
  s.scheduling.broker = "round_robin";
  s.sites[0].offline = s.period.start + units::Seconds{50};
  // Walltimes of 40 s fit before the date for jobs submitted by 10 s; runtimes are longer than the walltimes of others.
  const auto seen = simulate(s, {job(0, 4, 30, 50), job(0, 4, 30, 50),  // a, b
                                 job(0, 4, 30, 40), job(0, 4, 30, 40),  // queued at a, b
                                 job(5, 4, 30, 40)});                   // queued at a
  CHECK(seen.fate.at(0).end == 30);
  CHECK(seen.fate.at(2).site == 0);
  CHECK(seen.fate.at(2).outcome == "killed");  // started at 30, stopped at 50
  CHECK(seen.fate.at(2).end == 50);
  CHECK(seen.fate.at(4).site == 1);  // waited at a until 50, then joined b
  CHECK(seen.fate.at(4).start == 60);
}

TEST_CASE("a site that grows starts what waits at the date of the step, and holds what is too large until then",
          "[engine][calendar]") {
  auto growing = site("a", {partition(8, 4)});
  auto scenario = world({growing});
  const auto start = scenario.period.start;
  scenario.sites[0].partitions[0].steps = {{start, 4}, {start + units::Seconds{100}, 8}};
  // 0 fills the first four; 1 waits for two of the four that come at 100 s; 2 needs six, which are free when 0 ends at
  // 300 s and 1 at 150 s.
  const auto witness = simulate(scenario, {job(0, 4, 300, 300), job(1, 2, 50, 50), job(2, 6, 10, 10)});
  CHECK(witness.fate.at(0).start == 0);
  CHECK(witness.fate.at(1).start == 100);
  CHECK(witness.fate.at(2).start == 300);
}

TEST_CASE("a cancelled machine never runs a job", "[engine][calendar]") {
  auto scenario = world({site("a", {partition(8, 4)}), site("b", {partition(4, 4)})});
  scenario.sites[0].partitions[0].cancelled = true;
  const auto witness = simulate(scenario, {job(0, 4, 10, 10), job(1, 8, 10, 10)});
  CHECK(witness.fate.at(0).site == 1);
  CHECK(witness.fate.at(1).outcome == "larger than any partition");
}

TEST_CASE("brokers send no job to a site that goes offline within its walltime", "[engine][calendar]") {
  auto s = world({site("a", {partition(4, 4)})});
  s.sites[0].offline = s.period.start + units::Seconds{100};
  const auto seen = simulate(s, {job(0, 1, 10, 100), job(1, 1, 10, 100)});
  CHECK(seen.fate.at(0).outcome == "finished");
  CHECK(seen.fate.at(1).outcome == "no site is online long enough");
}

TEST_CASE("a job goes to the nearest site of its country", "[engine][broker]") {
  auto far = site("far", {partition(4, 4)}, "DE");
  far.location = {53.0, 9.0};
  auto near = site("near", {partition(4, 4)}, "DE");
  near.location = {50.1, 8.7};
  auto s = world({far, site("paris", {partition(4, 4)}), near});
  s.scheduling.broker = "nearest";
  auto german = job(0, 1, 10, 10);
  german.origin = 1;
  auto french = german;
  french.origin = 0;
  const auto seen = simulate(s, {german, french});
  CHECK(seen.fate.at(0).site == 2);
  CHECK(seen.fate.at(1).site == 1);
}

TEST_CASE("a run that is told to stop says so at once", "[engine]") {
  const std::atomic<bool> stop{true};
  engine::RunOptions options;
  options.stop = &stop;
  const auto seen = simulate(world({site("a", {partition(1, 1)})}), {job(0, 1, 100, 100)}, options);
  CHECK(seen.ended_at == 0);
  CHECK(seen.fate.empty());
}

TEST_CASE("thousands of random jobs with fractions of a second end exactly when they are due", "[engine][property]") {
  // The engine itself compares every end with SimGrid's and throws where they differ; here: end = start + runtime, to
  // the bit.
  std::mt19937 random(5);
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 3000; ++i) {
    submit += static_cast<double>(random() % 4096) / 1024.0;
    const double runtime = static_cast<double>(random() % 300'000) / 1024.0;
    jobs.push_back(job(submit, 1 + static_cast<std::int64_t>(random() % 60), runtime, runtime + 1));
  }
  const auto seen =
      simulate(world({site("a", {partition(50, 8), partition(30, 7)}), site("b", {partition(60, 16)})}), jobs);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const auto& fate = seen.fate.at(static_cast<metrics::JobIndex>(i));
    REQUIRE(fate.end == fate.start + jobs[i].runtime.in_base_units());
    REQUIRE(fate.start >= jobs[i].submit.in_base_units());
  }
}
