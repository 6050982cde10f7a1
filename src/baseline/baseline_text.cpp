#include "baseline_text.hpp"

#include <fmt/format.h>

#include "gigasim/units/digest.hpp"
#include "gigasim/units/text.hpp"
#include "metric_units.hpp"

namespace gigasim::baseline {
namespace {

/// A YAML scalar in double quotes, on one line.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out + "\"";
}

std::string header(const Source& source) {
  std::string text = fmt::format("baseline: {}\n", kFormatVersion);
  text += fmt::format("scenario: {}\n", quoted(source.scenario));
  text += fmt::format("variant: {}\n", quoted(source.variant));
  text += fmt::format("made_with: {{ gigasim: {}, simgrid: {} }}\n", quoted(source.gigasim_version),
                      quoted(source.simgrid_version));
  text += "inputs:\n";
  text += fmt::format("  catalogue: {}\n", quoted(source.catalogue_digest));
  text += "  files:\n";
  for (const auto& file : source.files) text += fmt::format("    {}: {}\n", quoted(file.path), quoted(file.digest));
  return text;
}

std::string rules_text(const std::vector<Rule>& rules) {
  std::string text =
      "rules:  # yours to edit; the last one that fits a figure decides; exact, ignore, 2 %, 30 s, ...\n";
  for (const Rule& rule : rules) text += fmt::format("  {}: {}\n", quoted(rule.pattern), tolerance_text(rule));
  return text;
}

std::string figures_text(const std::vector<Entry>& entries) {
  std::string text = "metrics:\n";
  for (const Entry& entry : entries) text += fmt::format("  {}: {}\n", quoted(entry.name), quoted(figure_text(entry)));
  return text;
}

std::string history_text(const std::vector<HistoryLine>& history) {
  std::string text = "history:\n";
  for (const HistoryLine& line : history) {
    text += fmt::format("  - {{ date: {}, gigasim: {}, reason: {} }}\n", quoted(line.date), quoted(line.version),
                        quoted(line.reason));
  }
  return text;
}

}  // namespace

std::string tolerance_text(const Rule& rule) {
  switch (rule.tolerance) {
    case Rule::Tolerance::kIgnore:
      return "ignore";
    case Rule::Tolerance::kExact:
      return "exact";
    case Rule::Tolerance::kRelative:
      return units::format_percent(rule.amount);
    case Rule::Tolerance::kAbsolute:
      return full_quantity(rule.amount, rule.unit);
  }
  return {};
}

std::string figure_text(const Entry& entry) {
  if (!entry.figure) return "none";
  return (entry.figure->lower_bound ? ">= " : "") + full_quantity(entry.figure->value, entry.metric->unit);
}

std::string seal(const Baseline& baseline) {
  return units::sha256_hex(header(baseline.snapshot.source) + figures_text(baseline.snapshot.entries) +
                           history_text(baseline.history));
}

std::string to_text(const Baseline& baseline) {
  return "# What a run of this scenario gave. Compare with `gigasim baseline check`, change with `gigasim baseline "
         "update`.\n" +
         header(baseline.snapshot.source) + rules_text(baseline.rules) + figures_text(baseline.snapshot.entries) +
         history_text(baseline.history) + fmt::format("digest: {}\n", quoted(seal(baseline)));
}

}  // namespace gigasim::baseline
