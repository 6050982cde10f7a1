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

[[nodiscard]] Mood mood_of(Verdict verdict);

[[nodiscard]] Cell value_cell(const std::optional<Figure>& figure, const humane::Scale& scale);
[[nodiscard]] Cell difference_cell(const std::optional<Change>& change, const humane::Scale& scale);
[[nodiscard]] Cell percent_cell(const std::optional<Change>& change);
/// "better" or "worse", coloured; empty where one run cannot tell.
[[nodiscard]] Cell verdict_cell(const std::optional<Change>& change);

}  // namespace gigasim::report
