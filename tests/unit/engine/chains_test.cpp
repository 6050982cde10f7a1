#include "chains.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::simulate;
using test::site;
using test::world;

namespace {

/// Streams: 0 train, 1 tune (after train, 50 s later), 2 eval (after tune).
scenario::Scenario chained(scenario::Scenario s) {
  s.workload.streams.resize(3);
  s.workload.streams[1].name = "tune";
  s.workload.streams[1].after = scenario::JobChain{0, units::Seconds{50}};
  s.workload.streams[2].name = "eval";
  s.workload.streams[2].after = scenario::JobChain{1, units::Seconds{0}};
  return s;
}

workload::Job link(std::int32_t stream, std::int64_t number, workload::Job j) {
  j.stream = stream;
  j.number = number;
  j.leads = stream < 2;
  if (stream > 0) {
    j.after_stream = stream - 1;
    j.after = number;
  }
  return j;
}

/// One chain of three, as the source tells it: all known when the first one is submitted.
std::vector<workload::Job> chain(std::int64_t number, double submit, double train, double limit) {
  return {link(0, number, job(submit, 10, train, limit)), link(1, number, job(submit, 4, 30, 30)),
          link(2, number, job(submit, 1, 10, 10))};
}

}  // namespace

TEST_CASE("a job of a chain is submitted when the one before has completed, after the delay", "[engine][chain]") {
  // 10 accelerators. Train runs 0 to 100; tune comes at 100 + 50 and runs to 180; eval comes at 180.
  const auto seen = simulate(chained(world({site("a", {partition(10, 10)})})), chain(1, 0, 100, 100));
  CHECK(seen.story == std::vector<std::string>{"submit 0 @ 0", "start 0 @ 0", "end 0 @ 100", "submit 1 @ 150",
                                               "start 1 @ 150", "end 1 @ 180", "submit 2 @ 180", "start 2 @ 180",
                                               "end 2 @ 190"});
}

TEST_CASE("what comes after a job that is killed at its walltime is refused along the chain", "[engine][chain]") {
  const auto seen = simulate(chained(world({site("a", {partition(10, 10)})})), chain(1, 0, 100, 60));
  CHECK(seen.fate.at(0).outcome == "killed");
  CHECK(seen.fate.at(1).outcome == "predecessor did not finish");
  CHECK(seen.fate.at(2).outcome == "predecessor did not finish");
  CHECK(seen.story.back() == "submit 2 @ 60");
}

TEST_CASE("what comes after a job that fails by itself is refused", "[engine][chain]") {
  auto jobs = chain(1, 0, 100, 100);
  jobs[0].ending = workload::Ending::kFailed;
  const auto seen = simulate(chained(world({site("a", {partition(10, 10)})})), jobs);
  CHECK(seen.fate.at(0).outcome == "finished");
  CHECK(seen.fate.at(1).outcome == "predecessor did not finish");
}

TEST_CASE("what comes after a job that fits nowhere is refused along the chain", "[engine][chain]") {
  auto jobs = chain(1, 5, 100, 100);
  jobs[0].accelerators = 11;
  const auto seen = simulate(chained(world({site("a", {partition(10, 10)})})), jobs);
  CHECK(seen.fate.at(0).outcome == "larger than any partition");
  CHECK(seen.fate.at(1).outcome == "predecessor did not finish");
  CHECK(seen.fate.at(2).outcome == "predecessor did not finish");
}

TEST_CASE("what comes after a job that left the queue is refused at that instant", "[engine][chain]") {
  auto jobs = chain(2, 1, 100, 100);
  jobs[0].patience = units::Seconds{10};
  jobs.insert(jobs.begin(), link(0, 1, job(0, 10, 100, 100)));
  const auto seen = simulate(chained(world({site("a", {partition(10, 10)})})), jobs);
  CHECK(seen.fate.at(1).outcome == "left");
  CHECK(seen.fate.at(2).outcome == "predecessor did not finish");
  CHECK(seen.story[3] == "leave 1 @ 11");
  CHECK(seen.story[4] == "submit 2 @ 11");
}

TEST_CASE("a job of a log waits for the one before it, and comes at its own time if that is later", "[engine][chain]") {
  auto s = world({site("a", {partition(10, 10)})});
  auto first = job(0, 10, 100, 100);
  first.number = 1;
  first.leads = true;
  auto early = job(10, 1, 10, 10);
  early.number = 2;
  early.after_stream = 0;
  early.after = 1;
  auto late = early;
  late.number = 3;
  late.submit = units::Seconds{200};
  const auto seen = simulate(s, {first, early, late});
  CHECK(seen.fate.at(1).start == 100);
  CHECK(seen.fate.at(2).start == 200);
}

TEST_CASE("a chain of jobs without runtime ends at the instant at which it begins", "[engine][chain]") {
  auto s = chained(world({site("a", {partition(10, 10)})}));
  s.workload.streams[1].after->delay = units::Seconds{0};
  std::vector<workload::Job> jobs = chain(1, 7, 0, 0);
  for (auto& j : jobs) j.runtime = j.walltime = units::Seconds{0};
  const auto seen = simulate(s, jobs);
  CHECK(seen.ended_at == 7);
  CHECK(seen.fate.at(2).end == 7);
}

TEST_CASE("in any mix of chains no job is submitted before its predecessor has ended, and the books balance",
          "[engine][chain]") {
  std::mt19937 random(4);
  constexpr std::int64_t kChains = 500;
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (std::int64_t n = 1; n <= kChains; ++n) {
    submit += static_cast<double>(random() % 100);
    const double runtime = static_cast<double>(random() % 200);
    for (auto& j : chain(n, submit, runtime, 150)) {
      j.accelerators = 1 + static_cast<std::int64_t>(random() % 12);  // some fit nowhere
      if (random() % 5 == 0) j.ending = workload::Ending::kCancelled;
      jobs.push_back(j);
    }
  }
  const auto s = chained(world({site("a", {partition(10, 10)})}));
  test::ListedJobs source(jobs);
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  const auto results = recorder.results({}, {});
  REQUIRE(results.jobs.size() == 3 * kChains);
  std::map<std::pair<std::int32_t, std::int64_t>, const metrics::JobRecord*> by_name;
  for (const auto& j : results.jobs) by_name[{j.stream, j.number}] = &j;
  std::int64_t good = 0;
  for (const auto& j : results.jobs) {
    if (j.stream == 0) continue;
    const auto& before = *by_name.at({j.stream - 1, j.number});
    if (before.outcome == metrics::Outcome::kFinished && before.ending == workload::Ending::kCompleted) {
      ++good;
      CHECK(j.submit == *before.end + units::Seconds{j.stream == 1 ? 50.0 : 0.0});
    } else {
      CHECK(j.outcome == metrics::Outcome::kRefused);
      CHECK(j.submit == before.end.value_or(before.submit));
    }
  }
  CHECK(good > kChains / 4);
}
