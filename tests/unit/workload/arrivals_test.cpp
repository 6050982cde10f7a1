#include <catch2/catch.hpp>
#include <numeric>

#include "gigasim/catalogue/catalogue.hpp"
#include "quantile_law.hpp"
#include "synthetic.hpp"

using namespace gigasim;
using synthetic::jobs_of;

namespace {

/// Jobs by hour since the start.
std::vector<double> hourly_counts(const std::vector<workload::Job>& jobs, std::size_t hours) {
  std::vector<double> counts(hours, 0.0);
  for (const workload::Job& job : jobs) counts.at(static_cast<std::size_t>(job.submit.in_base_units() / 3600.0)) += 1.0;
  return counts;
}

std::vector<double> folded(const std::vector<double>& counts, std::size_t length, std::size_t step) {
  std::vector<double> sums(length, 0.0);
  for (std::size_t i = 0; i < counts.size(); ++i) sums[i / step % length] += counts[i];
  return sums;
}

std::vector<double> probabilities(std::vector<double> factors) {
  const double sum = std::accumulate(factors.begin(), factors.end(), 0.0);
  for (double& factor : factors) factor /= sum;
  return factors;
}

// 0.999 quantiles of the chi-square distribution (tables).
constexpr double kChiSquare6 = 22.458;
constexpr double kChiSquare23 = 49.728;

}  // namespace

TEST_CASE("arrivals at a constant rate are Poisson: hourly counts have mean and variance of the rate",
          "[workload][arrivals]") {
  constexpr double kRate = 40.0;  // per hour
  constexpr double kHours = 1000.0;
  const auto jobs = jobs_of(synthetic::scenario(kHours / 24.0, {synthetic::stream("s", kRate * 24.0)}));
  std::vector<double> counts = hourly_counts(jobs, 1000);
  const auto sample = synthetic::describe(counts);
  CHECK(std::fabs(sample.mean - kRate) < 4.0 * std::sqrt(kRate / kHours));
  // Fourth central moment of a Poisson count: L + 3 L^2; so the sample variance has variance (L + 2 L^2) / n.
  CHECK(std::fabs(sample.variance - kRate) < 4.0 * std::sqrt((kRate + 2.0 * kRate * kRate) / kHours));
}

TEST_CASE("gaps of a constant rate are exponential", "[workload][arrivals]") {
  const auto jobs = jobs_of(synthetic::scenario(100.0, {synthetic::stream("s", 200.0)}));
  const double mean = 86400.0 / 200.0;
  double longer = 0.0;  // P(gap > mean) = 1/e
  for (std::size_t i = 1; i < jobs.size(); ++i) {
    longer += (jobs[i].submit - jobs[i - 1].submit).in_base_units() > mean ? 1.0 : 0.0;
  }
  const double n = static_cast<double>(jobs.size() - 1);
  const double p = std::exp(-1.0);
  CHECK(std::fabs(longer - n * p) < 4.0 * std::sqrt(n * p * (1.0 - p)));
}

TEST_CASE("arrivals follow the profile's hours and weekdays in UTC when no origin is known", "[workload][arrivals]") {
  auto stream = synthetic::stream("s", 1500.0);
  stream.arrivals.profile = "working_hours";
  const auto counts = hourly_counts(jobs_of(synthetic::scenario(28.0, {stream})), 28 * 24);
  const auto* profile = catalogue::find_arrival_profile("working_hours");
  REQUIRE(profile != nullptr);
  CHECK(synthetic::chi_square(folded(counts, 24, 1), probabilities(profile->hour)) < kChiSquare23);
  CHECK(synthetic::chi_square(folded(counts, 7, 24), probabilities(profile->weekday)) < kChiSquare6);
  const double jobs = std::accumulate(counts.begin(), counts.end(), 0.0);
  CHECK(std::fabs(jobs - 42000.0) < 4.0 * std::sqrt(42000.0));  // whole weeks: the profile has mean 1
}

TEST_CASE("arrivals follow the local hours of their origin", "[workload][arrivals]") {
  auto stream = synthetic::stream("s", 1500.0);
  stream.arrivals.profile = "working_hours";
  stream.origin = {{"GR", 1.0}};  // UTC+2 in January
  auto counts = folded(hourly_counts(jobs_of(synthetic::scenario(28.0, {stream})), 28 * 24), 24, 1);
  std::rotate(counts.begin(), counts.begin() + 22, counts.end());  // 22 h UTC is midnight in Athens
  const auto* profile = catalogue::find_arrival_profile("working_hours");
  CHECK(synthetic::chi_square(counts, probabilities(profile->hour)) < kChiSquare23);
}

TEST_CASE("origins come with their weights", "[workload][arrivals]") {
  auto stream = synthetic::stream("s", 1000.0);
  stream.arrivals.profile = "working_hours";
  stream.origin = {{"FI", 0.1}, {"GR", 0.2}, {"PT", 0.7}};
  const auto scenario = synthetic::scenario(28.0, {stream});
  CHECK(workload::open_streams(scenario)->origins() == std::vector<std::string>{"FI", "GR", "PT"});
  std::vector<double> counts(3, 0.0);
  for (const auto& job : jobs_of(scenario)) counts.at(static_cast<std::size_t>(job.origin)) += 1.0;
  CHECK(synthetic::chi_square(counts, {0.1, 0.2, 0.7}) < 13.816);  // 0.999 quantile, 2 degrees of freedom
}

