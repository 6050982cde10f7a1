#include <catch2/catch.hpp>

#include "gigasim/metrics/recorder.hpp"
#include "gigasim/metrics/registry.hpp"
#include "run_script.hpp"

using namespace gigasim;
using namespace gigasim::metrics;
using script::kHour;

namespace {

/// A job of `user` that waits from 0 on and then runs for an hour.
struct Wait {
  std::int32_t user;
  double hours;
};

Results results_of(const std::vector<Wait>& waits) {
  auto scenario = script::scenario_of({{}}, 10 * kHour);
  Recorder recorder{scenario, {}};
  recorder.capacity_changed({0, 0}, 10, units::Seconds{0});
  for (std::size_t i = 0; i < waits.size(); ++i) {
    workload::Job job;
    job.user = waits[i].user;
    job.runtime = job.walltime = units::Seconds{kHour};
    recorder.job_submitted(static_cast<JobIndex>(i), job, units::Seconds{0});
    recorder.job_queued(static_cast<JobIndex>(i), {0, 0}, units::Seconds{0});
  }
  for (std::size_t i = 0; i < waits.size(); ++i) {  // in order of their starts
    const std::vector<PodShare> pods{{0, 1}};
    recorder.job_started(static_cast<JobIndex>(i), {0, 0}, pods, units::Seconds{waits[i].hours * kHour});
  }
  recorder.run_ended(units::Seconds{10 * kHour}, false);
  return recorder.results({}, {});
}

}  // namespace

// User 0 waits 1 h and 3 h, 2 h on average; user 1 waits 4 h: J = (2 + 4)^2 / (2 (2^2 + 4^2)) = 36 / 40.
// The slowdowns, of an hour of runtime, are 2, 4 and 5: means 3 and 5, J = 64 / (2 * 34).
TEST_CASE("fairness over users compares their means, every user once", "[metrics][users]") {
  const auto results = results_of({{0, 1.0}, {0, 3.0}, {1, 4.0}});
  CHECK(results.network.users.count == 2);
  CHECK(*results.network.users.wait_jain == Approx(0.9));
  CHECK(*results.network.users.slowdown_jain == Approx(64.0 / 68.0));
}

TEST_CASE("jobs of unknown users do not take part, and one user has nobody to be compared with", "[metrics][users]") {
  const auto results = results_of({{-1, 1.0}, {5, 4.0}});
  CHECK(results.network.users.count == 1);
  CHECK(!results.network.users.wait_jain);
  CHECK(!measured(*find_metric("users_wait_jain"), results.network));
}

TEST_CASE("users who never wait are all treated alike in their slowdowns", "[metrics][users]") {
  const auto results = results_of({{0, 0.0}, {1, 0.0}});
  CHECK(!results.network.users.wait_jain);  // nothing to share: no comparison
  CHECK(*results.network.users.slowdown_jain == 1.0);
}
