#pragma once

#include <functional>
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
};

/// How far off the model is over some rows. Errors are fractions.
struct ErrorSummary {
  std::size_t rows = 0;
  double mean_absolute = 0.0;
  double median_absolute = 0.0;
  double p90_absolute = 0.0;
  double bias = 0.0;          ///< mean error: above 0 the model is too fast
  double median_ratio = 1.0;  ///< measured over predicted: what `software_efficiency` would make of them
};
/// Quantiles are the smallest value with at least that share of the rows at or below. Zeros without rows.
[[nodiscard]] ErrorSummary summarise(const std::vector<Comparison>& rows);

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

}  // namespace gigasim::models
