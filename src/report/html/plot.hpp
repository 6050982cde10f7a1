#pragma once

#include <optional>
#include <string>
#include <vector>

#include "markup.hpp"
#include "scale.hpp"

/// Charts over an axis that runs from left to right, with room for the marks of the upright axis on the left.
namespace gigasim::report::html {

struct Columns {
  std::string name;
  std::vector<std::optional<double>> values;  ///< one per category; filled
  std::vector<std::optional<double>> limits;  ///< one per category, outlined, or none at all
};

/// Draws columns, those of one category beside each other, each category above its name, which may be empty.
[[nodiscard]] std::string column_chart(const ChartWords& words, const std::vector<std::string>& categories,
                                       const std::vector<Columns>& series, std::string_view unit,
                                       std::string_view before, std::string_view after);

struct Line {
  std::string name;
  std::vector<std::pair<double, double>> points;  ///< place on the axis, 0 to 1, and value
};

/// Draws lines over marks of time..
[[nodiscard]] std::string line_chart(const ChartWords& words, const std::vector<Line>& lines,
                                     const std::vector<Tick>& time, const Axis& axis, std::string_view before,
                                     std::string_view after);

}  // namespace gigasim::report::html
