#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "cells.hpp"
#include "gigasim/catalogue/catalogue.hpp"

using namespace gigasim::catalogue;

namespace {

double mean_size(const JobClass& job_class) {
  double mean = 0.0;
  for (const auto& [size, probability] : job_class.sizes) mean += static_cast<double>(size) * probability;
  return mean;
}

/// Durations are log-uniform inside a bin, whose mean is (b - a) / ln(b / a); below the first row they are 1 s.
double mean_duration(const JobClass& job_class) {
  double mean = job_class.duration_cdf.front().second * 1.0;
  for (std::size_t i = 1; i < job_class.duration_cdf.size(); ++i) {
    const auto& [a, below_a] = job_class.duration_cdf[i - 1];
    const auto& [b, below_b] = job_class.duration_cdf[i];
    mean += (below_b - below_a) * (b - a) / std::log(b / a);
  }
  return mean;
}

double hours_per_job(const JobClass& job_class) {
  return mean_size(job_class) * mean_duration(job_class) / 3600.0;
}

double hours_per_job_of_mix(std::string_view mix) {
  double hours = 0.0;
  for (const JobClass* job_class : mix_classes(mix)) hours += job_class->job_share * hours_per_job(*job_class);
  return hours;
}

struct Known {
  const char* id;
  double mean_size, mean_duration_s, hours, hours_half_digit;
};

/// Worked out apart from this program from the same published figures; docs/catalogue.md prints them.
constexpr std::array kKnown{
    Known{"seren.eval", 3.1, 1138, 0.99, 0.005},   Known{"seren.pretrain", 298.9, 14796, 1228, 0.5},
    Known{"seren.sft", 5.5, 1067, 1.62, 0.005},    Known{"seren.mllm", 5.4, 4587, 6.85, 0.005},
    Known{"seren.debug", 13.3, 1767, 6.55, 0.005}, Known{"seren.other", 4.0, 3086, 3.46, 0.005},
    Known{"kalos.eval", 1.4, 536, 0.21, 0.005},    Known{"kalos.pretrain", 521.0, 17433, 2523, 0.5},
    Known{"kalos.debug", 339.0, 567, 53.4, 0.05},  Known{"kalos.other", 21.1, 20401, 119.5, 0.05},
};

}  // namespace

TEST_CASE("a class has the mean size, duration and accelerator-hours that its figures imply", "[catalogue][jobs]") {
  for (const Known& known : kKnown) {
    INFO(known.id);
    const JobClass* job_class = find_job_class(known.id);
    REQUIRE(job_class != nullptr);
    CHECK(mean_size(*job_class) == Approx(known.mean_size).margin(0.0501));
    CHECK(mean_duration(*job_class) == Approx(known.mean_duration_s).margin(0.5));
    CHECK(hours_per_job(*job_class) == Approx(known.hours).margin(known.hours_half_digit));
  }
}

TEST_CASE("a job of seren takes 12.8 accelerator-hours, one of kalos 83.9", "[catalogue][jobs]") {
  CHECK(hours_per_job_of_mix("seren") == Approx(12.8).margin(0.05));
  CHECK(hours_per_job_of_mix("kalos") == Approx(83.9).margin(0.05));
}

TEST_CASE("shares of a mix and probabilities of sizes sum to one", "[catalogue][jobs]") {
  for (const char* mix : {"seren", "kalos"}) {
    double shares = 0.0;
    for (const JobClass* job_class : mix_classes(mix)) {
      shares += job_class->job_share;
      double probabilities = 0.0;
      for (const auto& [size, probability] : job_class->sizes) probabilities += probability;
      INFO(job_class->id);
      CHECK(probabilities == Approx(1.0).epsilon(1e-12));
    }
    CHECK(shares == Approx(1.0).epsilon(1e-12));
  }
}

TEST_CASE("published shares are kept to their rounding", "[catalogue][jobs]") {
  for (const Row& row : rows_of("job-mixes")) {
    INFO(row.id());
    CHECK(find_job_class(row.id())->job_share == Approx(required(row, "job_share")).margin(0.001));
  }
}

TEST_CASE("sizes and durations rise, and all jobs end at the last duration", "[catalogue][jobs]") {
  for (const Row& row : rows_of("job-mixes")) {
    INFO(row.id());
    const JobClass& job_class = *find_job_class(row.id());
    for (std::size_t i = 1; i < job_class.sizes.size(); ++i) {
      CHECK(job_class.sizes[i - 1].first < job_class.sizes[i].first);
    }
    REQUIRE(job_class.duration_cdf.size() == 22);
    for (std::size_t i = 0; i < 22; ++i) {
      CHECK(job_class.duration_cdf[i].first == std::exp2(static_cast<double>(i)));  // 1 s to 2^21 s
      if (i > 0) CHECK(job_class.duration_cdf[i - 1].second <= job_class.duration_cdf[i].second);
    }
    CHECK(job_class.duration_cdf.back().second == 1.0);
  }
}

TEST_CASE("every size and duration belongs to a class", "[catalogue][jobs]") {
  for (const char* kind : {"job-sizes", "job-durations"}) {
    for (const Row& row : rows_of(kind)) CHECK(find_job_class(row["class"]) != nullptr);
  }
}

TEST_CASE("the median size of pre-training is 128 in seren and 512 in kalos", "[catalogue][jobs]") {
  const std::map<std::string, std::int64_t> median{{"seren.pretrain", 128}, {"kalos.pretrain", 512}};
  for (const auto& [id, expected] : median) {
    double below = 0.0;
    double up_to = 0.0;
    for (const auto& [size, probability] : find_job_class(id)->sizes) {
      below += size < expected ? probability : 0.0;
      up_to += size <= expected ? probability : 0.0;
    }
    CHECK(below < 0.5);
    CHECK(up_to >= 0.5);
  }
}

TEST_CASE("only pre-training classes are pre-training", "[catalogue][jobs]") {
  for (const Row& row : rows_of("job-mixes")) {
    const JobClass& job_class = *find_job_class(row.id());
    CHECK(job_class.pre_training == job_class.id.ends_with(".pretrain"));
  }
}

TEST_CASE("the cancel law gives about the published share of cancelled jobs", "[catalogue][jobs]") {
  // Published: 7.5 % of the jobs of Seren, 6.2 % of those of Kalos. The mean over sizes and, inside a bin, at the
  // bin's geometric middle comes near that.
  const std::map<std::string, double> published{{"seren", 0.075}, {"kalos", 0.062}};
  for (const auto& [mix, share] : published) {
    double cancelled = 0.0;
    for (const JobClass* c : mix_classes(mix)) {
      for (const auto& [size, probability] : c->sizes) {
        for (std::size_t i = 1; i < c->duration_cdf.size(); ++i) {
          const double seconds = std::sqrt(c->duration_cdf[i - 1].first * c->duration_cdf[i].first);
          const double hours = static_cast<double>(size) * seconds / 3600.0;
          const double p = std::min(1.0, std::pow(hours / c->cancel_g0_hours, c->cancel_exponent));
          cancelled += c->job_share * probability * (c->duration_cdf[i].second - c->duration_cdf[i - 1].second) * p;
        }
      }
    }
    INFO(mix);
    CHECK(cancelled == Approx(share).margin(0.005));
  }
}

TEST_CASE("unknown classes and mixes are not found", "[catalogue][jobs]") {
  CHECK(find_job_class("seren") == nullptr);
  CHECK(find_job_class("seren.rl") == nullptr);
  CHECK(mix_classes("helios").empty());
}
