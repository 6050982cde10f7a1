#include "scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>

#include "gigasim/report/humane.hpp"

namespace gigasim::report::html {
namespace {

namespace chr = std::chrono;

constexpr std::size_t kMostTimeTicks = 8;
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The smallest of 1, 2, 5 times a power of ten that cuts `top` into at most five steps.
double round_step(double top) {
  constexpr double kSteps = 5.0;
  const double least = top / kSteps;
  double power = 1.0;
  while (power > least) power /= 10.0;
  while (power * 10.0 <= least) power *= 10.0;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (power * factor >= least * (1.0 - 1e-9)) return power * factor;
  }
  return power * 10.0;
}

/// All marks of an axis have as many decimals as its step needs.
std::string mark_text(double value, double step) {
  constexpr double kThousand = 1000.0;
  if (value == 0.0) return "0";
  if (value >= kThousand) return humane::number(value);
  int decimals = 0;
  for (double size = step; size < 1.0 - 1e-9 && decimals < 9; size *= 10.0) ++decimals;
  return fmt::format("{:.{}f}", value, decimals);
}

humane::Scale scale_of(double largest, std::string_view unit) {
  constexpr humane::Scale kMillions{1e6, "million"};
  constexpr humane::Scale kBillions{1e9, "billion"};
  if (!unit.empty()) return humane::scale_for(largest, unit);
  if (largest >= kBillions.size) return kBillions;
  return largest >= kMillions.size ? kMillions : humane::Scale{1.0, ""};
}

chr::sys_days day_of(double unix_seconds) {
  return chr::floor<chr::days>(chr::sys_seconds{chr::seconds{static_cast<std::int64_t>(std::floor(unix_seconds))}});
}

double seconds_of(chr::sys_days day) {
  return static_cast<double>(chr::sys_seconds{day}.time_since_epoch().count());
}

std::string day_name(chr::sys_days day) {
  const chr::year_month_day date{day};
  return fmt::format("{} {}", static_cast<unsigned>(date.day()), kMonths.at(static_cast<unsigned>(date.month()) - 1));
}

std::string month_name(chr::sys_days day) {
  const chr::year_month_day date{day};
  const auto month = static_cast<unsigned>(date.month());
  return month == 1 ? fmt::format("{}", static_cast<int>(date.year())) : std::string{kMonths.at(month - 1)};
}

/// Starts of every `step` days from the first day at or after `begin`.
std::vector<Tick> day_ticks(double begin, double end, int step) {
  std::vector<Tick> ticks;
  chr::sys_days day = day_of(begin);
  if (seconds_of(day) < begin) day += chr::days{1};
  for (; seconds_of(day) < end; day += chr::days{step}) {
    ticks.push_back({(seconds_of(day) - begin) / (end - begin), day_name(day)});
  }
  return ticks;
}

/// Starts of every `step` months, counted from January.
std::vector<Tick> month_ticks(double begin, double end, unsigned step) {
  std::vector<Tick> ticks;
  const chr::year_month_day first{day_of(begin)};
  chr::year_month month{first.year(), first.month()};
  for (; seconds_of(month / 1) < end; month += chr::months{1}) {
    const double moment = seconds_of(month / 1);
    if (moment < begin || (static_cast<unsigned>(month.month()) - 1) % step != 0) continue;
    ticks.push_back({(moment - begin) / (end - begin), month_name(month / 1)});
  }
  return ticks;
}

}  // namespace

Axis axis_to(double largest, std::string_view unit) {
  if (!(largest > 0.0)) return {1.0, std::string{unit}, {{0.0, "0"}}};
  const humane::Scale scale = scale_of(largest, unit);
  const double shown = largest / scale.size;
  const double step = round_step(shown);
  const auto steps = static_cast<int>(std::ceil(shown / step * (1.0 - 1e-9)));
  Axis axis{step * steps * scale.size, std::string{scale.unit}, {}};
  for (int i = 0; i <= steps; ++i) axis.ticks.push_back({double(i) / steps, mark_text(step * i, step)});
  return axis;
}

std::vector<Tick> time_ticks(double begin, double end) {
  if (!(end > begin)) return {};
  for (const int days : {1, 2, 5, 10}) {
    std::vector<Tick> ticks = day_ticks(begin, end, days);
    if (ticks.size() <= kMostTimeTicks) return ticks;
  }
  for (const unsigned months : {1U, 3U, 6U}) {
    std::vector<Tick> ticks = month_ticks(begin, end, months);
    if (ticks.size() <= kMostTimeTicks) return ticks;
  }
  return month_ticks(begin, end, 12);
}

std::string percent_of_width(double fraction) {
  return fmt::format("{:.2f}%", fraction * 100.0);
}

}  // namespace gigasim::report::html
