#include "gigasim/workload/failure_limits.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace gigasim;
using units::Seconds;

namespace {

constexpr double kSecondsOfDay = 86400.0;

scenario::Partition partition_of(std::int64_t nodes) {
  scenario::Partition partition;
  partition.count = 8 * nodes;
  partition.per_node = 8;
  partition.pod = 128;
  return partition;
}

scenario::Scenario with_failures(double per_node_day, double repair_days) {
  scenario::Scenario scenario;
  scenario.failures.emplace();
  scenario.failures->rate = units::PerSecond{per_node_day / kSecondsOfDay};
  scenario.failures->repair = Seconds{repair_days * kSecondsOfDay};
  return scenario;
}

}  // namespace

TEST_CASE("a job of ten days on 100 nodes of which ten fail a day begins e^100 times", "[workload][failures]") {
  const auto scenario = with_failures(0.1, 0.5);
  const double rate = workload::interruption_rate(scenario, partition_of(100), 800);
  CHECK(rate * kSecondsOfDay == Approx(10.0));
  CHECK(workload::expected_tries(rate, Seconds{10.0 * kSecondsOfDay}) == Approx(2.688117e43));   // e^100
  CHECK(workload::expected_tries(rate, Seconds{kSecondsOfDay}) < workload::most_tries());        // e^10 = 22,026
  CHECK(workload::expected_tries(rate, Seconds{2.0 * kSecondsOfDay}) > workload::most_tries());  // e^20 = 4.9e8
}

TEST_CASE("how long a job waits for nodes to be up follows a Poisson law of those that are down",
          "[workload][failures]") {
  // 100 nodes x 0.1 a day x 0.5 d: 5 are down in the mean. All up: e^-5, so 0.5 d x 148.41 = 74.2 d.
  // One to spare: e^-5 (1 + 5), 12.4 d. Two: e^-5 (1 + 5 + 12.5) = 0.12465, 4.01 d.
  const auto scenario = with_failures(0.1, 0.5);
  const auto wait_days = [&](std::int64_t accelerators) {
    return workload::wait_for_nodes(scenario, partition_of(100), accelerators).in_base_units() / kSecondsOfDay;
  };
  CHECK(wait_days(800) == Approx(0.5 * std::exp(5.0)));
  CHECK(wait_days(792) == Approx(0.5 * std::exp(5.0) / 6.0));
  CHECK(wait_days(784) == Approx(0.5 * std::exp(5.0) / 18.5));
  CHECK(wait_days(8) < 1.01);
}

TEST_CASE("a stream whose jobs failures never let finish is warned of, and one that saves its work is not",
          "[workload][failures]") {
  auto scenario = with_failures(0.1, 0.5);
  scenario.sites.emplace_back().partitions.push_back(partition_of(100));
  scenario::Stream& stream = scenario.workload.streams.emplace_back();
  stream.name = "wide";
  stream.arrivals.rate = units::PerSecond{1.0 / 3600.0};
  stream.arrivals.profile = "constant";
  stream.arrivals.bursts = "none";
  stream.arrivals.max_jobs = 3;
  scenario.period.until_drained = true;
  scenario::JobClass job_class;
  job_class.name = "wide";
  job_class.share = 1.0;
  job_class.sizes = {{800, 1.0}};
  job_class.runtime = scenario::ConstantRuntime{Seconds{10.0 * kSecondsOfDay}};
  stream.classes.push_back(job_class);
  stream.walltime.kind = scenario::Walltime::Kind::kExact;
  const auto warnings = workload::warnings_of_failures(scenario);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0] ==
        "workload.streams[wide]: failures will not let job 1 (800 accelerators, 10.0 d) finish: it saves nothing and "
        "would begin about 3e+43 times in the mean (give the stream a checkpoint)");
  stream.checkpoint.emplace();
  CHECK(workload::warnings_of_failures(scenario).empty());
  // Ten times the repair: 50 nodes are down in the mean, and all are up for e^-50 of the time.
  scenario.failures->repair = Seconds{5.0 * kSecondsOfDay};
  REQUIRE(workload::warnings_of_failures(scenario).size() == 1);
  CHECK(workload::warnings_of_failures(scenario)[0].find("may wait for ever for enough nodes") != std::string::npos);
}
