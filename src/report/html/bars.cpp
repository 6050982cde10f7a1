#include "bars.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "display_width.hpp"
#include "scale.hpp"

namespace gigasim::report::html {
namespace {

constexpr int kTextLine = 15, kBarHeight = 9, kBarStep = 34, kTitleLine = 24, kGroupGap = 8, kAxisHeight = 24;

/// A name beside which a text on the right needs room: where the page is narrow it is cut.
std::string name_text(const std::string& name) {
  constexpr int kNarrow = 30;
  const std::string cut = shortened(name, kNarrow);
  if (cut == name) return escaped(name);
  return fmt::format("<tspan class=\"wide\">{}</tspan><tspan class=\"narrow\">{}</tspan>", escaped(name), escaped(cut));
}

std::string label_line(const Bar& bar, int y) {
  const std::string detail =
      bar.detail.empty() ? "" : fmt::format("<tspan class=\"wide\">{} · </tspan>", escaped(bar.detail));
  return fmt::format("<text x=\"0\" y=\"{0}\">{1}</text><text x=\"100%\" y=\"{0}\" class=\"end value\">{2}{3}</text>\n",
                     y, name_text(bar.name), detail, escaped(bar.text));
}

std::string shape(const Bar& bar, double top, int y) {
  const std::string outer = percent_of_width(bar.outer / top);
  std::string out = fmt::format(
      "<rect class=\"track\" x=\"0\" y=\"{0}\" width=\"100%\" height=\"{1}\"/>"
      "<rect class=\"s{2} pale\" x=\"0\" y=\"{0}\" width=\"{3}\" height=\"{1}\"/>"
      "<rect class=\"s{2}\" x=\"0\" y=\"{0}\" width=\"{4}\" height=\"{1}\"/>",
      y, kBarHeight, bar.series + 1, outer, percent_of_width(bar.inner / top));
  if (bar.open_ended) {
    out += fmt::format("<svg class=\"free\" x=\"{}\" y=\"{}\"><path class=\"s{}\" d=\"M1,-2l7,6.5l-7,6.5z\"/></svg>",
                       outer, y, bar.series + 1);
  }
  return out + '\n';
}

std::string marks(const Axis& axis, int y) {
  std::string out;
  for (const Tick& tick : axis.ticks) {
    const bool last = tick.place > 0.99;
    const char* anchor = tick.place == 0.0 ? "" : last ? " end" : " mid";
    const std::string unit = last || axis.ticks.size() == 1 ? fmt::format(" {}", axis.unit) : "";
    out += fmt::format("<text class=\"mark{}\" x=\"{}\" y=\"{}\">{}{}</text>", anchor, percent_of_width(tick.place), y,
                       tick.text, unit);
  }
  return out + '\n';
}

}  // namespace

std::string bar_chart(const ChartWords& words, const std::vector<BarGroup>& groups, std::string_view unit,
                      std::string_view before, std::string_view after) {
  double largest = 0.0;
  for (const BarGroup& group : groups) {
    for (const Bar& bar : group.bars) largest = std::max({largest, bar.inner, bar.outer});
  }
  const Axis axis = axis_to(largest, unit);
  std::string drawing;
  int y = 0;
  for (const BarGroup& group : groups) {
    if (!group.title.empty()) {
      drawing +=
          fmt::format("<text class=\"strong\" x=\"0\" y=\"{}\">{}</text>\n", y + kTextLine + 1, escaped(group.title));
      y += kTitleLine;
    }
    for (const Bar& bar : group.bars) {
      drawing += label_line(bar, y + kTextLine - 2) + shape(bar, axis.top, y + kTextLine + 4);
      y += kBarStep;
    }
    if (!group.title.empty()) y += kGroupGap;
  }
  drawing += marks(axis, y + kTextLine);
  return chart(words, Frame::kPage, y + kAxisHeight, drawing, before, after);
}

}  // namespace gigasim::report::html
