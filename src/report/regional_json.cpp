#include "regional_json.hpp"

namespace gigasim::report {
namespace {

Json flag_or_null(const std::optional<bool>& flag) {
  return flag ? Json(*flag) : Json(nullptr);
}

Json share_or_null(double part, double whole) {
  return whole > 0.0 ? json_number(part / whole) : Json(nullptr);
}

/// `placed`: whether home and abroad mean anything.
Json asked_json(const metrics::AskedHours& asked, bool placed) {
  Json json = {{"h100_equivalent_hours", json_number(asked.asked)},
               {"served_h100_equivalent_hours", json_number(asked.served)}};
  json["at_home_share"] = placed ? share_or_null(asked.at_home, asked.asked) : Json(nullptr);
  json["in_eu_share"] = placed ? share_or_null(asked.in_eu, asked.asked) : Json(nullptr);
  json["outside_eu_share"] = placed ? share_or_null(asked.outside_eu, asked.asked) : Json(nullptr);
  json["under_way_share"] = share_or_null(asked.under_way, asked.asked);
  json["not_served_share"] = share_or_null(asked.not_served, asked.asked);
  return json;
}

void add_hours(Json& json, const metrics::RegionalRow& row) {
  json["population_million"] = number_or_null(row.population_million);
  json["gdp_beur"] = number_or_null(row.gdp_beur);
  json["h100_equivalent_hours"] = json_number(row.h100_equivalent_hours);
  json["h100_equivalent_hours_per_million_inhabitants"] = number_or_null(row.per_million);
  json["h100_equivalent_hours_per_gdp_beur"] = number_or_null(row.per_beur);
  json["asked"] = asked_json(row.asked, true);
}

Json country_json(const metrics::RegionalRow& row) {
  Json json = {{"name", row.name}, {"host", row.host}, {"antenna", row.antenna}};
  json["eu_member"] = flag_or_null(row.eu_member);
  json["cohesion"] = flag_or_null(row.cohesion);
  add_hours(json, row);
  return json;
}

Json group_json(const metrics::RegionalRow& row) {
  Json json = {{"name", row.name}, {"countries", row.countries}};
  add_hours(json, row);
  return json;
}

Json unknown_json(const std::optional<metrics::RegionalRow>& row) {
  if (!row) return nullptr;
  return {{"h100_equivalent_hours", json_number(row->h100_equivalent_hours)}, {"asked", asked_json(row->asked, false)}};
}

Json capacity_shares_json(const char* what, const std::vector<metrics::CapacityShare>& shares) {
  Json array = Json::array();
  for (const metrics::CapacityShare& share : shares) {
    array.push_back({{what, share.name},
                     {"h100_equivalent_hours_available", json_number(share.h100_equivalent_hours)},
                     {"share", json_number(share.share)}});
  }
  return array;
}

}  // namespace

Json regional_json(const metrics::Results& results) {
  const metrics::Regional& regional = results.regional;
  const metrics::RegionalFigures& figures = results.network.regional;
  Json json;
  json["countries"] = Json::array();
  for (const auto& row : regional.countries) json["countries"].push_back(country_json(row));
  json["unknown"] = unknown_json(regional.unknown);
  json["groups"] = Json::array();
  for (const auto& row : regional.groups) json["groups"].push_back(group_json(row));
  json["concentration"] = {{"hhi_country", number_or_null(figures.capacity_hhi_country)},
                           {"hhi_vendor", number_or_null(figures.capacity_hhi_vendor)},
                           {"by_country", capacity_shares_json("country", regional.capacity_by_country)},
                           {"by_vendor", capacity_shares_json("vendor", regional.capacity_by_vendor)}};
  json["equality"] = {{"gini", number_or_null(figures.delivered_gini)},
                      {"jain", number_or_null(figures.delivered_jain)},
                      {"gini_of_countries", number_or_null(regional.gini_of_countries)},
                      {"jain_of_countries", number_or_null(regional.jain_of_countries)}};
  json["served_at_home_share"] = number_or_null(figures.served_at_home_share);
  return json;
}

Json provenance_json(const metrics::Results& results) {
  return {{"capacity", capacity_shares_json("basis", results.capacity_by_basis)}};
}

}  // namespace gigasim::report