TEST_CASE(
    "a stream that grows by 100 % per year has 2^0.9 times as many jobs in the last tenth of its year as in the first",
    "[workload][arrivals]") {
  auto stream = synthetic::stream("s", 100.0);
  stream.arrivals.growth_per_year = 1.0;
  double first = 0.0;
  double last = 0.0;
  for (const auto& job : jobs_of(synthetic::scenario(365.25, {stream}))) {
    if (job.submit < units::Seconds{36.525 * synthetic::kDay}) ++first;
    if (job.submit >= units::Seconds{(365.25 - 36.525) * synthetic::kDay}) ++last;
  }
  // Integral of 2^x over [0, 0.1] is (2^0.1 - 1) / ln 2 = 0.10355 years.
  const double expected_first = 100.0 * 365.25 * (std::pow(2.0, 0.1) - 1.0) / std::log(2.0);
  const double expected_last = expected_first * std::pow(2.0, 0.9);
  CHECK(std::fabs(first - expected_first) < 4.0 * std::sqrt(expected_first));
  CHECK(std::fabs(last - expected_last) < 4.0 * std::sqrt(expected_last));
}

TEST_CASE("bursts keep the job rate", "[workload][bursts]") {
  auto stream = synthetic::stream("s", 2000.0);
  stream.arrivals.bursts = "philly";
  const double days = 300.0;
  const double jobs = static_cast<double>(jobs_of(synthetic::scenario(days, {stream})).size());
  const workload::QuantileLaw size{catalogue::find_burst_law("philly")->size_quantiles};
  double second_moment = 0.0;
  for (int i = 0; i < 10000; ++i)
    second_moment += std::pow(static_cast<double>(size.at((i + 0.5) / 10000.0)), 2.0) / 10000.0;
  // A compound Poisson count has variance (number of bursts) x E[size^2].
  const double bursts = 2000.0 * days / size.mean();
  CHECK(std::fabs(jobs - 2000.0 * days) < 4.0 * std::sqrt(bursts * second_moment));
}

TEST_CASE("jobs of a burst share class, size and origin and come 10 s apart on average", "[workload][bursts]") {
  auto stream = synthetic::stream("s", 40.0);  // 3.7 bursts per day
  stream.classes = {synthetic::constant_class(1, 60.0), synthetic::constant_class(2, 90.0)};
  stream.classes[0].share = stream.classes[1].share = 0.5;
  stream.classes[0].sizes = {{1, 0.5}, {4, 0.5}};
  stream.arrivals.bursts = "philly";
  stream.origin = {{"FI", 0.5}, {"PT", 0.5}};
  const auto jobs = jobs_of(synthetic::scenario(400.0, {stream}));
  std::vector<double> gaps;
  double changes = 0.0;
  for (std::size_t i = 1; i < jobs.size(); ++i) {
    const double gap = (jobs[i].submit - jobs[i - 1].submit).in_base_units();
    if (gap > 120.0) continue;  // e^-12 of the gaps inside a burst are longer
    gaps.push_back(gap);
    const bool same = jobs[i].accelerators == jobs[i - 1].accelerators && jobs[i].runtime == jobs[i - 1].runtime &&
                      jobs[i].origin == jobs[i - 1].origin;
    changes += same ? 0.0 : 1.0;
  }
  REQUIRE(gaps.size() > 5000);
  const auto sample = synthetic::describe(gaps);
  CHECK(std::fabs(sample.mean - 10.0) < 4.0 * sample.standard_error());
  // Another burst begins within 120 s, or while a large one runs (1063 jobs take 3 h), in few cases: 3.7 starts a day.
  CHECK(changes / static_cast<double>(gaps.size()) < 0.02);
}

TEST_CASE("classes that never come in bursts are Poisson beside those that do", "[workload][bursts]") {
  auto stream = synthetic::stream("s", 1000.0);
  stream.classes = {synthetic::constant_class(1, 60.0), synthetic::constant_class(64, 600.0)};
  stream.classes[0].share = 0.76;
  stream.classes[1].share = 0.24;
  stream.classes[1].in_bursts = false;
  stream.arrivals.bursts = "philly";
  auto jobs = jobs_of(synthetic::scenario(100.0, {stream}));
  CHECK(std::is_sorted(jobs.begin(), jobs.end(), [](const auto& a, const auto& b) { return a.submit < b.submit; }));
  const auto bursty = std::remove_if(jobs.begin(), jobs.end(), [](const auto& job) { return job.accelerators == 1; });
  jobs.erase(bursty, jobs.end());
  const auto sample = synthetic::describe(hourly_counts(jobs, 2400));
  // 0.24 x 1000 / 24 = 10 per hour; bursts would have a variance some 300 times the mean.
  CHECK(std::fabs(sample.mean - 10.0) < 4.0 * std::sqrt(10.0 / 2400.0));
  CHECK(std::fabs(sample.variance - 10.0) < 4.0 * std::sqrt((10.0 + 200.0) / 2400.0));
}
