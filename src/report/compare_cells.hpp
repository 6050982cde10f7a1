#pragma once

#include <optional>
#include <string_view>

#include "compare.hpp"
#include "gigasim/report/humane.hpp"
#include "text_table.hpp"

/// Cells of a comparison for people.
namespace gigasim::report {

/// The unit in which the largest value of a row reads well: values of one row stand in one unit.
[[nodiscard]] humane::Scale row_scale(const ComparedMetric& row);

[[nodiscard]] std::string_view bound_sign(Known known);  ///< "≥ " or "≤ " before a difference that is a bound
[[nodiscard]] Mood mood_of(Verdict verdict);

[[nodiscard]] Cell value_cell(const std::optional<Figure>& figure, const humane::Scale& scale);
[[nodiscard]] Cell difference_cell(const std::optional<Change>& change, const humane::Scale& scale);
[[nodiscard]] Cell percent_cell(const std::optional<Change>& change);
[[nodiscard]] Cell verdict_cell(const std::optional<Change>& change);  ///< "better", coloured

}  // namespace gigasim::report
