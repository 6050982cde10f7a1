#include "gigasim/models/benchmarks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "benchmark_groups.hpp"
#include "prefixes.hpp"

namespace gigasim::models {
namespace {

constexpr double kUsualExperts = 8.0;
constexpr double kUsualHead = 128.0;  // numbers of one

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
    if (absolute.back() <= 0.15) summary.within_15 += 1.0;
    if (absolute.back() <= 0.25) summary.within_25 += 1.0;
    if (absolute.back() <= row.band) summary.within_band += 1.0;
  }
  std::sort(absolute.begin(), absolute.end());
  std::sort(ratios.begin(), ratios.end());
  const auto n = static_cast<double>(rows.size());
  summary.bias /= n;
  for (double* mean : {&summary.mean_absolute, &summary.within_15, &summary.within_25, &summary.within_band}) {
    *mean /= n;
  }
  summary.median_absolute = quantile(absolute, 0.5);
  summary.p90_absolute = quantile(absolute, 0.9);
  summary.median_ratio = quantile(ratios, 0.5);
  return summary;
}

std::vector<Comparison> with_automatic_layouts(const std::vector<Comparison>& rows) {
  std::vector<Comparison> found;
  for (Comparison row : rows) {
    if (!row.automatic) continue;
    row.predicted = *row.automatic;
    found.push_back(row);
  }
  return found;
}

Groups::Groups(std::vector<ComparisonGroup> groups) {
  report_.groups = std::move(groups);
}

void Groups::add(std::string_view title, const catalogue::Row& row, double measured, double predicted) {
  Comparison comparison;
  comparison.row = &row;
  comparison.measured = measured;
  comparison.predicted = predicted;
  add(title, comparison);
}

void Groups::add(std::string_view title, const Comparison& comparison) {
  const auto found = std::find_if(report_.groups.begin(), report_.groups.end(),
                                  [&](const ComparisonGroup& group) { return group.title == title; });
  found->rows.push_back(comparison);
}

void Groups::leave_out(const catalogue::Row& row, std::string reason) {
  report_.left_out.push_back({&row, std::move(reason)});
}

BenchmarkReport Groups::report() && {
  std::erase_if(report_.groups, [](const ComparisonGroup& group) { return group.rows.empty(); });
  return std::move(report_);
}

Transformer benchmarked_model(const catalogue::Row& row) {
  Transformer model;
  model.parameters = *row.number("params_b") * kGiga;
  model.active_parameters = *row.number("active_params_b") * kGiga;
  model.layers = *row.number("layers");
  model.hidden = *row.number("hidden");
  // Heads are those of the catalogue's model of that name, else of the usual size, with keys and values of their own.
  const auto* known = catalogue::find_ai_model(row["model"]);
  model.head_dimension = known != nullptr ? known->head_dimension : kUsualHead;
  model.heads = known != nullptr ? known->heads : std::max(1.0, std::round(model.hidden / kUsualHead));
  model.kv_heads = known != nullptr ? known->kv_heads : model.heads;
  if (row["kind"] == "moe") {
    model.experts_per_token = known != nullptr ? known->experts_per_token : kUsualExperts;
  }
  return model;
}

std::string unknown_rates(const catalogue::Row& row, const catalogue::Accelerator* accelerator,
                          std::string_view column) {
  if (accelerator == nullptr) return "accelerator not in the catalogue";
  const auto precision = precision_named(row[column]);
  if (!precision) return fmt::format("precision {} is not modelled", row[column]);
  const Device device = device_of(*accelerator);
  if (device.peak(*precision) <= 0.0) return "no peak rate of this precision is known";
  return device.memory_rate <= 0.0 ? "no memory rate is known" : "";
}

std::string missing_cell(const catalogue::Row& row, const std::vector<std::string_view>& columns) {
  for (const std::string_view column : columns) {
    const auto number = row.number(column);
    if (!number) return fmt::format("{} is not known", column);
    if (*number <= 0.0) return fmt::format("{} is not more than 0", column);
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
