#include "site.hpp"

#include <algorithm>

#include "gigasim/catalogue/catalogue.hpp"
#include "result_file.hpp"

namespace gigasim::report::html {
namespace {

constexpr std::string_view kNever = "never";

bool before(const std::string& moment, std::string_view end) {
  return moment < end;  // ISO 8601 sorts as text; an empty one means "always"
}

/// Machines that follow each other at a site must not be counted twice: what counts is what is online at one moment.
double online_at(const Json& partition, std::string_view end) {
  const double count = number_at(partition, "count").value_or(0.0);
  if (value_at(partition, "steps") == nullptr) {
    const std::string offline = string_at(partition, "offline");
    const bool gone = !offline.empty() && before(offline, end);
    return before(string_at(partition, "online"), end) && !gone ? count : 0.0;
  }
  double accelerators = 0.0;
  for (const Json& step : list_at(partition, "steps")) {
    if (before(string_at(step, "from"), end)) accelerators = number_at(step, "accelerators").value_or(0.0);
  }
  return accelerators;
}

/// The day on which a partition goes online first; empty when it always is.
std::string first_day(const Json& partition) {
  const Json* steps = value_at(partition, "steps");
  if (steps != nullptr && steps->is_array() && steps->empty()) return std::string{kNever};
  return string_at(partition, "online").substr(0, std::string_view{"2027-01-01"}.size());
}

void add_partition(Site& site, const Json& partition, std::string_view end, bool first) {
  const std::string online = first_day(partition);  // "never" sorts behind all dates
  if (first || online < site.online) site.online = online;
  const double accelerators = online_at(partition, end);
  if (accelerators <= 0.0) return;
  site.accelerators += accelerators;
  site.h100_equivalents += accelerators * number_at(partition, "h100_equivalent").value_or(0.0);
  const std::string model = string_at(partition, "accelerator");
  if (site.models.find(model) == std::string::npos) site.models += (site.models.empty() ? "" : ", ") + model;
}

Site site_from(const Json& json, std::string_view end) {
  Site site;
  site.name = string_at(json, "name");
  site.title = string_at(json, "title");
  site.kind = string_at(json, "kind");
  site.country = string_at(json, "country");
  const auto lat = number_at(json, "latitude_deg");
  const auto lon = number_at(json, "longitude_deg");
  if (lat && lon) site.place = units::GeoPoint{*lat, *lon};
  site.connection_mw = number_at(json, "connection_mw");
  site.pue = number_at(json, "pue");
  bool first = true;
  for (const Json& partition : list_at(json, "partitions")) {
    add_partition(site, partition, end, first);
    first = false;
  }
  return site;
}

}  // namespace

std::vector<Site> sites_of(const Json& results) {
  const std::string end = string_at(results, "period.results_end");
  std::vector<Site> sites;
  for (const Json& json : list_at(results, "platform.sites")) sites.push_back(site_from(json, end));
  std::stable_sort(sites.begin(), sites.end(),
                   [](const Site& a, const Site& b) { return a.h100_equivalents > b.h100_equivalents; });
  return sites;
}

std::string kind_words(std::string_view kind) {
  if (kind == "factory") return "AI factory";
  if (kind == "gigafactory") return "AI gigafactory";
  if (kind == "supercomputer") return "Supercomputer";
  if (kind == "antenna") return "Antenna";
  return std::string{kind};
}

std::string country_name(std::string_view code) {
  const catalogue::Country* country = catalogue::find_country(code);
  return country == nullptr ? std::string{code} : country->name;
}

}  // namespace gigasim::report::html
