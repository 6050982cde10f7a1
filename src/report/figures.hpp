#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gigasim/metrics/registry.hpp"
#include "gigasim/metrics/results.hpp"

namespace gigasim::report {

using Figure = metrics::Distribution::Figure;

/// Returns the figures of all metrics of the registry, in its order; nothing for a figure that has no sample.
[[nodiscard]] std::vector<std::optional<Figure>> figures_of(const metrics::Block& block);

/// Returns one figure by its metric's name; nothing when the metric is unknown or has no sample.
[[nodiscard]] std::optional<Figure> figure_of(const metrics::Block& block, std::string_view metric);

using metrics::blocks_of;

/// The groupings below the network: those of which results.json holds an array of blocks.
[[nodiscard]] std::vector<metrics::Grouping> array_groupings();

}  // namespace gigasim::report
