#include "platform_json.hpp"

#include <algorithm>
#include <string_view>

#include "brokering_json.hpp"
#include "cost_json.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/scenario/rollout.hpp"

namespace gigasim::report {
namespace {

std::string_view kind_word(scenario::SiteKind kind) {
  switch (kind) {
    case scenario::SiteKind::kFactory:
      return "factory";
    case scenario::SiteKind::kGigafactory:
      return "gigafactory";
    case scenario::SiteKind::kSupercomputer:
      return "supercomputer";
    case scenario::SiteKind::kAntenna:
      return "antenna";
  }
  return "";
}

Json date_json(units::UtcTime date) {
  return date == scenario::kAlways ? Json(nullptr) : Json(units::format_utc_long(date));
}

/// The first moment with accelerators; null for always and for never.
Json online_json(const std::vector<scenario::CapacityStep>& steps) {
  return steps.empty() ? Json(nullptr) : date_json(steps.front().from);
}

Json offline_json(const std::vector<scenario::CapacityStep>& steps) {
  return steps.empty() || steps.back().accelerators > 0 ? Json(nullptr) : date_json(steps.back().from);
}

Json steps_json(const std::vector<scenario::CapacityStep>& steps) {
  Json array = Json::array();
  for (const scenario::CapacityStep& step : steps) {
    array.push_back({{"from", date_json(step.from)}, {"accelerators", step.accelerators}});
  }
  return array;
}

Json partition_json(const scenario::Site& site, const scenario::Partition& partition) {
  const auto* accelerator = catalogue::find_accelerator(partition.accelerator);
  const auto steps = scenario::capacity_steps(site, partition);
  const auto planned = scenario::planned_steps(site, partition);
  return {{"name", partition.name},
          {"accelerator", partition.accelerator},
          {"vendor", accelerator == nullptr ? Json(nullptr) : Json(std::string{(*accelerator->row)["vendor"]})},
          {"count", partition.count},
          {"per_node", partition.per_node},
          {"h100_equivalent", json_number(partition.h100_equivalent)},
          {"memory_gb", json_number(partition.memory.in_base_units() / 1e9, true)},
          {"idle_power_w", json_number(partition.idle_power.in_base_units())},
          {"full_power_w", json_number(partition.full_power.in_base_units())},
          {"online", online_json(steps)},
          {"offline", offline_json(steps)},
          {"online_planned", online_json(planned)},
          {"cancelled", partition.cancelled},
          {"steps", steps_json(steps)}};
}

Json site_json(const scenario::Site& site) {
  Json json = {
      {"name", site.name},
      {"title", site.title},
      {"kind", kind_word(site.kind)},
      {"country", site.country},
      {"latitude_deg", json_number(site.location.lat_deg)},
      {"longitude_deg", json_number(site.location.lon_deg)},
      {"pue", json_number(site.pue)},
      {"connection_mw", site.connection ? json_number(site.connection->in_base_units() / 1e6) : Json(nullptr)}};
  json["labels"] = Json::object();
  for (const auto& [key, value] : site.labels) json["labels"][key] = value;
  json["eligible"] = eligible_json(site.eligible);
  json["shares"] = shares_json(site.shares);
  json["cost"] = cost_values_json(site.cost);
  json["partitions"] = Json::array();
  for (const scenario::Partition& partition : site.partitions) {
    json["partitions"].push_back(partition_json(site, partition));
  }
  return json;
}

}  // namespace

Json platform_json(const scenario::Scenario& scenario) {
  Json sites = Json::array();
  for (const scenario::Site& site : scenario.sites) sites.push_back(site_json(site));
  return {{"sites", std::move(sites)}};
}

}  // namespace gigasim::report
