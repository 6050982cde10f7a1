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
  if (size >= kGroupedFrom) return units::grouped(std::llround(value));
  if (value == std::trunc(value)) return units::grouped(static_cast<std::int64_t>(value));
  return fmt::format("{:.{}f}", value, decimals_for(size, digits));
}

std::string quantity(double value, std::string_view unit) {
  if (unit == "s") return units::humane_duration(units::Seconds{value});
  const Scale scale = scale_for(value, unit);
  const std::string text = number(value / scale.size);
  return scale.unit.empty() ? text : fmt::format("{} {}", text, scale.unit);
}

std::string figure(const std::optional<Figure>& figure, std::string_view unit) {
  if (!figure) return "-";
  return (figure->lower_bound ? "≥ " : "") + quantity(figure->value, unit);
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
