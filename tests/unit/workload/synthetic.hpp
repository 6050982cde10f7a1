#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/source.hpp"

/// Scenarios built by hand, and statistics of what they give.
namespace synthetic {

using gigasim::units::Seconds;
constexpr double kDay = 86400.0;

/// 2028-01-03, a Monday, 00:00 UTC: 58 years of 365 d, 14 leap days since 1970, 2 d.
constexpr std::int64_t kMonday = (58LL * 365 + 14 + 2) * 86400;

/// One class of one size and one constant runtime.
inline gigasim::scenario::JobClass constant_class(std::int64_t size, double runtime_s) {
  gigasim::scenario::JobClass job_class;
  job_class.name = "explicit";
  job_class.sizes = {{size, 1.0}};
  job_class.runtime = gigasim::scenario::ConstantRuntime{Seconds{runtime_s}};
  return job_class;
}

/// A stream of jobs on one accelerator for 60 s at `jobs_per_day`, with requests that equal the runtime.
inline gigasim::scenario::Stream stream(const std::string& name, double jobs_per_day) {
  gigasim::scenario::Stream stream;
  stream.name = name;
  stream.arrivals.rate = gigasim::units::PerSecond{jobs_per_day / kDay};
  stream.classes = {constant_class(1, 60.0)};
  stream.walltime.kind = gigasim::scenario::Walltime::Kind::kExact;
  return stream;
}

inline gigasim::scenario::Scenario scenario(double days, std::vector<gigasim::scenario::Stream> streams) {
  gigasim::scenario::Scenario scenario;
  scenario.seed = 42;
  scenario.period.start = {kMonday};
  scenario.period.length = Seconds{days * kDay};
  scenario.workload.streams = std::move(streams);
  return scenario;
}

inline std::vector<gigasim::workload::Job> jobs_of(const gigasim::scenario::Scenario& scenario) {
  const auto source = gigasim::workload::open_streams(scenario);
  std::vector<gigasim::workload::Job> jobs;
  while (const auto job = source->next()) jobs.push_back(*job);
  return jobs;
}

struct Sample {
  double count = 0.0, mean = 0.0, variance = 0.0;
  [[nodiscard]] double standard_error() const { return std::sqrt(variance / count); }
};

inline Sample describe(const std::vector<double>& values) {
  Sample sample;
  sample.count = static_cast<double>(values.size());
  for (const double value : values) sample.mean += value / sample.count;
  for (const double value : values)
    sample.variance += (value - sample.mean) * (value - sample.mean) / (sample.count - 1.0);
  return sample;
}

/// Pearson's statistic of counts against probabilities, which sum to 1.
inline double chi_square(const std::vector<double>& counts, const std::vector<double>& probabilities) {
  double total = 0.0;
  for (const double count : counts) total += count;
  double statistic = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * probabilities[i];
    statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  return statistic;
}

}  // namespace synthetic
