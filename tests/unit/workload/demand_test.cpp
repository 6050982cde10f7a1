#include <catch2/catch.hpp>

#include "gigasim/catalogue/catalogue.hpp"
#include "synthetic.hpp"

using namespace gigasim;
using synthetic::jobs_of;

namespace {

double accelerator_seconds(const std::vector<workload::Job>& jobs) {
  double sum = 0.0;
  for (const auto& job : jobs) sum += static_cast<double>(job.accelerators) * job.runtime.in_base_units();
  return sum;
}

/// A stream that takes a share of the workload's demand, of jobs of 4 accelerators x 1 h.
scenario::Stream demanding(const std::string& name, double share) {
  auto stream = synthetic::stream(name, 0.0);
  stream.arrivals.rate.reset();
  stream.arrivals.demand_share = share;
  stream.classes = {synthetic::constant_class(4, 3600.0)};
  return stream;
}

}  // namespace

TEST_CASE("demand is load times share of the reference capacity over the mean work of a job", "[workload][demand]") {
  auto scenario = synthetic::scenario(30.0, {demanding("a", 0.25), demanding("b", 0.75)});
  scenario.workload.load = 0.8;
  scenario.workload.reference_accelerators = 1000.0;
  const auto source = workload::open_streams(scenario);
  REQUIRE(source->plans().size() == 2);
  const workload::StreamPlan& plan = source->plans()[0];
  CHECK(plan.stream == "a");
  CHECK(plan.accelerator_hours_per_job == Approx(4.0));
  CHECK(plan.jobs_per_hour == Approx(50.0));  // 0.8 x 0.25 x 1000 / 4
  CHECK(plan.demand_accelerators == Approx(200.0));
  CHECK(plan.bundle == 1);
  CHECK(source->plans()[1].demand_accelerators == Approx(600.0));
  double of_a = 0.0;
  while (const auto job = source->next()) of_a += job->stream == 0 ? 1.0 : 0.0;
  const double expected = 50.0 * 24.0 * 30.0;
  CHECK(std::fabs(of_a - expected) < 4.0 * std::sqrt(expected));
}

TEST_CASE("a stream's own load goes before its share of the workload's", "[workload][demand]") {
  auto stream = demanding("a", 0.5);
  stream.arrivals.load = 0.1;
  auto scenario = synthetic::scenario(1.0, {stream});
  scenario.workload.load = 0.8;
  scenario.workload.reference_accelerators = 1000.0;
  CHECK(workload::open_streams(scenario)->plans()[0].demand_accelerators == Approx(100.0));
}

TEST_CASE("the plan says how far the results period is from the mean week", "[workload][demand]") {
  auto stream = demanding("a", 1.0);
  stream.arrivals.profile = "working_hours";
  auto scenario = synthetic::scenario(1.0, {stream});
  scenario.workload.load = 0.8;
  scenario.workload.reference_accelerators = 1000.0;
  // A Monday has the factor 1.151; with 24 h of warm-up the Tuesday counts, which has 1.276.
  CHECK(workload::open_streams(scenario)->plans()[0].rate_in_period == Approx(1.151));
  scenario.period.warm_up = units::Seconds{synthetic::kDay};
  CHECK(workload::open_streams(scenario)->plans()[0].rate_in_period == Approx(1.276));
  scenario.period.length = units::Seconds{14.0 * synthetic::kDay};
  CHECK(workload::open_streams(scenario)->plans()[0].rate_in_period == Approx(1.0));
}

TEST_CASE("jobs that run faster are so many more for the same load", "[workload][demand][speeds]") {
  auto stream = demanding("a", 1.0);  // 4 accelerators x 1 h at speed 1
  stream.classes[0].mean_speed = 2.5;
  auto scenario = synthetic::scenario(1.0, {stream});
  scenario.workload.load = 0.8;
  scenario.workload.reference_accelerators = 1000.0;
  const auto plan = workload::open_streams(scenario)->plans()[0];
  CHECK(plan.accelerator_hours_per_job == Approx(1.6));  // 4 / 2.5
  CHECK(plan.jobs_per_hour == Approx(500.0));            // 0.8 x 1000 / 1.6
  CHECK(plan.demand_accelerators == Approx(800.0));
}

