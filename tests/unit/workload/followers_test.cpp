#include <catch2/catch.hpp>
#include <map>

#include "gigasim/workload/source.hpp"
#include "synthetic.hpp"

using namespace gigasim;

namespace {

/// Streams: 0 train, 1 other, 2 tune (after train), 3 eval (after tune).
scenario::Scenario chained() {
  scenario::Scenario s;
  s.seed = 3;
  s.period.length = units::Seconds{100 * 3600.0};
  for (const char* name : {"train", "other", "tune", "eval"}) {
    scenario::Stream& stream = s.workload.streams.emplace_back();
    stream.name = name;
    stream.walltime.kind = scenario::Walltime::Kind::kExact;
    stream.origin = {{"DE", 0.5}, {"FR", 0.5}};
    scenario::JobClass& job = stream.classes.emplace_back();
    job.name = name;
    job.sizes = {{4, 0.5}, {8, 0.5}};
    job.runtime = scenario::ExponentialRuntime{units::Seconds{3600}};
    stream.arrivals.rate = units::PerSecond{1.0 / 3600};
  }
  s.workload.streams[2].after = scenario::JobChain{0, units::Seconds{60}};
  s.workload.streams[3].after = scenario::JobChain{2, units::Seconds{0}};
  return s;
}

std::vector<workload::Job> all_jobs(const scenario::Scenario& s) {
  const auto source = workload::open_streams(s);
  std::vector<workload::Job> jobs;
  while (const auto job = source->next()) jobs.push_back(*job);
  return jobs;
}

}  // namespace

TEST_CASE("each job of a stream is followed at once by one of every stream after it", "[workload][chain]") {
  const auto jobs = all_jobs(chained());
  std::map<std::int32_t, std::int64_t> count;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    ++count[jobs[i].stream];
    if (jobs[i].stream != 0) continue;
    REQUIRE(i + 2 < jobs.size());
    CHECK(jobs[i].leads);
    for (const std::size_t next : {i + 1, i + 2}) {
      CHECK(jobs[next].number == jobs[i].number);
      CHECK(jobs[next].origin == jobs[i].origin);
      CHECK(jobs[next].submit == jobs[i].submit);
      CHECK(jobs[next].after == jobs[i].number);
    }
    CHECK(jobs[i + 1].stream == 2);
    CHECK(jobs[i + 1].after_stream == 0);
    CHECK(jobs[i + 1].leads);
    CHECK(jobs[i + 2].stream == 3);
    CHECK(jobs[i + 2].after_stream == 2);
    CHECK_FALSE(jobs[i + 2].leads);
  }
  CHECK(count[0] > 50);  // 100 expected
  CHECK(count[2] == count[0]);
  CHECK(count[3] == count[0]);
}

TEST_CASE("a stream that follows another one changes no job of the others", "[workload][chain]") {
  auto plain = chained();
  plain.workload.streams.resize(2);
  const auto without = all_jobs(plain);
  std::vector<workload::Job> with;
  for (const auto& job : all_jobs(chained())) {
    if (job.stream < 2) with.push_back(job);
  }
  REQUIRE(with.size() == without.size());
  for (std::size_t i = 0; i < with.size(); ++i) {
    CHECK(with[i].submit == without[i].submit);
    CHECK(with[i].accelerators == without[i].accelerators);
    CHECK(with[i].runtime == without[i].runtime);
  }
}

TEST_CASE("what a following stream is planned to deliver has the rate of the first of its chain", "[workload][chain]") {
  const auto source = workload::open_streams(chained());
  REQUIRE(source->plans().size() == 4);
  for (const std::size_t stream : {0, 2, 3}) {
    CHECK(source->plans()[stream].jobs_per_hour == Approx(1.0));
    CHECK(source->plans()[stream].demand_accelerators == Approx(6.0));  // 6 accelerators x 1 h, each hour
  }
  CHECK(source->plans()[3].stream == "eval");
}
