#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "display_width.hpp"
#include "embedded.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"
#include "map_labels.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"
#include "site.hpp"

namespace gigasim::report::html {
namespace {

constexpr double kLargestRadius = 30.0, kSmallestRadius = 3.5, kAntennaSize = 4.5;
constexpr int kLongestName = 22;

/// Which colour a kind of site has; colours of the page's style, not of the results.
std::string_view kind_class(std::string_view kind) {
  if (kind == "gigafactory") return "s2";
  if (kind == "supercomputer") return "s3";
  if (kind == "antenna") return "s4";
  return "s1";
}

struct MapOfSites {
  std::string label;  ///< of the results that share it
  std::vector<Site> sites;
};

/// One map for all results with the same sites.
std::vector<MapOfSites> distinct_maps(const Results& results) {
  std::vector<MapOfSites> maps;
  for (const Result& result : results) {
    std::vector<Site> sites = sites_of(result.results);
    if (sites.empty()) continue;
    const auto same = std::find_if(maps.begin(), maps.end(), [&](const MapOfSites& m) { return m.sites == sites; });
    if (same != maps.end()) {
      same->label += ", " + result.label;
    } else {
      maps.push_back({result.label, std::move(sites)});
    }
  }
  return maps;
}

double largest_site(const std::vector<MapOfSites>& maps) {
  double largest = 0.0;
  for (const MapOfSites& map : maps) largest = std::max(largest, map.sites.front().h100_equivalents);
  return largest;
}

double radius_of(double h100_equivalents, double largest) {
  if (largest <= 0.0) return kSmallestRadius;
  return std::max(kSmallestRadius, kLargestRadius * std::sqrt(h100_equivalents / largest));
}

std::string countries() {
  std::string out;
  std::string_view rest = europe_map();
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) continue;
    const catalogue::Country* country = catalogue::find_country(line.substr(0, space));
    const bool member = country != nullptr && country->eu_member;
    out += fmt::format("<path class=\"{}\" d=\"{}\"/>\n", member ? "land eu" : "land", line.substr(space + 1));
  }
  return out;
}

/// Coasts and borders are by far the largest part of a map, so the first one draws them for all.
std::string background(bool first) {
  if (!first) return "<use href=\"#land\"/>\n";
  return fmt::format("<g id=\"land\">\n<path class=\"graticule\" d=\"{}\"/>\n{}</g>\n", graticule(), countries());
}

std::string hover_text(const Site& site) {
  const std::string name = site.title.empty() ? site.name : site.title;
  const std::string size =
      site.h100_equivalents > 0.0 ? fmt::format(", {} H100 equivalents", humane::number(site.h100_equivalents)) : "";
  return escaped(fmt::format("{} ({}, {}){}", name, kind_words(site.kind), country_name(site.country), size));
}

std::string mark(const Site& site, const MapMark& mark) {
  if (site.kind == "antenna") {
    return fmt::format(
        "<path class=\"site {0}\" d=\"M{1:.1f},{2:.1f}l{3},{3}l{3},-{3}l-{3},-{3}z\"><title>{4}</title></path>\n",
        kind_class(site.kind), mark.at.x - kAntennaSize, mark.at.y, kAntennaSize, hover_text(site));
  }
  return fmt::format(
      "<circle class=\"site {}{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"><title>{}</title></circle>\n",
      kind_class(site.kind), site.h100_equivalents > 0.0 ? "" : " hollow", mark.at.x, mark.at.y, mark.radius,
      hover_text(site));
}

std::vector<MapMark> marks_of(const std::vector<Site>& sites, double largest) {
  std::vector<MapMark> marks;
  for (const Site& site : sites) {
    MapMark& mark = marks.emplace_back();
    mark.at = site.place ? project(*site.place) : MapPoint{-1.0, -1.0};
    mark.radius = site.kind == "antenna" ? kAntennaSize : radius_of(site.h100_equivalents, largest);
    if (on_map(mark.at) && site.kind != "antenna") mark.name = shortened(site.name, kLongestName);
  }
  return marks;
}

std::string marks_and_names(const std::vector<Site>& sites, double largest) {
  const std::vector<MapMark> marks = marks_of(sites, largest);
  const auto labels = place_labels(marks);
  std::string out;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (on_map(marks[i].at)) out += mark(sites[i], marks[i]);
  }
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (!labels[i]) continue;
    out += fmt::format("<text class=\"site-name{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                       labels[i]->to_the_left ? " end" : "", labels[i]->at.x, labels[i]->at.y + 4.0,
                       escaped(marks[i].name));
  }
  return out;
}

/// Circles of round sizes, to read the others by.
std::string size_key(double largest) {
  if (largest <= 0.0) return {};
  const double power = std::pow(10.0, std::floor(std::log10(largest)));
  const double round = largest >= 5.0 * power ? 5.0 * power : largest >= 2.0 * power ? 2.0 * power : power;
  std::string out = R"(<g class="key"><text x="14" y="196">H100 equivalents</text>)";
  const double bottom = 206.0 + 2.0 * radius_of(round, largest);
  for (const double size : {round, round / 5.0}) {
    const double radius = radius_of(size, largest);
    out += fmt::format(R"(<circle class="hollow" cx="46" cy="{0:.1f}" r="{1:.1f}"/>)", bottom - radius, radius);
    out += fmt::format(R"(<text x="86" y="{:.1f}">{}</text>)", bottom - 2.0 * radius + 8.0, humane::number(size));
  }
  return out + "</g>\n";
}

