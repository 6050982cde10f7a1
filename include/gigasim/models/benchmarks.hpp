#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/catalogue/table.hpp"

/// The models held against published measurements, row by row.
namespace gigasim::models {

/// One measurement, and what the model says of it.
struct Comparison {
  const catalogue::Row* row = nullptr;
  double measured = 0.0;  ///< in the unit of the group
  double predicted = 0.0;
  [[nodiscard]] double error() const { return predicted / measured - 1.0; }
  // Of training alone: `predicted` is for the published layout, and here is what a job gets that states none.
  std::optional<double> automatic;  ///< nothing where no layout fits
  bool published_fits = false;      ///< the published layout, by the memory that the model takes it to need
  double band = 0.0;                ///< error_of(): how far a prediction for such a job is said to be off at most
};

/// How far off the model is over some rows. Errors are fractions.
struct ErrorSummary {
  std::size_t rows = 0;
  double mean_absolute = 0.0;
  double median_absolute = 0.0;
  double p90_absolute = 0.0;
  double bias = 0.0;                        ///< mean error: above 0 the model is too fast
  double median_ratio = 1.0;                ///< measured over predicted: what `software_efficiency` would make of them
  double within_15 = 0.0, within_25 = 0.0;  ///< shares of the rows
  double within_band = 0.0;                 ///< share of the rows within the band that is stated of each
};
/// Quantiles are the smallest value with at least that share of the rows at or below. Zeros without rows.
[[nodiscard]] ErrorSummary summarise(const std::vector<Comparison>& rows);

/// Returns the rows that have an automatic layout, with its rate as what is predicted.
[[nodiscard]] std::vector<Comparison> with_automatic_layouts(const std::vector<Comparison>& rows);

/// Measurements of one kind.
struct ComparisonGroup {
  std::string title;
  std::string unit;       ///< "tokens/s per device"
  bool promised = false;  ///< docs/models/ai.md gives a limit for its error
  std::vector<Comparison> rows;
};

/// A measurement that the model cannot be held against, and why.
struct LeftOut {
  const catalogue::Row* row = nullptr;
  std::string reason;
};

struct BenchmarkReport {
  std::vector<ComparisonGroup> groups;  ///< those with rows
  std::vector<LeftOut> left_out;
};

/// Rows of one age of accelerators, vendor and software.
struct StackGroup {
  bool newer = false;  ///< than A100
  std::string vendor;
  std::string stack;            ///< "Megatron"; "" of all together
  bool pytorch_native = false;  ///< its untuned defaults: slower than what the model speaks of
  std::vector<Comparison> rows;
};

/// Sorts the rows of a group of training runs; newer accelerators first, then by vendor and stack.
[[nodiscard]] std::vector<StackGroup> by_stack(const ComparisonGroup& group);

/// Returns the rows on accelerators newer than A100 that are not PyTorch-native: those that the error of a job with
/// an automatic layout is promised for.
[[nodiscard]] std::vector<Comparison> newer_and_tuned(const ComparisonGroup& group);

/// Which rows of a table to take.
using RowFilter = std::function<bool(const catalogue::Row&)>;

/// Compares the rates of training of catalogue training-runs in the edition in use.
[[nodiscard]] BenchmarkReport compare_training(const RowFilter& takes);
/// Compares the rates and latencies of catalogue inference-benchmarks.
[[nodiscard]] BenchmarkReport compare_inference(const RowFilter& takes);

/// The activations of one device while a model is trained, in GiB: as published and by training_memory().
struct MemoryComparison {
  std::string_view model;  ///< id in the catalogue
  double published = 0.0;
  double predicted = 0.0;
  [[nodiscard]] double error() const { return predicted / published - 1.0; }
};
/// Compares the four models whose activations are published with all that they depend on.
[[nodiscard]] std::vector<MemoryComparison> compare_memory();

/// A whole training run, in seconds on the wall.
struct JobComparison {
  const catalogue::Row* row = nullptr;
  double published = 0.0;  ///< accelerator-hours over accelerators: with all that happened
  double steps = 0.0;      ///< all tokens at the rate of the automatic layout
  double predicted = 0.0;  ///< with failures, restarts and checkpoints (effective_training_time_ratio())
  [[nodiscard]] double error() const { return predicted / published - 1.0; }
};
/// Compares the dense runs of catalogue training-runs whose accelerators, batch and accelerator-hours are known.
[[nodiscard]] std::vector<JobComparison> compare_jobs(const RowFilter& takes);

}  // namespace gigasim::models
