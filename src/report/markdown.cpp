#include <string>

#include "answer.hpp"
#include "gigasim/report/report.hpp"
#include "sections.hpp"
#include "text_table.hpp"

namespace gigasim::report {

void append_markdown_section(std::string& out, const Section& section) {
  out += "\n### " + markdown_text(section.title) + "\n\n";
  if (!section.table.rows.empty()) out += markdown_table(section.table);
  for (const Cell& line : section.lines) out += "- " + markdown_text(line.text) + '\n';
}

std::string to_markdown(const metrics::Results& results) {
  std::string out;
  if (!results.complete) out += std::string{"**"} + kIncomplete + "**\n\n";
  out += "## " + markdown_text(headline(results)) + "\n\n";
  for (const std::string& sentence : answer(results)) out += markdown_text(sentence) + '\n';
  for (const Section& section : sections(results)) append_markdown_section(out, section);
  return out;
}

}  // namespace gigasim::report
