#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gigasim/metrics/interval.hpp"
#include "gigasim/metrics/results.hpp"

/// Numbers for people: rounded, grouped, in a unit of fitting size. Files hold the full values.
namespace gigasim::report::humane {

using Figure = metrics::Distribution::Figure;

/// A unit to show a figure in: shown = figure / size.
struct Scale {
  double size;
  std::string_view unit;
};

/// Returns the unit in which figures up to `magnitude`, given in a unit of the registry, read well: h for 7,200 s.
[[nodiscard]] Scale scale_for(double magnitude, std::string_view unit);

/// Writes a number with `digits` significant digits: "12.3", "0.0456", "61,000,000". Whole numbers, such as counts, are
/// written in full.
[[nodiscard]] std::string number(double value, int digits = 3);
/// Writes a number of a unit of the registry: "3.4 h", "12.3 GWh", "0.789".
[[nodiscard]] std::string quantity(double value, std::string_view unit);
inline constexpr std::string_view kUnknown = "unknown";
/// Writes the values of an interval: "3", "≥ 3", "≤ 3", "3 to 4"; one number where both ends read the same.
[[nodiscard]] std::string range(const metrics::Interval& values, const std::function<std::string(double)>& write);
/// Writes the same of a figure in a unit of the registry: "≥ 3.4 h", "14.9 to 20.1 h", a missing one as "-".
[[nodiscard]] std::string figure(const std::optional<Figure>& figure, std::string_view unit);
/// The same for sentences: "at least 3.4 h", "between 14.9 and 20.1 h".
[[nodiscard]] std::string figure_words(const Figure& figure, std::string_view unit);
/// Writes 0.789 as "78.9 %".
[[nodiscard]] std::string percent(double fraction);
/// Writes "1 job", "2,345 jobs".
[[nodiscard]] std::string count(std::int64_t count, std::string_view noun);

/// "pod_outage" as "pod outage".
[[nodiscard]] std::string words(std::string_view name);

}  // namespace gigasim::report::humane
