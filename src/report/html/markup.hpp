#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text_table.hpp"

/// Pieces of the HTML report. Everything that a scenario names goes through escaped(): a title is text, whatever it
/// holds.
namespace gigasim::report::html {

/// Escapes a text for its place between tags or, in double quotes, as an attribute.
[[nodiscard]] std::string escaped(std::string_view text);

/// A table in a box of its own that scrolls where the page is too narrow for it.
[[nodiscard]] std::string table(const TextTable& table, std::string_view caption);

/// A part that opens on request; `summary` is text, `body` is markup.
[[nodiscard]] std::string folded(std::string_view summary, std::string_view body);

/// A text for a cell of a table, where an empty one would look forgotten.
[[nodiscard]] inline std::string or_dash(const std::string& text) {
  return text.empty() ? "–" : text;
}

[[nodiscard]] std::string paragraph(std::string_view text);

/// Names of series with the colour of each, first to last. Nothing for a single one, whose name says nothing.
[[nodiscard]] std::string legend(const std::vector<std::string>& names);

/// What a chart tells a reader who does not see it. All are text.
struct ChartWords {
  std::string id;  ///< unique in the page; letters, digits, hyphens
  std::string title;
  std::string description;
};

/// What a chart's drawing starts from: the left edge of the page, or an upright axis whose marks stand left of it.
enum class Frame { kPage, kUprightAxis };

/// A drawing in SVG of the given height. Its widths are in per cent of the page's, so that letters keep their size.
struct Drawing {
  int height = 0;
  std::string content;
};

/// A chart with its caption; several drawings stand beside each other where the page is wide enough, and are one to a
/// reader who hears the page. `before` and `after` are markup around them (a legend, the data as a table).
[[nodiscard]] std::string chart(const ChartWords& words, Frame frame, const std::vector<Drawing>& drawings,
                                std::string_view before, std::string_view after);

}  // namespace gigasim::report::html
