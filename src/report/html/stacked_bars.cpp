#include "stacked_bars.hpp"

#include <fmt/format.h>

#include <numeric>

#include "display_width.hpp"
#include "scale.hpp"

namespace gigasim::report::html {
namespace {

constexpr int kLabelLine = 15, kStackHeight = 12, kStackStep = 38, kMarksHeight = 24;

std::string stack(const StackedBar& bar, const std::vector<StackedPart>& parts, int y) {
  const double whole = std::accumulate(bar.parts.begin(), bar.parts.end(), 0.0);
  std::string out = fmt::format(R"(<rect class="track" x="0" y="{}" width="100%" height="{}"/>)", y, kStackHeight);
  double begin = 0.0;
  for (std::size_t i = 0; i < parts.size() && whole > 0.0; ++i) {
    const double share = bar.parts.at(i) / whole;
    if (share > 0.0) {
      out += fmt::format(R"(<rect class="s{}" x="{}" y="{}" width="{}" height="{}"/>)", parts[i].series + 1,
                         percent_of_width(begin), y, percent_of_width(share), kStackHeight);
    }
    begin += share;
  }
  return out + '\n';
}

std::string percent_marks(int y) {
  return fmt::format(R"(<text class="mark" x="0" y="{0}">0</text><text class="mark mid" x="50%" y="{0}">50</text>)"
                     "<text class=\"mark end\" x=\"100%\" y=\"{0}\">100 %</text>\n",
                     y);
}

std::string parts_legend(const std::vector<StackedPart>& parts) {
  std::string out = "<ul class=\"legend\">";
  for (const StackedPart& part : parts) {
    out += fmt::format("<li><span class=\"swatch s{}\"></span>{}</li>", part.series + 1, escaped(part.name));
  }
  return out + "</ul>\n";
}

}  // namespace

std::string stacked_chart(const ChartWords& words, const std::vector<StackedPart>& parts,
                          const std::vector<StackedBar>& bars, std::string_view after) {
  constexpr int kLongestName = 24;
  std::string labels;
  // A thin line in the colour of the page parts neighbours whose colours a reader cannot tell apart.
  std::string stacks = "<g style=\"stroke:var(--paper);stroke-width:1\">\n";
  int y = 0;
  for (const StackedBar& bar : bars) {
    labels +=
        fmt::format("<text x=\"0\" y=\"{0}\">{1}</text><text x=\"100%\" y=\"{0}\" class=\"end value\">{2}</text>\n",
                    y + kLabelLine - 2, escaped(shortened(bar.name, kLongestName)), escaped(bar.text));
    stacks += stack(bar, parts, y + kLabelLine + 4);
    y += kStackStep;
  }
  const Drawing drawing{y + kMarksHeight, labels + stacks + "</g>\n" + percent_marks(y + kLabelLine)};
  return chart(words, Frame::kPage, {drawing}, parts_legend(parts), after);
}

}  // namespace gigasim::report::html
