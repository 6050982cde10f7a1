#include "gigasim/report/humane.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "gigasim/units/text.hpp"

namespace gigasim::report::humane {
namespace {

constexpr std::array kEnergy{Scale{1e6, "TWh"}, Scale{1e3, "GWh"}, Scale{1.0, "MWh"}, Scale{1e-3, "kWh"},
                             Scale{1e-6, "Wh"}};
constexpr std::array kPower{Scale{1e3, "GW"}, Scale{1.0, "MW"}, Scale{1e-3, "kW"}, Scale{1e-6, "W"}};
constexpr std::array kTokens{Scale{1e12, "Ttokens"}, Scale{1e9, "Gtokens"}, Scale{1e6, "Mtokens"},
                             Scale{1.0, "tokens"}};
constexpr std::array kTokenRate{Scale{1e6, "Mtokens/s"}, Scale{1.0, "tokens/s"}};
constexpr std::array kFlop{Scale{1e24, "YFLOP"}, Scale{1e21, "ZFLOP"}, Scale{1e18, "EFLOP"}, Scale{1.0, "FLOP"}};
constexpr std::array kFlopRate{Scale{1e18, "EFLOP/s"}, Scale{1e15, "PFLOP/s"}, Scale{1e12, "TFLOP/s"},
                               Scale{1.0, "FLOP/s"}};

Scale largest_fitting(double magnitude, std::span<const Scale> scales, Scale own) {
  if (magnitude == 0.0) return own;
  const auto fits = [&](const Scale& scale) { return std::fabs(magnitude) >= scale.size; };
  const auto found = std::find_if(scales.begin(), scales.end(), fits);
  return found == scales.end() ? scales.back() : *found;
}

/// The same steps as units::humane_duration, so that one figure reads the same everywhere.
Scale duration_scale(double seconds) {
  const double size = std::fabs(seconds);
  if (size < 90.0) return {1.0, "s"};
  if (size < 90.0 * 60.0) return {60.0, "min"};
  if (size < 48.0 * 3600.0) return {3600.0, "h"};
  return {86400.0, "d"};
}

/// Decimals that show `digits` significant digits of a number below 1,000.
int decimals_for(double size, int digits) {
  int decimals = digits - 1;
  for (double bound = 10.0; size >= bound && decimals > 0; bound *= 10.0) --decimals;
  for (double bound = 1.0; size < bound && decimals < 9; bound /= 10.0) ++decimals;
  return decimals;
}

/// A number rounded to significant digits, where these end before the point.
double rounded(double value, int digits) {
  double shown = 1.0;
  for (int i = 0; i < digits; ++i) shown *= 10.0;
  double step = 1.0;
  while (std::fabs(value) / step >= shown) step *= 10.0;
  return std::round(value / step) * step;
}

std::string with_unit(const std::string& text, std::string_view unit) {
  return unit.empty() ? text : fmt::format("{} {}", text, unit);
}

/// A number in a unit of a scale; hours, minutes and days have a decimal even where they are whole.
std::string scaled(double value, const Scale& scale) {
  constexpr double kThreeDigits = 100.0;
  const double shown = value / scale.size;
  const bool of_duration = scale.unit == "min" || scale.unit == "h" || scale.unit == "d";
  if (of_duration && shown == std::trunc(shown) && std::fabs(shown) < kThreeDigits) return fmt::format("{:.1f}", shown);
  return number(shown);
}

}  // namespace

Scale scale_for(double magnitude, std::string_view unit) {
  if (unit == "s") return duration_scale(magnitude);
  if (unit == "MWh") return largest_fitting(magnitude, kEnergy, {1.0, unit});
  if (unit == "tokens") return largest_fitting(magnitude, kTokens, {1.0, unit});
  if (unit == "tokens/s") return largest_fitting(magnitude, kTokenRate, {1.0, unit});
  if (unit == "FLOP") return largest_fitting(magnitude, kFlop, {1.0, unit});
  if (unit == "FLOP/s") return largest_fitting(magnitude, kFlopRate, {1.0, unit});
  if (unit == "MW") return largest_fitting(magnitude, kPower, {1.0, unit});
  return {1.0, unit};
}

std::string number(double value, int digits) {
  constexpr double kGroupedFrom = 1000.0;
  constexpr double kTooLarge = 9e18;
  const double size = std::fabs(value);
  if (size >= kTooLarge) return fmt::format("{:.3g}", value);
  if (value == std::trunc(value)) return units::grouped(static_cast<std::int64_t>(value));
  const double whole = rounded(value, digits);
  if (std::fabs(whole) >= kGroupedFrom) return units::grouped(static_cast<std::int64_t>(whole));
  return fmt::format("{:.{}f}", value, decimals_for(size, digits));
}

std::string quantity(double value, std::string_view unit) {
  const Scale scale = scale_for(value, unit);
  return with_unit(scaled(value, scale), scale.unit);
}

std::string range(const metrics::Interval& values, const std::function<std::string(double)>& write) {
  const bool has_least = values.least > -metrics::Interval::kNoLimit;
  const bool has_most = values.most < metrics::Interval::kNoLimit;
  if (!has_least && !has_most) return std::string{kUnknown};
  if (!has_most) return "≥ " + write(values.least);
  if (!has_least) return "≤ " + write(values.most);
  const std::string least = write(values.least);
  const std::string most = write(values.most);
  return least == most ? least : fmt::format("{} to {}", least, most);
}

std::string figure(const std::optional<Figure>& figure, std::string_view unit) {
  if (!figure) return "-";
  const Scale scale = scale_for(figure->at_most.value_or(figure->value), unit);
  return with_unit(range(metrics::possible_values(*figure), [&](double v) { return scaled(v, scale); }), scale.unit);
}

std::string figure_words(const Figure& figure, std::string_view unit) {
  if (figure.lower_bound && !figure.at_most) return "at least " + quantity(figure.value, unit);
  const Scale scale = scale_for(figure.at_most.value_or(figure.value), unit);
  const std::string least = scaled(figure.value, scale);
  const std::string most = scaled(figure.at_most.value_or(figure.value), scale);
  return least == most ? with_unit(least, scale.unit)
                       : fmt::format("between {} and {}", least, with_unit(most, scale.unit));
}

std::string percent(double fraction) {
  return fmt::format("{:.1f} %", fraction * 100.0);
}

std::string count(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", units::grouped(count), noun, count == 1 ? "" : "s");
}

std::string words(std::string_view name) {
  std::string out{name};
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

}  // namespace gigasim::report::humane
