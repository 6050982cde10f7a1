#include <catch2/catch.hpp>

#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::site;
using test::world;

namespace {

/// Eight accelerators, and two streams of 400 jobs each that all wait from the beginning: the Union's, then the
/// states'. Results cover 4,000 s, in which 320 jobs of 100 s run.
metrics::Results saturated(const scenario::TimeShares& shares, scenario::ShareRule rule) {
  auto s = world({site("a", {partition(8, 8)})});
  s.period.until_drained = false;
  s.period.length = units::Seconds{4000};
  s.scheduling.queue_policy = "multifactor";
  s.scheduling.priority.age = 0.0;
  s.scheduling.shares = rule;
  s.sites[0].time_shares = shares;
  s.workload.streams.resize(2);
  s.workload.streams[1].name = "national";
  s.workload.streams[0].time_holder = scenario::TimeHolder::kEu;
  s.workload.streams[1].time_holder = scenario::TimeHolder::kNational;
  std::vector<workload::Job> jobs;
  for (int i = 0; i < 800; ++i) {
    jobs.push_back(job(0, 1, 100, 100));
    jobs.back().stream = i < 400 ? 0 : 1;
  }
  test::ListedJobs source(jobs);
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  return recorder.results({}, {});
}

double eu_share(const metrics::Results& results) {
  return results.sites.at(0).delivered.delivered[0].value();
}

}  // namespace

TEST_CASE("fair share brings the hours delivered to their targets where all holders wait", "[engine][shares]") {
  // Rounds of 100 s in which the holder that lags behind its share takes all eight: at most one round of 40 off.
  CHECK(eu_share(saturated({0.75, 0.25, 0.0}, scenario::ShareRule::kTarget)) == Approx(0.75).margin(0.026));
}

TEST_CASE("without targets fair share knows streams, not shares of time", "[engine][shares]") {
  CHECK(eu_share(saturated({0.75, 0.25, 0.0}, scenario::ShareRule::kNone)) == Approx(0.5).margin(0.026));
}

TEST_CASE("a holder without a share runs when nobody else waits", "[engine][shares]") {
  // The first eight go by submission; from then on the Union's jobs wait for the states' 400 to end.
  CHECK(eu_share(saturated({0.0, 1.0, 0.0}, scenario::ShareRule::kTarget)) == Approx(8.0 / 320).margin(1e-9));
}

namespace {

/// 4 accelerators. Ann of project 0 holds all until 100. Bob of the same project waits since 1, Cleo of another one
/// since 2, both for all accelerators and 10 s. Returns the starts of Bob and Cleo.
std::pair<double, double> bob_and_cleo(scenario::ShareHolder share_by) {
  auto s = world({site("a", {partition(4, 4)})});
  s.scheduling.queue_policy = "multifactor";
  s.scheduling.priority.share_by = share_by;
  std::vector<workload::Job> jobs{job(0, 4, 100, 100), job(1, 4, 10, 10), job(2, 4, 10, 10)};
  for (std::int32_t user = 0; user < 3; ++user) jobs[static_cast<std::size_t>(user)].user = user;
  jobs[0].account = jobs[1].account = 0;
  jobs[2].account = 1;
  const auto seen = test::simulate(s, jobs);
  return {seen.fate.at(1).start, seen.fate.at(2).start};
}

}  // namespace

TEST_CASE("fair share between the users of a log: two that have used nothing go by age", "[engine][shares]") {
  CHECK(bob_and_cleo(scenario::ShareHolder::kUser) == std::pair{100.0, 110.0});
}

TEST_CASE("fair share between the projects of a log: what one of its users had counts for the others",
          "[engine][shares]") {
  CHECK(bob_and_cleo(scenario::ShareHolder::kProject) == std::pair{110.0, 100.0});
}
