#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/report/report.hpp"

namespace gigasim::report {

/// The metrics of a tournament, in order of its columns: the longest wait is always among them, which a mean hides.
[[nodiscard]] std::span<const std::string_view> tournament_metrics();

/// One policy and its figures, one for each of tournament_metrics(); nothing where there was no sample.
struct Contestant {
  std::string policy;
  std::vector<std::optional<metrics::Distribution::Figure>> figures;
};

/// Sets policies side by side, a row each. Columns for people have one unit each; files have full values in the units
/// of the registry.
[[nodiscard]] std::string tournament(const std::vector<Contestant>& contestants, Format format,
                                     const TableStyle& style);

}  // namespace gigasim::report
