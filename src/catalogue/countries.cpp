#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "cells.hpp"
#include "editions.hpp"
#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::catalogue {
namespace {

units::GeoPoint place_of_node(std::string_view id) {
  for (const WanNode& node : wan_nodes()) {
    if (node.id == id) return node.location;
  }
  throw std::logic_error{fmt::format("the catalogue has no WAN node \"{}\"", id)};
}

Country read_country(const Row& row) {
  Country country;
  country.code = row.id();
  country.name = row["name"];
  country.eu_member = yes_no(row, "eu_member");
  country.cohesion = country.eu_member && yes_no(row, "cohesion_fund");
  country.population_million = required(row, "population_million");
  country.gdp_beur = required(row, "gdp_beur");
  country.utc_offset_hours = static_cast<int>(required(row, "utc_offset_h"));
  country.summer_time = yes_no(row, "summer_time");
  country.nren_node = row["nren_node"];
  country.location = place_of_node(country.nren_node);
  country.row = &row;
  return country;
}

}  // namespace

std::span<const Country> countries() {
  static PerEdition<std::vector<Country>> all{[] { return read_rows("countries", read_country); }};
  return all.get();
}

std::optional<double> find_carbon_intensity(std::string_view country) {
  const std::vector<Row>& rows = rows_of("carbon-intensity");
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id() == country; });
  return found == rows.end() ? std::nullopt : std::optional{required(*found, "g_co2e_per_kwh")};
}

const Country* find_country(std::string_view code) {
  const auto all = countries();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Country& c) { return c.code == code; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace gigasim::catalogue