std::string listed_names(const std::vector<Site>& sites) {
  constexpr std::size_t kNamed = 5;
  std::string out;
  std::size_t count = 0;
  for (const Site& site : sites) {
    if (site.h100_equivalents <= 0.0 || count++ >= kNamed) continue;
    out += fmt::format("{}{} with {}", out.empty() ? "" : ", ", site.name, humane::number(site.h100_equivalents));
  }
  if (count > kNamed) out += fmt::format(" and {} more", count - kNamed);
  return out;
}

std::string description(const std::vector<Site>& sites) {
  const auto antennas = std::count_if(sites.begin(), sites.end(), [](const Site& s) { return s.kind == "antenna"; });
  std::string text = fmt::format("A map of Europe with {}", humane::count(std::ssize(sites) - antennas, "site"));
  if (antennas > 0) text += fmt::format(" and {}", humane::count(antennas, "antenna"));
  const std::string names = listed_names(sites);
  return text + (names.empty() ? "." : fmt::format(". H100 equivalents: {}.", names));
}

std::string kind_key(const std::vector<Site>& sites) {
  std::string out = "<ul class=\"legend\">";
  for (const std::string_view kind : {"factory", "gigafactory", "supercomputer", "antenna"}) {
    const bool there = std::any_of(sites.begin(), sites.end(), [&](const Site& site) { return site.kind == kind; });
    if (!there) continue;
    out += fmt::format("<li><span class=\"swatch {} {}\"></span>{}</li>", kind_class(kind),
                       kind == "antenna" ? "diamond" : "round", kind_words(kind));
  }
  return out + "</ul>\n";
}

std::string off_the_map(const std::vector<Site>& sites) {
  std::string names;
  for (const Site& site : sites) {
    if (site.place && on_map(project(*site.place))) continue;
    names += (names.empty() ? "" : ", ") + site.name;
  }
  return names.empty() ? "" : paragraph(fmt::format("Not within the frame of the map: {}.", names));
}

Cell number_or_dash(const std::optional<double>& value) {
  return {value ? humane::number(*value) : "–"};
}

std::string site_table(const MapOfSites& map) {
  TextTable sites{{{"site", false, 0},
                   {"name", false, 0},
                   {"kind", false, 0},
                   {"country", false, 0},
                   {"accelerators", true, 0},
                   {"model", false, 0},
                   {"H100 equivalents", true, 0},
                   {"grid connection, MW", true, 0},
                   {"PUE", true, 0},
                   {"online from", false, 0}},
                  {}};
  for (const Site& site : map.sites) {
    sites.rows.push_back({{site.name},
                          {site.title},
                          {kind_words(site.kind)},
                          {country_name(site.country)},
                          {units::grouped(std::llround(site.accelerators))},
                          {site.models.empty() ? "–" : site.models},
                          {units::grouped(std::llround(site.h100_equivalents))},
                          number_or_dash(site.connection_mw),
                          number_or_dash(site.pue),
                          {site.kind == "antenna" ? "–"
                           : site.online.empty()  ? "always"
                                                  : site.online}});
  }
  return folded("The sites as a table",
                table(sites, fmt::format("Sites of {}, as online at the end of the results period", map.label)));
}

std::string drawn_map(const MapOfSites& map, std::size_t number, double largest, bool alone) {
  const std::string id = fmt::format("map-{}", number);
  const std::string title = alone ? "Sites" : "Sites: " + map.label;
  return fmt::format(
      "<figure id=\"{0}\"><figcaption>{1}</figcaption>\n"
      "<svg class=\"map{2}\" role=\"img\" aria-labelledby=\"{0}-t {0}-d\" viewBox=\"0 0 {3} {4}\">"
      "<title id=\"{0}-t\">{1}</title><desc id=\"{0}-d\">{5}</desc>\n"
      "<rect class=\"sea\" width=\"{3}\" height=\"{4}\"/>\n{6}{7}{8}</svg>\n"
      "{9}{10}{11}</figure>\n",
      id, escaped(title), alone ? "" : " small", kMapWidth, kMapHeight, escaped(description(map.sites)),
      background(number == 1), size_key(largest), marks_and_names(map.sites, largest), kind_key(map.sites),
      off_the_map(map.sites), site_table(map));
}

}  // namespace

std::string map_part(const Results& results) {
  const std::vector<MapOfSites> maps = distinct_maps(results);
  if (maps.empty()) return {};
  const double largest = largest_site(maps);
  std::string out = paragraph(
      "The area of a circle stands for the H100 equivalents online at the end of the results period: accelerators, "
      "each "
      "weighted by its dense BF16 rate over that of an NVIDIA H100. Members of the European Union have a shade of "
      "their own.");
  if (europe_map().empty()) {
    out += paragraph(
        "This program was built without the data for coasts and borders, so the map shows only "
        "meridians and parallels, ten degrees apart.");
  }
  out += maps.size() > 1 ? "<div class=\"maps\">\n" : "";
  for (std::size_t i = 0; i < maps.size(); ++i) out += drawn_map(maps[i], i + 1, largest, maps.size() == 1);
  return out + (maps.size() > 1 ? "</div>\n" : "");
}

}  // namespace gigasim::report::html
