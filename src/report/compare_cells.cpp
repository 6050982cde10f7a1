#include "compare_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace gigasim::report {
namespace {

constexpr int kDigits = 4;  ///< a comparison shows smaller differences than a report

std::string signed_text(double value, Known known, const std::string& digits) {
  return fmt::format("{}{}{}", bound_sign(known), value > 0.0 ? "+" : "", digits);
}

}  // namespace

std::string_view bound_sign(Known known) {
  if (known == Known::kAtLeast) return "≥ ";
  return known == Known::kAtMost ? "≤ " : "";
}

Mood mood_of(Verdict verdict) {
  if (verdict == Verdict::kBetter) return Mood::kGood;
  return verdict == Verdict::kWorse ? Mood::kBad : Mood::kPlain;
}

humane::Scale row_scale(const ComparedMetric& row) {
  double largest = 0.0;
  for (const auto& figure : row.figures) {
    if (figure) largest = std::max(largest, std::fabs(figure->value));
  }
  return humane::scale_for(largest, row.metric->unit);
}

Cell value_cell(const std::optional<Figure>& figure, const humane::Scale& scale) {
  if (!figure) return {"-"};
  return {(figure->lower_bound ? "≥ " : "") + humane::number(figure->value / scale.size, kDigits)};
}

Cell difference_cell(const std::optional<Change>& change, const humane::Scale& scale) {
  if (!change) return {"-"};
  if (change->known == Known::kNot) return {"?"};
  return {signed_text(change->difference, change->known, humane::number(change->difference / scale.size, kDigits))};
}

Cell percent_cell(const std::optional<Change>& change) {
  if (!change || !change->percent) return {"-"};
  if (change->known == Known::kNot) return {"?"};
  constexpr double kWhole = 1000.0;
  const double percent = *change->percent;
  const std::string digits = std::fabs(percent) < kWhole ? fmt::format("{:.1f}", percent) : humane::number(percent);
  return {signed_text(percent, change->known, digits + " %")};
}

Cell verdict_cell(const std::optional<Change>& change) {
  if (!change) return {};
  return {verdict_word(change->verdict), mood_of(change->verdict)};
}

}  // namespace gigasim::report
