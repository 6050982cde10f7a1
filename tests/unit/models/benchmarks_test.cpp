#include "gigasim/models/benchmarks.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace gigasim;
using namespace gigasim::models;

namespace {

bool all(const catalogue::Row& /*row*/) {
  return true;
}

RowFilter half(const char* name) {
  return [name](const catalogue::Row& row) { return row["half"] == name; };
}

ErrorSummary promised(const BenchmarkReport& report) {
  const auto found =
      std::find_if(report.groups.begin(), report.groups.end(), [](const ComparisonGroup& g) { return g.promised; });
  REQUIRE(found != report.groups.end());
  return summarise(found->rows);
}

}  // namespace

TEST_CASE("training rates of dense models are within 12 % on average and hardly biased", "[models][benchmarks]") {
  // The limits of docs/models/ai.md: 139 runs, of which 73 (half A) fitted the constants and 66 (half B) did not.
  const ErrorSummary both = promised(compare_training(all));
  CHECK(both.rows == 139);
  CHECK(both.mean_absolute <= 0.12);
  CHECK(std::abs(both.bias) <= 0.03);
  const ErrorSummary unseen = promised(compare_training(half("B")));
  CHECK(unseen.rows == 66);
  CHECK(unseen.mean_absolute <= 0.12);
  CHECK(std::abs(unseen.bias) <= 0.03);
  CHECK(promised(compare_training(half("A"))).mean_absolute <= 0.12);
}

// The promise of docs/models/ai.md for jobs that state no layout, on what is newer than A100 and not PyTorch-native.
TEST_CASE("automatic layouts on tuned stacks newer than A100 are within 11 %, and their band is true",
          "[models][benchmarks][layout]") {
  const auto report = compare_training(all);
  const auto rows = newer_and_tuned(report.groups.at(0));
  CHECK(rows.size() == 36);
  const ErrorSummary automatic = summarise(with_automatic_layouts(rows));
  CHECK(automatic.rows == rows.size());
  CHECK(automatic.mean_absolute <= 0.11);
  CHECK(std::abs(automatic.bias) <= 0.05);
  CHECK(automatic.within_15 >= 0.80);
  CHECK(automatic.within_25 >= 0.92);
  CHECK(automatic.within_band >= 0.85);
}

TEST_CASE("no published layout that fits is more than 2 % faster than the automatic one",
          "[models][benchmarks][layout]") {
  int fitting = 0;
  for (const ComparisonGroup& group : compare_training(all).groups) {
    if (!group.title.starts_with("dense")) continue;
    for (const Comparison& one : group.rows) {
      if (!one.published_fits) continue;
      INFO(one.row->id());
      REQUIRE(one.automatic);
      CHECK(*one.automatic >= one.predicted / 1.02);
      ++fitting;
    }
  }
  CHECK(fitting > 60);
}

TEST_CASE("each training row has one age, vendor and stack", "[models][benchmarks]") {
  for (const ComparisonGroup& group : compare_training(all).groups) {
    std::size_t rows = 0;
    for (const StackGroup& one : by_stack(group)) rows += one.rows.size();
    CHECK(rows == group.rows.size());
  }
}

TEST_CASE("405B with failures and checkpoints takes the published 78 days within a tenth", "[models][benchmarks]") {
  const auto jobs = compare_jobs([](const catalogue::Row& row) { return row["model"] == "Llama3.1-405B"; });
  REQUIRE(jobs.size() == 1);
  // 30.84e6 h / 16,384 = 1,882 h = 78.4 days.
  CHECK(jobs[0].published / 86400.0 == Approx(78.4).margin(0.1));
  CHECK(jobs[0].steps / 86400.0 == Approx(70.0).epsilon(0.1));
  CHECK(jobs[0].predicted > jobs[0].steps);
  CHECK(std::abs(jobs[0].error()) <= 0.1);
}

TEST_CASE("serving rates of dense models are within 11 % on average", "[models][benchmarks]") {
  const ErrorSummary both = promised(compare_inference(all));
  CHECK(both.rows == 67);
  CHECK(both.mean_absolute <= 0.11);
  CHECK(promised(compare_inference(half("B"))).mean_absolute <= 0.11);
}

TEST_CASE("every measurement is compared or left out with a reason", "[models][benchmarks]") {
  for (const auto& [report, kind] :
       {std::pair{compare_training(all), "training-runs"}, std::pair{compare_inference(all), "inference-benchmarks"}}) {
    std::vector<std::string> seen;
    for (const auto& group : report.groups) {
      for (const auto& row : group.rows) seen.push_back(row.row->id());
    }
    for (const auto& one : report.left_out) {
      CHECK_FALSE(one.reason.empty());
      seen.push_back(one.row->id());
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());  // two figures of one run count once
    CHECK(seen.size() == catalogue::find_table(kind)->rows.size());
  }
}

TEST_CASE("errors of four rows are summed up as by hand", "[models][benchmarks]") {
  // +10 %, -20 %, +30 %, 0: mean of the sizes 15 %, median 10 %, p90 30 %, bias 5 %.
  const std::vector<Comparison> rows{
      {nullptr, 100, 110, {}}, {nullptr, 100, 80, {}}, {nullptr, 100, 130, {}}, {nullptr, 100, 100, {}}};
  const ErrorSummary summary = summarise(rows);
  CHECK(summary.mean_absolute == Approx(0.15));
  CHECK(summary.median_absolute == Approx(0.10));
  CHECK(summary.p90_absolute == Approx(0.30));
  CHECK(summary.bias == Approx(0.05));
  CHECK(summary.median_ratio == Approx(100.0 / 110.0));
  CHECK(summarise({}).rows == 0);
}