TEST_CASE("a given rate counts jobs as submitted", "[workload][demand]") {
  auto stream = synthetic::stream("a", 240.0);
  stream.classes[0].bundle = 5;  // of 60 s on one accelerator
  const auto source = workload::open_streams(synthetic::scenario(1.0, {stream}));
  CHECK(source->plans()[0].jobs_per_hour == Approx(10.0));
  CHECK(source->plans()[0].accelerator_hours_per_job == Approx(300.0 / 3600.0));
  CHECK(source->plans()[0].bundle == 5);
}

TEST_CASE("bundling keeps the demand and each class's share of it", "[workload][demand]") {
  auto stream = demanding("a", 1.0);
  stream.classes = {synthetic::constant_class(1, 100.0), synthetic::constant_class(8, 1000.0)};
  stream.classes[0].share = 0.9;  // 0.9 x 1 x 100 = 90 of 890 accelerator-seconds
  stream.classes[1].share = 0.1;  // 0.1 x 8 x 1000 = 800
  auto scenario = synthetic::scenario(100.0, {stream});
  scenario.workload.load = 0.5;
  scenario.workload.reference_accelerators = 10.0;
  const auto plain = workload::open_streams(scenario)->plans()[0];
  CHECK(plain.accelerator_hours_per_job == Approx(890.0 / 3600.0));
  scenario.workload.streams[0].classes[0].bundle = 10;
  const auto bundled = workload::open_streams(scenario)->plans()[0];
  CHECK(bundled.demand_accelerators == Approx(plain.demand_accelerators));
  // Of 100 jobs 90 become 9 and 10 stay: 19 in place of 100.
  CHECK(bundled.jobs_per_hour == Approx(plain.jobs_per_hour * 0.19));
  double small = 0.0;
  double all = 0.0;
  for (const auto& job : jobs_of(scenario)) {
    all += 1.0;
    small += job.accelerators == 1 ? 1.0 : 0.0;
    REQUIRE(job.runtime == units::Seconds{1000.0});  // 10 x 100 s, or 1000 s
  }
  const double p = 9.0 / 19.0;
  CHECK(std::fabs(small - all * p) < 4.0 * std::sqrt(all * p * (1.0 - p)));
  // Accelerator time of the small ones at that share: 9 x 1000 of 9 x 1000 + 10 x 8000, which is 90/890.
}

TEST_CASE("realised demand agrees with the plan for a catalogue mix", "[workload][demand]") {
  auto stream = demanding("a", 1.0);
  stream.classes.clear();
  for (const auto* row : catalogue::mix_classes("seren")) {
    if (row->pre_training) continue;  // its tail would need years to average out
    scenario::JobClass job_class;
    job_class.name = row->id;
    job_class.share = row->job_share;
    job_class.sizes = row->sizes;
    job_class.runtime = scenario::ClassRuntime{row->id};
    stream.classes.push_back(job_class);
  }
  auto scenario = synthetic::scenario(28.0, {stream});
  scenario.workload.load = 0.9;
  scenario.workload.reference_accelerators = 400.0;
  const auto plan = workload::open_streams(scenario)->plans()[0];
  CHECK(plan.demand_accelerators == Approx(360.0));
  const auto jobs = jobs_of(scenario);
  const double expected = plan.jobs_per_hour * 24.0 * 28.0;
  CHECK(std::fabs(static_cast<double>(jobs.size()) - expected) < 4.0 * std::sqrt(expected));
  std::vector<double> work;
  for (const auto& job : jobs) work.push_back(static_cast<double>(job.accelerators) * job.runtime.in_base_units());
  const auto sample = synthetic::describe(work);
  // The sum of a Poisson number of jobs has variance n E[w^2].
  const double sigma = std::sqrt(sample.count * (sample.variance + sample.mean * sample.mean));
  CHECK(std::fabs(accelerator_seconds(jobs) - 360.0 * 28.0 * synthetic::kDay) < 4.0 * sigma);
}

TEST_CASE("a stream with neither rate nor demand, and one without classes, are errors", "[workload][demand][errors]") {
  auto neither = demanding("a", 1.0);
  CHECK_THROWS_WITH(workload::open_streams(synthetic::scenario(1.0, {neither})),
                    Catch::Matchers::Contains("workload.streams[a]: neither a rate nor a demand"));
  auto empty = synthetic::stream("b", 1.0);
  empty.classes.clear();
  CHECK_THROWS_WITH(workload::open_streams(synthetic::scenario(1.0, {empty})),
                    Catch::Matchers::Contains("workload.streams[b]: no job class"));
}
