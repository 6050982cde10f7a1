#include "class_law.hpp"

#include <catch2/catch.hpp>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/grid.hpp"
#include "synthetic.hpp"

using namespace gigasim;
using workload::ClassLaw;
using workload::Ending;
using workload::RandomStream;

namespace {

scenario::JobClass of_catalogue(const catalogue::JobClass& row) {
  scenario::JobClass job_class;
  job_class.name = row.id;
  job_class.share = row.job_share;
  job_class.sizes = row.sizes;
  job_class.runtime = scenario::ClassRuntime{row.id};
  job_class.in_bursts = !row.pre_training;
  return job_class;
}

/// Shares of the jobs and of the accelerator time of a mix that end as cancelled.
struct CancelledShares {
  double of_jobs, of_work;
};

CancelledShares cancelled_shares(std::string_view mix) {
  double cancelled_jobs = 0.0;
  double cancelled_work = 0.0;
  double work = 0.0;
  for (const catalogue::JobClass* row : catalogue::mix_classes(mix)) {
    const ClassLaw law{of_catalogue(*row)};
    RandomStream sizes{5, row->id, "sizes"};
    RandomStream durations{5, row->id, "durations"};
    RandomStream outcomes{5, row->id, "outcomes"};
    constexpr int kDraws = 20000;  // per class, weighted by the class's share: rare classes hold the work
    for (int i = 0; i < kDraws; ++i) {
      const std::int64_t accelerators = law.draw_accelerators(sizes);
      const units::Seconds runtime = law.draw_runtime(durations);
      const bool cancelled = law.draw_ending(outcomes, accelerators, runtime) == Ending::kCancelled;
      const double weight = row->job_share / kDraws;
      const double job_work = weight * static_cast<double>(accelerators) * runtime.in_base_units();
      work += job_work;
      cancelled_jobs += cancelled ? weight : 0.0;
      cancelled_work += cancelled ? job_work : 0.0;
    }
  }
  return {cancelled_jobs, cancelled_work / work};
}

}  // namespace

TEST_CASE("sizes are drawn with their probabilities", "[workload][classes]") {
  const auto* row = catalogue::find_job_class("seren.sft");
  REQUIRE(row != nullptr);
  const ClassLaw law{of_catalogue(*row)};
  RandomStream random{11, "test", "sizes"};
  std::vector<double> counts(row->sizes.size(), 0.0);
  std::vector<double> probabilities;
  for (const auto& [size, probability] : row->sizes) probabilities.push_back(probability);
  for (int i = 0; i < 100000; ++i) {
    const std::int64_t size = law.draw_accelerators(random);
    const auto found =
        std::find_if(row->sizes.begin(), row->sizes.end(), [&](const auto& s) { return s.first == size; });
    REQUIRE(found != row->sizes.end());
    counts[static_cast<std::size_t>(found - row->sizes.begin())] += 1.0;
  }
  // A chi-square statistic with k degrees of freedom has mean k and variance 2 k; far from normal, so five sigma.
  const double k = static_cast<double>(counts.size() - 1);
  CHECK(synthetic::chi_square(counts, probabilities) < k + 5.0 * std::sqrt(2.0 * k));
}

TEST_CASE("the expected accelerator-hours of the catalogue's classes are the published table's",
          "[workload][classes]") {
  // Mean size x mean duration, worked out with the data, to three digits (docs/models/workload.md).
  const std::vector<std::pair<std::string, double>> published{
      {"seren.eval", 0.99},  {"seren.pretrain", 1228}, {"seren.sft", 1.62},  {"seren.mllm", 6.85},
      {"seren.debug", 6.55}, {"seren.other", 3.46},    {"kalos.eval", 0.21}, {"kalos.pretrain", 2523},
      {"kalos.debug", 53.4}, {"kalos.other", 119.5}};
  for (const auto& [id, hours] : published) {
    CAPTURE(id);
    const ClassLaw law{of_catalogue(*catalogue::find_job_class(id))};
    // The table's inputs are rounded to two digits at the coarsest (0.21).
    CHECK(law.mean_accelerator_seconds() / 3600.0 == Approx(hours).epsilon(0.025));
  }
}

