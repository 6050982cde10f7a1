#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gigasim::baseline {

/// Reads "2 h" as a quantity of a metric whose unit is `unit` ("s"): time, energy, power and job rates in any of
/// their units, everything else in the metric's own. A pure number may also be a percentage of 1. Nothing for any other
/// text.
[[nodiscard]] std::optional<double> parse_in_unit(std::string_view text, std::string_view unit);

/// Writes a value in full with its unit: "123.5 MWh", "0.78".
[[nodiscard]] std::string full_quantity(double value, std::string_view unit);

}  // namespace gigasim::baseline
