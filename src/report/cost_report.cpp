#include <algorithm>

#include "cost_files.hpp"
#include "cost_sections.hpp"
#include "gigasim/report/cost.hpp"
#include "text_table.hpp"

namespace gigasim::report {
namespace {

std::string cost_table(const CostInput& input, const cost::Assessment& assessment, const TableStyle& style) {
  const TableStyle fit = wide_enough(style);
  std::string out;
  if (!input.complete) append_paragraph(out, kIncomplete, Mood::kBad, fit);
  append_paragraph(out, cost_headline(input), Mood::kStrong, fit);
  for (const std::string& sentence : cost_answer(assessment)) append_paragraph(out, sentence, Mood::kPlain, fit);
  for (const Section& section : cost_sections(assessment)) append_section(out, section, fit);
  return out;
}

std::string cost_markdown(const CostInput& input, const cost::Assessment& assessment) {
  std::string out;
  if (!input.complete) out += std::string{"**"} + kIncomplete + "**\n\n";
  out += "## " + markdown_text(cost_headline(input)) + "\n\n";
  for (const std::string& sentence : cost_answer(assessment)) out += markdown_text(sentence) + '\n';
  for (const Section& section : cost_sections(assessment)) append_markdown_section(out, section);
  return out;
}

}  // namespace

std::string to_text(const CostInput& input, const cost::Assessment& assessment, Format format,
                    const TableStyle& style) {
  if (format == Format::kJson) return json_text(cost_json(input, assessment));
  if (format == Format::kCsv) return cost_csv(assessment);
  if (format == Format::kMarkdown) return cost_markdown(input, assessment);
  return cost_table(input, assessment, style);
}

}  // namespace gigasim::report
