#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/models/benchmarks.hpp"
#include "gigasim/models/device.hpp"
#include "gigasim/models/transformer.hpp"

namespace gigasim::models {

/// A report while rows are sorted into its groups.
class Groups {
 public:
  explicit Groups(std::vector<ComparisonGroup> groups);
  /// `title` is that of one of the groups.
  void add(std::string_view title, const catalogue::Row& row, double measured, double predicted);
  void add(std::string_view title, const Comparison& comparison);
  void leave_out(const catalogue::Row& row, std::string reason);
  /// Ends it: groups without rows are gone.
  [[nodiscard]] BenchmarkReport report() &&;

 private:
  BenchmarkReport report_;
};

/// The model of a row, as far as both benchmark tables describe it. Heads and experts per token are those of the
/// catalogue's model of that name.
[[nodiscard]] Transformer benchmarked_model(const catalogue::Row& row);

/// Says why the rates of a device in the number format that `column` names are not known; "" when they are.
[[nodiscard]] std::string unknown_rates(const catalogue::Row& row, const catalogue::Accelerator* accelerator,
                                        std::string_view column);

/// Says which of these columns does not hold a number above zero; "" when all do.
[[nodiscard]] std::string missing_cell(const catalogue::Row& row, const std::vector<std::string_view>& columns);

/// Reads a number format as the benchmark tables spell it; nothing for one that the models do not know.
[[nodiscard]] std::optional<Precision> precision_named(std::string_view name);

}  // namespace gigasim::models
