#include "bars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "display_width.hpp"
#include "scale.hpp"

namespace gigasim::report::html {
namespace {

constexpr int kTextLine = 15, kBarHeight = 9, kBarStep = 34, kTitleLine = 24, kGroupGap = 8, kAxisHeight = 24;

constexpr int kTallest = 860;  ///< of one column on a printed page

/// A name beside which a text on the right needs room: where the page is narrow it is cut, and always in two columns.
std::string name_text(const std::string& name, bool two_columns) {
  constexpr int kNarrow = 30;
  constexpr int kHalf = 20;
  const std::string cut = shortened(name, two_columns ? kHalf : kNarrow);
  if (cut == name || two_columns) return escaped(cut);
  return fmt::format(R"(<tspan class="wide">{}</tspan><tspan class="narrow">{}</tspan>)", escaped(name), escaped(cut));
}

std::string label_line(const Bar& bar, int y, bool two_columns) {
  const std::string detail =
      bar.detail.empty() ? "" : fmt::format("<tspan class=\"wide\">{} · </tspan>", escaped(bar.detail));
  return fmt::format("<text x=\"0\" y=\"{0}\">{1}</text><text x=\"100%\" y=\"{0}\" class=\"end value\">{2}{3}</text>\n",
                     y, name_text(bar.name, two_columns), detail, escaped(bar.text));
}

std::string shape(const Bar& bar, double top, int y) {
  const std::string outer = percent_of_width(bar.outer / top);
  std::string out = fmt::format(
      "<rect class=\"track\" x=\"0\" y=\"{0}\" width=\"100%\" height=\"{1}\"/>"
      "<rect class=\"s{2} pale\" x=\"0\" y=\"{0}\" width=\"{3}\" height=\"{1}\"/>"
      "<rect class=\"s{2}\" x=\"0\" y=\"{0}\" width=\"{4}\" height=\"{1}\"/>",
      y, kBarHeight, bar.series + 1, outer, percent_of_width(bar.inner / top));
  if (bar.open_ended) {
    out += fmt::format(R"(<svg class="free" x="{}" y="{}"><path class="s{}" d="M1,-2l7,6.5l-7,6.5z"/></svg>)", outer, y,
                       bar.series + 1);
  }
  return out + '\n';
}

std::string marks(const Axis& axis, int y) {
  std::string out;
  for (const Tick& tick : axis.ticks) {
    const bool last = tick.place > 0.99;
    const char* anchor = tick.place == 0.0 ? "" : last ? " end" : " mid";
    const std::string unit = last || axis.ticks.size() == 1 ? fmt::format(" {}", axis.unit) : "";
    out += fmt::format(R"(<text class="mark{}" x="{}" y="{}">{}{}</text>)", anchor, percent_of_width(tick.place), y,
                       tick.text, unit);
  }
  return out + '\n';
}

int height_of(const BarGroup& group) {
  const int bars = kBarStep * static_cast<int>(group.bars.size());
  return group.title.empty() ? bars : kTitleLine + bars + kGroupGap;
}

double largest_of(const std::vector<BarGroup>& groups) {
  double largest = 0.0;
  for (const BarGroup& group : groups) {
    for (const Bar& bar : group.bars) largest = std::max({largest, bar.inner, bar.outer});
  }
  return largest;
}

Drawing draw(std::span<const BarGroup> groups, const Axis& axis, bool two_columns) {
  std::string content;
  int top = 0;
  for (const BarGroup& group : groups) {
    int y = top;
    if (!group.title.empty()) {
      content +=
          fmt::format("<text class=\"strong\" x=\"0\" y=\"{}\">{}</text>\n", y + kTextLine + 1, escaped(group.title));
      y += kTitleLine;
    }
    for (const Bar& bar : group.bars) {
      content += label_line(bar, y + kTextLine - 2, two_columns) + shape(bar, axis.top, y + kTextLine + 4);
      y += kBarStep;
    }
    top += height_of(group);
  }
  return {top + kAxisHeight, content + marks(axis, top + kTextLine)};
}

/// How many groups stand in the first of two columns; all of them where one column is enough.
std::size_t first_column(const std::vector<BarGroup>& groups) {
  constexpr int kHighEnough = 330;
  int height = 0;
  for (const BarGroup& group : groups) height += height_of(group);
  return height <= kHighEnough ? groups.size() : (groups.size() + 1) / 2;
}

}  // namespace

std::size_t groups_on_a_page(std::size_t bars_per_group) {
  BarGroup group{bars_per_group > 1 ? "title" : "", {}};
  group.bars.resize(bars_per_group);
  return 2 * static_cast<std::size_t>(std::max(1, kTallest / height_of(group)));
}

std::string bar_chart(const ChartWords& words, const std::vector<BarGroup>& groups, std::string_view unit,
                      std::string_view before, std::string_view after) {
  const Axis axis = axis_to(largest_of(groups), unit);
  const std::span all{groups};
  const std::size_t first = first_column(groups);
  const bool two_columns = first < groups.size();
  std::vector<Drawing> drawings{draw(all.first(first), axis, two_columns)};
  if (two_columns) drawings.push_back(draw(all.subspan(first), axis, two_columns));
  return chart(words, Frame::kPage, drawings, before, after);
}

std::string bars_in_words(std::string_view title, const std::vector<BarGroup>& groups) {
  std::string words = fmt::format("{}, from 0.", title);
  for (const BarGroup& group : groups) {
    const std::string lead = group.title.empty() ? "" : group.title + ", ";
    for (const Bar& bar : group.bars) {
      words += fmt::format(" {}{}: {}{}{}.", lead, bar.name, bar.detail, bar.detail.empty() ? "" : ", ", bar.text);
    }
  }
  return words;
}

}  // namespace gigasim::report::html
