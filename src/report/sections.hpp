#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gigasim/metrics/results.hpp"
#include "text_table.hpp"

namespace gigasim::report {

/// One part of a report for people: a table, or lines of text, or both.
struct Section {
  std::string title;
  TextTable table;
  std::vector<Cell> lines;
};

/// What a report for people says below its answer. Parts that have nothing to say are left out.
[[nodiscard]] std::vector<Section> sections(const metrics::Results& results);

/// Widens a style to what tables need at least.
[[nodiscard]] TableStyle wide_enough(const TableStyle& style);
/// Append to a report for a terminal: lines of a text, or a section.
void append_paragraph(std::string& out, std::string_view text, Mood mood, const TableStyle& style, int indent = 0);
void append_section(std::string& out, const Section& section, const TableStyle& style);
/// Appends a section to a report in Markdown.
void append_markdown_section(std::string& out, const Section& section);

inline constexpr const char* kIncomplete =
    "INCOMPLETE: the run was stopped early; all figures cover only what had been simulated by then.";

}  // namespace gigasim::report
