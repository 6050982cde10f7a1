#include <algorithm>
#include <string>
#include <string_view>

#include "answer.hpp"
#include "display_width.hpp"
#include "gigasim/report/report.hpp"
#include "sections.hpp"
#include "text_table.hpp"

namespace gigasim::report {
namespace {

constexpr int kNarrowestTerminal = 40;

}  // namespace

TableStyle wide_enough(const TableStyle& style) {
  return {style.colour, std::max(style.width, kNarrowestTerminal)};
}

void append_paragraph(std::string& out, std::string_view text, Mood mood, const TableStyle& style, int indent) {
  for (const std::string& line : wrapped(without_controls(text), style.width, indent)) {
    out += coloured(line, mood, style.colour) + '\n';
  }
}

void append_section(std::string& out, const Section& section, const TableStyle& style) {
  out += '\n';
  append_paragraph(out, section.title, Mood::kStrong, style);
  if (!section.table.rows.empty()) out += terminal_table(section.table, style);
  for (const Cell& line : section.lines) append_paragraph(out, line.text, line.mood, style, 2);
}

std::string to_table(const metrics::Results& results, const TableStyle& style) {
  const TableStyle fit = wide_enough(style);
  std::string out;
  if (!results.complete) append_paragraph(out, kIncomplete, Mood::kBad, fit);
  append_paragraph(out, headline(results), Mood::kStrong, fit);
  for (const std::string& sentence : answer(results)) {
    append_paragraph(out, sentence, is_alarm(sentence) ? Mood::kBad : Mood::kPlain, fit);
  }
  for (const Section& section : sections(results)) append_section(out, section, fit);
  return out;
}

}  // namespace gigasim::report
