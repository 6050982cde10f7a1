#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gigasim::report::html {

/// A mark on an axis: its place from 0 to 1 and what stands there.
struct Tick {
  double place = 0.0;
  std::string text;
};

/// An axis from 0 to a round number at or above the largest value.
struct Axis {
  double top = 1.0;  ///< in the unit of the values
  std::string unit;  ///< that the marks are in: "h" for values of many seconds
  std::vector<Tick> ticks;
};

/// Returns an axis for values from 0 to `largest`, in a unit of the registry (numbers too long for the room beside an
/// axis in millions or billions), with marks at multiples of 1, 2 or 5 times a power of ten (of the unit shown), at
/// most six of them.
[[nodiscard]] Axis axis_to(double largest, std::string_view unit);

/// Returns the marks of a time axis over [begin, end), in seconds since 1970: at starts of days, months, quarters or
/// years, at most eight.
[[nodiscard]] std::vector<Tick> time_ticks(double begin, double end);

/// Writes a share of a chart's width as SVG wants it: "34.21%".
[[nodiscard]] std::string percent_of_width(double fraction);

}  // namespace gigasim::report::html