TEST_CASE("a mix needs 12.8 (seren) and 83.9 (kalos) accelerator-hours per job", "[workload][classes]") {
  for (const auto& [mix, hours] : {std::pair{"seren", 12.8}, std::pair{"kalos", 83.9}}) {
    scenario::Stream stream;
    for (const auto* row : catalogue::mix_classes(mix)) stream.classes.push_back(of_catalogue(*row));
    CHECK(std::fabs(workload::mean_accelerator_seconds(workload::make_mix(stream)) / 3600.0 - hours) < 0.06);
  }
}

TEST_CASE("cancelled jobs are few and hold most of the work, as published", "[workload][classes]") {
  // Published shares of cancelled jobs: Seren 7.5 % of jobs and 66.4 % of work, Kalos 6.2 % and 60.7 %. The law has two
  // parameters per mix, fitted to both; tolerances allow for rounding of the parameters and the heavy tail of a sample.
  const CancelledShares seren = cancelled_shares("seren");
  CHECK(std::fabs(seren.of_jobs - 0.075) < 0.01);
  CHECK(std::fabs(seren.of_work - 0.664) < 0.04);
  const CancelledShares kalos = cancelled_shares("kalos");
  CHECK(std::fabs(kalos.of_jobs - 0.062) < 0.01);
  CHECK(std::fabs(kalos.of_work - 0.607) < 0.04);
}

TEST_CASE("explicit jobs always complete", "[workload][classes]") {
  const ClassLaw law{synthetic::constant_class(1000000, 1e7)};
  RandomStream random{5, "test", "outcomes"};
  for (int i = 0; i < 1000; ++i) CHECK(law.draw_ending(random, 1000000, units::Seconds{1e7}) == Ending::kCompleted);
}

TEST_CASE("a job above g0 accelerator-hours is always cancelled", "[workload][classes]") {
  const ClassLaw law{of_catalogue(*catalogue::find_job_class("seren.pretrain"))};  // g0 = 145,000 h
  RandomStream random{5, "test", "outcomes"};
  for (int i = 0; i < 100; ++i) CHECK(law.draw_ending(random, 145000, units::Seconds{3600}) == Ending::kCancelled);
}

TEST_CASE("a bundle lasts the sum of its jobs and is labelled by the work of one", "[workload][classes]") {
  auto job_class = synthetic::constant_class(2, 100.5);
  job_class.bundle = 20;
  const ClassLaw law{job_class};
  RandomStream random{5, "test", "durations"};
  CHECK(law.draw_runtime(random) == units::Seconds{2010.0});
  CHECK(law.mean_accelerator_seconds() == Approx(2 * 2010.0));
  CHECK(law.weight() == Approx(1.0 / 20.0));
  // Just below g0 = 145,000 h per try nearly all are cancelled; a bundle of 20 as long in all has p = 20^-0.185 =
  // 0.574.
  auto bundled = of_catalogue(*catalogue::find_job_class("seren.pretrain"));
  bundled.bundle = 20;
  const ClassLaw labelled{bundled};
  int cancelled = 0;
  for (int i = 0; i < 10000; ++i) {
    cancelled += labelled.draw_ending(random, 145000, units::Seconds{3600}) == Ending::kCancelled ? 1 : 0;
  }
  const double p = std::pow(20.0, -0.185);
  CHECK(std::fabs(cancelled - 10000.0 * p) < 4.0 * std::sqrt(10000.0 * p * (1.0 - p)));
}

TEST_CASE("a runtime that rounds to nothing lasts one tick", "[workload][classes]") {
  RandomStream random{5, "test", "durations"};
  CHECK(ClassLaw{synthetic::constant_class(1, 0.0)}.draw_runtime(random) == units::from_ticks(1));
}
