#include "markup.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace gigasim::report::html {
namespace {

std::string_view mood_class(Mood mood) {
  switch (mood) {
    case Mood::kGood:
      return " good";
    case Mood::kWarning:
      return " warn";
    case Mood::kBad:
      return " bad";
    case Mood::kStrong:
      return " strong";
    case Mood::kPlain:
      break;
  }
  return {};
}

std::string heading_cell(const Column& column) {
  return fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"n\"" : "", escaped(column.header));
}

/// The first cell of a row names it.
std::string body_cell(const Cell& cell, const Column& column, bool first) {
  if (first) {
    const char* strong = cell.mood == Mood::kStrong ? " class=\"strong\"" : "";
    return fmt::format("<th scope=\"row\"{}>{}</th>", strong, escaped(cell.text));
  }
  const std::string classes = fmt::format("{}{}", column.number ? "n" : "", mood_class(cell.mood));
  return fmt::format("<td{}>{}</td>", classes.empty() ? "" : fmt::format(" class=\"{}\"", classes), escaped(cell.text));
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : html_text(text)) {
    if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string table(const TextTable& table, std::string_view caption) {
  std::string out = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"{}\"><table><caption>{}</caption>\n<thead><tr>",
      escaped(caption), escaped(caption));
  for (const Column& column : table.columns) out += heading_cell(column);
  out += "</tr></thead>\n<tbody>\n";
  for (const std::vector<Cell>& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) out += body_cell(row[i], table.columns.at(i), i == 0);
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string folded(std::string_view summary, std::string_view body) {
  return fmt::format("<details><summary>{}</summary>\n{}</details>\n", escaped(summary), body);
}

std::string paragraph(std::string_view text) {
  return fmt::format("<p>{}</p>\n", escaped(text));
}

std::string legend(const std::vector<std::string>& names) {
  if (names.size() < 2) return {};
  std::string out = "<ul class=\"legend\">";
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += fmt::format("<li><span class=\"swatch s{}\"></span>{}</li>", i + 1, escaped(names[i]));
  }
  return out + "</ul>\n";
}

std::string chart(const ChartWords& words, Frame frame, const std::vector<Drawing>& drawings, std::string_view before,
                  std::string_view after) {
  std::string all;
  for (const Drawing& drawing : drawings) {
    const bool first = all.empty();
    const std::string role =
        first ? fmt::format(R"(role="img" aria-labelledby="{0}-t {0}-d")", words.id) : R"(aria-hidden="true")";
    const std::string told = fmt::format("<title id=\"{0}-t\">{1}</title><desc id=\"{0}-d\">{2}</desc>\n", words.id,
                                         escaped(words.title), escaped(words.description));
    all += fmt::format("<svg class=\"chart{}\" {} width=\"100%\" height=\"{}\">{}{}</svg>\n",
                       frame == Frame::kUprightAxis ? " upright" : "", role, drawing.height, first ? told : "",
                       drawing.content);
  }
  if (drawings.size() > 1) all = fmt::format("<div class=\"beside\">\n{}</div>\n", all);
  return fmt::format("<figure id=\"{}\"><figcaption>{}</figcaption>\n{}{}{}</figure>\n", words.id, escaped(words.title),
                     before, all, after);
}

}  // namespace gigasim::report::html
