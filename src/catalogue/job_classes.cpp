#include <algorithm>

#include "cells.hpp"
#include "editions.hpp"
#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::catalogue {
namespace {

std::vector<std::pair<std::int64_t, double>> sizes_of(std::string_view job_class) {
  std::vector<std::pair<std::int64_t, double>> sizes;
  double sum = 0.0;
  for (const Row& row : rows_of("job-sizes")) {
    if (row["class"] != job_class) continue;
    sizes.emplace_back(static_cast<std::int64_t>(required(row, "size")), required(row, "probability"));
    sum += sizes.back().second;
  }
  for (auto& [size, probability] : sizes) probability /= sum;
  return sizes;
}

std::vector<std::pair<double, double>> durations_of(std::string_view job_class) {
  std::vector<std::pair<double, double>> cdf;
  for (const Row& row : rows_of("job-durations")) {
    if (row["class"] != job_class) continue;
    cdf.emplace_back(required(row, "seconds"), required(row, "cumulative_percent") / 100.0);
  }
  return cdf;
}

JobClass read_job_class(const Row& row) {
  JobClass job_class;
  job_class.id = row.id();
  job_class.mix = row["mix"];
  job_class.job_share = required(row, "job_share");
  job_class.pre_training = yes_no(row, "pre_training");
  job_class.sizes = sizes_of(job_class.id);
  job_class.duration_cdf = durations_of(job_class.id);
  job_class.cancel_g0_hours = required(row, "cancel_g0_hours");
  job_class.cancel_exponent = required(row, "cancel_exponent");
  job_class.failed_probability = required(row, "failed_probability");
  job_class.recorded_on = row["recorded_on"];
  job_class.speed_class = row["speed_class"];
  return job_class;
}

/// Published shares are rounded and sum to 1.001 in one mix.
void normalise_share(JobClass& job_class) {
  double sum = 0.0;
  for (const Row& row : rows_of("job-mixes")) {
    if (row["mix"] == job_class.mix) sum += required(row, "job_share");
  }
  job_class.job_share /= sum;
}

const std::vector<JobClass>& job_classes() {
  static PerEdition<std::vector<JobClass>> all{[] {
    std::vector<JobClass> classes;
    for (const Row& row : rows_of("job-mixes")) normalise_share(classes.emplace_back(read_job_class(row)));
    return classes;
  }};
  return all.get();
}

}  // namespace

const JobClass* find_job_class(std::string_view id) {
  const auto& all = job_classes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const JobClass& c) { return c.id == id; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<const JobClass*> mix_classes(std::string_view mix) {
  std::vector<const JobClass*> members;
  for (const JobClass& job_class : job_classes()) {
    if (job_class.mix == mix) members.push_back(&job_class);
  }
  return members;
}

}  // namespace gigasim::catalogue
