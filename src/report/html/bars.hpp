#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "markup.hpp"

namespace gigasim::report::html {

/// A horizontal bar: strong up to `inner`, pale up to `outer`. What it says is written above it.
struct Bar {
  std::string name;
  std::size_t series = 0;    ///< which colour
  std::string detail, text;  ///< on the right; the detail stands before the text and gives way on a narrow page
  double inner = 0.0, outer = 0.0;
  bool open_ended = false;  ///< the true value lies at `outer` or beyond
};

/// Bars of one group stand under its title; without a title they stand alone.
struct BarGroup {
  std::string title;
  std::vector<Bar> bars;
};

/// How many groups, each with a title if it has several bars, fit on a printed page.
[[nodiscard]] std::size_t groups_on_a_page(std::size_t bars_per_group);

/// Draws groups of bars on one scale from 0, whose marks are in the unit of the registry given; many of them in two
/// columns.
[[nodiscard]] std::string bar_chart(const ChartWords& words, const std::vector<BarGroup>& groups, std::string_view unit,
                                    std::string_view before, std::string_view after);

/// A chart as sentences, for readers who do not see it.
[[nodiscard]] std::string bars_in_words(std::string_view title, const std::vector<BarGroup>& groups);

}  // namespace gigasim::report::html
