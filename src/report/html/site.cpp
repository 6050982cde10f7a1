#include "site.hpp"

#include <algorithm>

#include "gigasim/catalogue/catalogue.hpp"
#include "result_file.hpp"

namespace gigasim::report::html {
namespace {

/// Machines that follow each other at a site must not be counted twice: what counts is what is online at one moment.
bool online_before(const Json& partition, std::string_view end) {
  const std::string online = string_at(partition, "online");
  const std::string offline = string_at(partition, "offline");
  return online < end && (offline.empty() || offline >= end);  // ISO 8601 sorts as text
}

void add_partition(Site& site, const Json& partition, std::string_view end) {
  const std::string online = string_at(partition, "online").substr(0, std::string_view{"2027-01-01"}.size());
  if (!online.empty() && (site.online.empty() || online < site.online)) site.online = online;
  if (!online_before(partition, end)) return;
  const double count = number_at(partition, "count").value_or(0.0);
  site.accelerators += count;
  site.h100_equivalents += count * number_at(partition, "h100_equivalent").value_or(0.0);
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
  for (const Json& partition : list_at(json, "partitions")) add_partition(site, partition, end);
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
