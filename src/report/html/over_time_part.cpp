#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gigasim/report/humane.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/text.hpp"
#include "markup.hpp"
#include "plot.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

/// The time that all results together cover, in seconds since 1970.
struct Span {
  double begin = 0.0, end = 0.0;
};

Span span_of(const Results& results) {
  Span span{results.front().begin, results.front().end};
  for (const Result& result : results) {
    span.begin = std::min(span.begin, result.begin);
    span.end = std::max(span.end, result.end);
  }
  return span;
}

double utilisation(const NetworkHour& hour) {
  return hour.online > 0.0 ? hour.busy / hour.online : 0.0;
}

double queue_length(const NetworkHour& hour) {
  return hour.queue_length;
}

std::vector<Line> lines_of(const Results& results, const Span& span, double (*value)(const NetworkHour&)) {
  std::vector<Line> lines;
  for (const Result& result : results) {
    Line& line = lines.emplace_back();
    line.name = result.label;
    const NetworkSeries& series = result.series;
    for (std::size_t i = 0; i < series.at.size(); ++i) {
      const double middle = series.begin + (static_cast<double>(i) + 0.5) * series.step;
      line.points.emplace_back(std::clamp((middle - span.begin) / (span.end - span.begin), 0.0, 1.0),
                               value(series.at[i]));
    }
  }
  return lines;
}

double largest_of(const std::vector<Line>& lines) {
  double largest = 0.0;
  for (const Line& line : lines) {
    for (const auto& point : line.points) largest = std::max(largest, point.second);
  }
  return largest;
}

std::string extremes(const std::vector<Line>& lines, double factor, std::string_view unit) {
  std::string text;
  for (const Line& line : lines) {
    if (line.points.empty()) continue;
    const auto [low, high] = std::minmax_element(line.points.begin(), line.points.end(),
                                                 [](const auto& a, const auto& b) { return a.second < b.second; });
    text += fmt::format(" {}: from {} to {}{}.", line.name, humane::number(low->second * factor),
                        humane::number(high->second * factor), unit);
  }
  return text;
}

/// A few dozen means are as much of a curve as a table can tell.
std::string series_table(const Results& results) {
  constexpr std::size_t kRows = 31;
  TextTable all{{{"from (UTC)", false, 0},
                 {"result", false, 0},
                 {"utilisation", true, 0},
                 {"jobs waiting", true, 0},
                 {"accelerators online", true, 0}},
                {}};
  for (const Result& result : results) {
    const NetworkSeries means = coarser(result.series, kRows);
    for (std::size_t i = 0; i < means.at.size(); ++i) {
      const auto moment = static_cast<std::int64_t>(means.begin + static_cast<double>(i) * means.step);
      all.rows.push_back({{units::format_utc(units::UtcTime{moment})},
                          {result.label},
                          {humane::percent(utilisation(means.at[i]))},
                          {humane::number(means.at[i].queue_length)},
                          {humane::number(means.at[i].online)}});
    }
  }
  return folded("Utilisation and queue as a table", table(all, "Means over time, all sites together"));
}

std::string step_words(const Results& results) {
  double step = 0.0;
  for (const Result& result : results) step = std::max(step, result.series.step);
  return units::format_quantity(step, units::duration_units());
}

}  // namespace

std::string over_time_part(const Results& results) {
  const bool there =
      std::any_of(results.begin(), results.end(), [](const Result& r) { return r.series.at.size() > 1; });
  if (!there) return {};
  const Span span = span_of(results);
  const std::vector<Tick> time = time_ticks(span.begin, span.end);
  const std::string colours = legend(labels(results));
  const std::vector<Line> busy = lines_of(results, span, utilisation);
  const std::vector<Line> queue = lines_of(results, span, queue_length);
  const std::string intro =
      paragraph(fmt::format("All sites together; each point is the mean of {}.", step_words(results)));
  const Axis whole{1.0, "%", {{0.0, "0"}, {0.25, "25"}, {0.5, "50"}, {0.75, "75"}, {1.0, "100"}}};
  return intro +
         line_chart({"utilisation", "Utilisation: share of the accelerators online that are busy",
                     "Utilisation over time." + extremes(busy, 100.0, " %")},
                    busy, time, whole, colours, "") +
         line_chart({"queue", "Jobs waiting in all queues", "Queue length over time." + extremes(queue, 1.0, " jobs")},
                    queue, time, axis_to(largest_of(queue), "jobs"), colours, series_table(results));
}

}  // namespace gigasim::report::html
