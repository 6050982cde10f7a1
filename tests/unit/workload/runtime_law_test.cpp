#include "runtime_law.hpp"

#include <catch2/catch.hpp>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/scenario/load.hpp"
#include "synthetic.hpp"

using namespace gigasim;
using workload::DurationTable;
using workload::RandomStream;
using workload::RuntimeSampler;

namespace {

/// E[X^2] of a duration table, to judge a sample mean by: log-uniform bins have (b^2 - a^2) / (2 ln(b/a)).
double second_moment(const std::vector<std::pair<double, double>>& cdf) {
  double moment = cdf.front().second * cdf.front().first * cdf.front().first;
  for (std::size_t i = 1; i < cdf.size(); ++i) {
    const double a = cdf[i - 1].first;
    const double b = cdf[i].first;
    moment += (cdf[i].second - cdf[i - 1].second) * (b * b - a * a) / (2.0 * std::log(b / a));
  }
  return moment;
}

}  // namespace

TEST_CASE("a duration table is log-uniform between its points and flat below the first", "[workload][runtime]") {
  const DurationTable table{{{1.0, 0.2}, {16.0, 0.6}, {64.0, 0.6}, {256.0, 1.0}}};
  CHECK(table.at(0.0) == 1.0);
  CHECK(table.at(0.2) == 1.0);
  CHECK(table.at(0.3) == Approx(2.0));  // a quarter of the way from 1 to 16 = 2^4
  CHECK(table.at(0.4) == Approx(4.0));
  CHECK(table.at(0.6) == Approx(16.0));
  CHECK(table.at(0.8) == Approx(128.0));  // halfway from 64 to 256; no draw falls between 16 and 64
  CHECK(table.at(1.0) == Approx(256.0));
  // 0.2 x 1 + 0.4 x 15 / ln 16 + 0 + 0.4 x 192 / ln 4
  CHECK(table.mean() == Approx(0.2 + 6.0 / std::log(16.0) + 76.8 / std::log(4.0)));
}

TEST_CASE("a duration table that does not reach 1 ends at its longest duration", "[workload][runtime]") {
  const DurationTable table{{{1.0, 0.5}, {2.0, 0.75}}};
  CHECK(table.at(0.9) == 2.0);
  CHECK(table.mean() == Approx(0.5 * 1.0 + 0.25 / std::log(2.0) + 0.25 * 2.0));
}

TEST_CASE("the mean durations of the catalogue's job classes are the published table's", "[workload][runtime]") {
  // Mean of each class's 22-point table in whole seconds, as worked out with the data (docs/models/workload.md).
  const std::vector<std::pair<std::string, double>> published{
      {"seren.eval", 1138},  {"seren.pretrain", 14796}, {"seren.sft", 1067}, {"seren.mllm", 4587},
      {"seren.debug", 1767}, {"seren.other", 3086},     {"kalos.eval", 536}, {"kalos.pretrain", 17433},
      {"kalos.debug", 567},  {"kalos.other", 20401}};
  for (const auto& [id, seconds] : published) {
    CAPTURE(id);
    CHECK(std::fabs(RuntimeSampler{scenario::ClassRuntime{id}}.mean() - seconds) <= 0.5);
  }
}

TEST_CASE("drawn durations of every catalogue class have the table's mean", "[workload][runtime]") {
  constexpr int kDraws = 40000;
  for (const char* mix : {"seren", "kalos"}) {
    for (const catalogue::JobClass* job_class : catalogue::mix_classes(mix)) {
      CAPTURE(job_class->id);
      const RuntimeSampler sampler{scenario::ClassRuntime{job_class->id}};
      RandomStream random{3, job_class->id, "durations"};
      double mean = 0.0;
      for (int i = 0; i < kDraws; ++i) mean += sampler.draw(random) / kDraws;
      const double variance = second_moment(job_class->duration_cdf) - sampler.mean() * sampler.mean();
      CHECK(std::fabs(mean - sampler.mean()) < 4.0 * std::sqrt(variance / kDraws));
    }
  }
}

TEST_CASE("constant, exponential and lognormal runtimes have their closed-form means", "[workload][runtime]") {
  const RuntimeSampler constant{scenario::ConstantRuntime{units::Seconds{90}}};
  const RuntimeSampler exponential{scenario::ExponentialRuntime{units::Seconds{600}}};
  const RuntimeSampler lognormal{scenario::LognormalRuntime{units::Seconds{1000}, 0.8}};
  CHECK(constant.mean() == 90.0);
  CHECK(exponential.mean() == 600.0);
  CHECK(lognormal.mean() == Approx(1000.0 * std::exp(0.32)));
  RandomStream random{3, "test", "durations"};
  CHECK(constant.draw(random) == 90.0);
  constexpr int kDraws = 100000;
  double mean_exponential = 0.0;
  double mean_lognormal = 0.0;
  int below_median = 0;
  for (int i = 0; i < kDraws; ++i) {
    mean_exponential += exponential.draw(random) / kDraws;
    const double x = lognormal.draw(random);
    mean_lognormal += x / kDraws;
    below_median += x < 1000.0 ? 1 : 0;
  }
  CHECK(std::fabs(mean_exponential - 600.0) < 4.0 * 600.0 / std::sqrt(kDraws));
  // Variance: mean^2 (exp(sigma^2) - 1)
  CHECK(std::fabs(mean_lognormal - lognormal.mean()) <
        4.0 * lognormal.mean() * std::sqrt((std::exp(0.64) - 1.0) / kDraws));
  CHECK(std::fabs(below_median - 0.5 * kDraws) < 4.0 * 0.5 * std::sqrt(kDraws));
}

TEST_CASE("an unknown duration class is an error", "[workload][runtime][errors]") {
  CHECK_THROWS_WITH(RuntimeSampler{scenario::ClassRuntime{"seren.sfx"}},
                    Catch::Matchers::Contains("workload: unknown job class \"seren.sfx\""));
}
