#include <catch2/catch.hpp>
#include <random>

#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::site;

TEST_CASE("our IT energy equals SimGrid's host-energy plugin, with jobs that span pods and half-full pods",
          "[engine][energy]") {
  auto s = test::world({site("a", {partition(50, 8), partition(30, 7)}), site("b", {partition(61, 16)})});
  s.sites[0].partitions[1].idle_power = units::Watts{231.7};
  s.sites[0].partitions[1].full_power = units::Watts{1740.3};
  s.scheduling.broker = "round_robin";
  s.period.until_drained = false;
  s.period.length = units::Seconds{20'000};
  std::mt19937 random(9);
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 400; ++i) {
    submit += static_cast<double>(random() % 65536) / 1024.0;
    const double runtime = static_cast<double>(random() % 1'000'000) / 1024.0;
    jobs.push_back(job(submit, 1 + static_cast<std::int64_t>(random() % 45), runtime, runtime));
  }
  test::ListedJobs source(jobs);
  metrics::Recorder recorder(s, source.origins());
  double plugin_joules = 0;
  engine::RunOptions options;
  options.energy_oracle = [&](double joules) { plugin_joules = joules; };
  engine::run(s, source, recorder, options);
  const auto results = recorder.results({}, {});

  REQUIRE(results.network.jobs.finished > 100);
  REQUIRE(results.network.energy_it_mwh > 0.0);
  CHECK(results.network.energy_it_mwh * 3.6e9 == Approx(plugin_joules).epsilon(1e-9));
  // Machines idle all the time would take 50 x 100 + 30 x 231.7 + 61 x 100 W: the jobs must show above that.
  CHECK(plugin_joules > 1.2 * (50 * 100 + 30 * 231.7 + 61 * 100) * 20'000);
}
