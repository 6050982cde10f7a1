#include <fmt/format.h>

#include "gigasim/baseline/comparison.hpp"
#include "gigasim/report/humane.hpp"

namespace gigasim::baseline {
namespace {

constexpr std::string_view kRed = "\x1b[31m", kGreen = "\x1b[32m", kReset = "\x1b[0m";

std::string coloured(std::string_view colour, const std::string& text, const report::TableStyle& style) {
  return style.colour ? fmt::format("{}{}{}", colour, text, kReset) : text;
}

std::string title(const Source& source) {
  return source.variant.empty() ? source.scenario : fmt::format("{} (variant {})", source.scenario, source.variant);
}

}  // namespace

std::string to_text(const Comparison& comparison, const report::TableStyle& style, std::size_t most) {
  const bool bad = comparison.regressed();
  std::vector<const Change*> moved;
  for (const Change& change : comparison.changes) {
    if (change.kind == Change::Kind::kMoved || change.kind == Change::Kind::kGone) moved.push_back(&change);
  }
  const std::size_t checked = comparison.changes.size() - comparison.of(Change::Kind::kNew).size();
  const std::size_t within = comparison.of(Change::Kind::kWithinTolerance).size();
  const std::size_t is_new = comparison.of(Change::Kind::kNew).size();
  const bool fine = !bad && comparison.problems.empty();
  std::string text = !fine ? coloured(kRed, "✗ ", style) : coloured(kGreen, "✓ ", style);
  text += fmt::format("{}: {} of {} moved", title(comparison.after),
                      report::humane::count(static_cast<std::int64_t>(moved.size()), "figure"), checked);
  if (within > 0) text += fmt::format(", {} within tolerance", within);
  if (is_new > 0) text += fmt::format(", {} not in the baseline yet", is_new);
  text += '\n';
  if (bad) {
    for (const std::string& cause : causes(comparison.before, comparison.after)) text += "    " + cause + '\n';
  }
  for (const std::string& problem : comparison.problems) text += fmt::format("    error: {}\n", problem);
  std::size_t shown = 0;
  for (const Change* change : moved) {
    if (most != 0 && shown == most) {
      text += fmt::format("  ... and {} more\n", moved.size() - shown);
      break;
    }
    ++shown;
    text += fmt::format("  {}\n      {}\n", in_words(*change), figures_in_words(*change));
  }
  return text;
}

}  // namespace gigasim::baseline
