#include "compare_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace gigasim::report {
namespace {

std::string signed_text(double value, const std::string& digits) {
  return (value > 0.0 ? "+" : "") + digits;
}

std::string percent_text(double percent) {
  constexpr double kWhole = 100.0;
  const std::string digits = std::fabs(percent) < kWhole ? fmt::format("{:.1f}", percent) : humane::number(percent);
  return digits == "-0.0" || digits == "0.0" ? "0.0" : signed_text(percent, digits);
}

}  // namespace

Mood mood_of(Verdict verdict) {
  if (verdict == Verdict::kBetter) return Mood::kGood;
  return verdict == Verdict::kWorse ? Mood::kBad : Mood::kPlain;
}

humane::Scale row_scale(const ComparedMetric& row) {
  double largest = 0.0;
  for (const auto& figure : row.figures) {
    if (figure) largest = std::max(largest, std::fabs(figure->at_most.value_or(figure->value)));
  }
  return humane::scale_for(largest, row.metric->unit);
}

Cell value_cell(const std::optional<Figure>& figure, const humane::Scale& scale) {
  if (!figure) return {"-"};
  return {humane::range(metrics::possible_values(*figure), [&](double v) { return humane::number(v / scale.size); })};
}

Cell difference_cell(const std::optional<Change>& change, const humane::Scale& scale) {
  if (!change) return {"-"};
  return {humane::range(change->difference,
                        [&](double value) { return signed_text(value, humane::number(value / scale.size)); })};
}

Cell percent_cell(const std::optional<Change>& change) {
  if (!change || !change->percent) return {"-"};
  const std::string text = humane::range(*change->percent, percent_text);
  return {text == humane::kUnknown ? text : text + " %"};
}

Cell verdict_cell(const std::optional<Change>& change) {
  if (!change || (change->verdict != Verdict::kBetter && change->verdict != Verdict::kWorse)) return {};
  return {verdict_word(change->verdict), mood_of(change->verdict)};
}

}  // namespace gigasim::report
