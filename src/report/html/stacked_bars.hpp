#pragma once

#include <string>
#include <vector>

#include "markup.hpp"

namespace gigasim::report::html {

/// A part that all bars are made of, with its colour.
struct StackedPart {
  std::string name;
  std::size_t series = 0;
};

/// A horizontal bar over the whole width, whose parts are shares of their sum. What it says is written above it.
struct StackedBar {
  std::string name, text;
  std::vector<double> parts;
};

/// Draws bars above an axis from 0 to 100 %, with a legend of the parts in their order.
[[nodiscard]] std::string stacked_chart(const ChartWords& words, const std::vector<StackedPart>& parts,
                                        const std::vector<StackedBar>& bars, std::string_view after);

}  // namespace gigasim::report::html
