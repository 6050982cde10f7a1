#include "plot.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gigasim::report::html {
namespace {

constexpr int kHead = 20, kHeight = 200, kFoot = 26;
constexpr int kWhole = kHead + kHeight + kFoot;
constexpr std::size_t kMostLetters = 40;  ///< of names under the columns on a narrow page

/// The upright axis: its unit above, its marks in the margin that report.css leaves on the left, lines across.
std::string upright(const Axis& axis) {
  std::string out = fmt::format("<text class=\"mark end\" x=\"-8\" y=\"7\">{}</text>\n", escaped(axis.unit));
  for (const Tick& tick : axis.ticks) {
    const double y = kHead + (1.0 - tick.place) * kHeight;
    out += fmt::format(
        "<text class=\"mark end\" x=\"-8\" y=\"{1:.1f}\">{2}</text>"
        "<line class=\"guide\" x1=\"0\" x2=\"100%\" y1=\"{0:.1f}\" y2=\"{0:.1f}\"/>\n",
        y, y + 4.0, tick.text);
  }
  return out;
}

std::string column(double left, double width, double value, double top, std::string_view classes) {
  const double height = kHeight * value / top;
  return fmt::format(R"(<rect class="{}" x="{}" y="{:.1f}" width="{}" height="{:.1f}"/>)", classes,
                     percent_of_width(left), kHead + kHeight - height, percent_of_width(width), height);
}

std::optional<double> at(const std::vector<std::optional<double>>& values, std::size_t i) {
  return i < values.size() ? values[i] : std::nullopt;
}

double largest_of(const std::vector<Columns>& series) {
  double largest = 0.0;
  for (const Columns& columns : series) {
    for (const auto* list : {&columns.values, &columns.limits}) {
      for (const auto& value : *list) largest = std::max(largest, value.value_or(0.0));
    }
  }
  return largest;
}

/// The names under the columns; where they take much room, every other one gives way on a narrow page.
std::string category_names(const std::vector<std::string>& names) {
  std::size_t letters = 0;
  for (const std::string& name : names) letters += name.size();
  std::string out;
  std::size_t told = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) continue;
    const bool gives_way = letters > kMostLetters && told++ % 2 != 0;
    const double middle = (static_cast<double>(i) + 0.5) / static_cast<double>(names.size());
    out += fmt::format("<text class=\"mark mid{}\" x=\"{}\" y=\"{}\">{}</text>\n", gives_way ? " wide" : "",
                       percent_of_width(middle), kWhole - 8, escaped(names[i]));
  }
  return out;
}

std::string path_of(const Line& line, double top) {
  std::string out;
  for (const auto& [place, value] : line.points) {
    out += fmt::format("{}{:.1f},{:.1f}", out.empty() ? "M" : "L", place * 1000.0, (1.0 - value / top) * 1000.0);
  }
  return out;
}

std::string time_mark(const Tick& tick, bool gives_way) {
  constexpr double kEdge = 0.03;
  const char* anchor = tick.place < kEdge ? "" : tick.place > 1.0 - kEdge ? " end" : " mid";
  return fmt::format(
      "<line class=\"guide\" x1=\"{0}\" x2=\"{0}\" y1=\"{1}\" y2=\"{2}\"/>"
      "<text class=\"mark{3}{4}\" x=\"{0}\" y=\"{5}\">{6}</text>\n",
      percent_of_width(tick.place), kHead + kHeight, kHead + kHeight + 4, anchor, gives_way ? " wide" : "", kWhole - 6,
      tick.text);
}

}  // namespace

std::string column_chart(const ChartWords& words, const std::vector<std::string>& categories,
                         const std::vector<Columns>& series, std::string_view unit, std::string_view before,
                         std::string_view after) {
  const Axis axis = axis_to(largest_of(series), unit);
  std::string drawing = upright(axis);
  const double slot = 1.0 / static_cast<double>(std::max<std::size_t>(categories.size(), 1));
  const double width = slot * 0.8 / static_cast<double>(std::max<std::size_t>(series.size(), 1));
  for (std::size_t i = 0; i < categories.size(); ++i) {
    for (std::size_t s = 0; s < series.size(); ++s) {
      const double left = slot * (static_cast<double>(i) + 0.1) + width * static_cast<double>(s);
      const double drawn = width * 0.92;
      if (const auto limit = at(series[s].limits, i)) {
        drawing += column(left, drawn, *limit, axis.top, fmt::format("s{} pale", s + 1));
      }
      if (const auto value = at(series[s].values, i)) {
        drawing += column(left, drawn, *value, axis.top, fmt::format("s{}", s + 1));
      }
    }
    drawing += '\n';
  }
  return chart(words, Frame::kUprightAxis, {{kWhole, drawing + category_names(categories)}}, before, after);
}

std::string line_chart(const ChartWords& words, const std::vector<Line>& lines, const std::vector<Tick>& time,
                       const Axis& axis, std::string_view before, std::string_view after) {
  std::string drawing = upright(axis);
  drawing += fmt::format(R"(<svg y="{}" width="100%" height="{}" viewBox="0 0 1000 1000" preserveAspectRatio="none">)",
                         kHead, kHeight);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    drawing += fmt::format("<path class=\"line s{}\" d=\"{}\"/>\n", i + 1, path_of(lines[i], axis.top));
  }
  drawing += "</svg>\n";
  for (std::size_t i = 0; i < time.size(); ++i) drawing += time_mark(time[i], time.size() > 4 && i % 2 != 0);
  return chart(words, Frame::kUprightAxis, {{kWhole, drawing}}, before, after);
}

}  // namespace gigasim::report::html
