#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/models/benchmarks.hpp"
#include "gigasim/models/device.hpp"

namespace gigasim::models {

/// A report while rows are sorted into its groups.
class Groups {
 public:
  explicit Groups(std::vector<ComparisonGroup> groups);
  /// `title` is that of one of the groups.
  void add(std::string_view title, const catalogue::Row& row, double measured, double predicted);
  void leave_out(const catalogue::Row& row, std::string reason);
  /// Ends it: groups without rows are gone.
  [[nodiscard]] BenchmarkReport report() &&;

 private:
  BenchmarkReport report_;
};

/// Says which of these columns is empty; "" when none is.
[[nodiscard]] std::string missing_cell(const catalogue::Row& row, const std::vector<std::string_view>& columns);

/// Reads a number format as the benchmark tables spell it; nothing for one that the models do not know.
[[nodiscard]] std::optional<Precision> precision_named(std::string_view name);

}  // namespace gigasim::models
