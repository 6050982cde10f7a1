#include "gigasim/models/benchmarks.hpp"

#include <algorithm>
#include <cmath>

#include "benchmark_groups.hpp"

namespace gigasim::models {
namespace {

double quantile(const std::vector<double>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace

ErrorSummary summarise(const std::vector<Comparison>& rows) {
  ErrorSummary summary;
  summary.rows = rows.size();
  if (rows.empty()) return summary;
  std::vector<double> absolute;
  std::vector<double> ratios;
  for (const Comparison& row : rows) {
    absolute.push_back(std::fabs(row.error()));
    ratios.push_back(row.measured / row.predicted);
    summary.bias += row.error();
    summary.mean_absolute += absolute.back();
  }
  std::sort(absolute.begin(), absolute.end());
  std::sort(ratios.begin(), ratios.end());
  const auto n = static_cast<double>(rows.size());
  summary.bias /= n;
  summary.mean_absolute /= n;
  summary.median_absolute = quantile(absolute, 0.5);
  summary.p90_absolute = quantile(absolute, 0.9);
  summary.median_ratio = quantile(ratios, 0.5);
  return summary;
}

Groups::Groups(std::vector<ComparisonGroup> groups) {
  report_.groups = std::move(groups);
}

void Groups::add(std::string_view title, const catalogue::Row& row, double measured, double predicted) {
  const auto found = std::find_if(report_.groups.begin(), report_.groups.end(),
                                  [&](const ComparisonGroup& group) { return group.title == title; });
  found->rows.push_back({&row, measured, predicted});
}

void Groups::leave_out(const catalogue::Row& row, std::string reason) {
  report_.left_out.push_back({&row, std::move(reason)});
}

BenchmarkReport Groups::report() && {
  std::erase_if(report_.groups, [](const ComparisonGroup& group) { return group.rows.empty(); });
  return std::move(report_);
}

std::string missing_cell(const catalogue::Row& row, const std::vector<std::string_view>& columns) {
  for (const std::string_view column : columns) {
    if (row[column].empty()) return std::string{column} + " is not known";
  }
  return {};
}

std::optional<Precision> precision_named(std::string_view name) {
  if (name == "bf16" || name == "fp16") return Precision::kBf16;
  if (name == "fp8" || name == "mxfp8") return Precision::kFp8;
  if (name == "fp4" || name == "nvfp4" || name == "mxfp4") return Precision::kFp4;
  return std::nullopt;
}

}  // namespace gigasim::models
