#pragma once

#include <array>

#include "columns.hpp"

/// Countries, and the research network between places.
namespace gigasim::catalogue {

constexpr Column latitude() {
  return number("lat", "degrees", -90, 90);
}
constexpr Column longitude() {
  return number("lon", "degrees", -180, 180);
}

inline constexpr std::array kCountryColumns{text("id"),
                                            text("name"),
                                            yes_no("eu_member"),
                                            positive("population_million", "million", 1e4),
                                            text("population_date"),
                                            text("population_conf"),
                                            positive("gdp_beur", "billion EUR", 1e6),
                                            text("gdp_conf"),
                                            maybe(yes_no("cohesion_fund")),
                                            yes_no("hosts_ai_factory"),
                                            id_of("wan-nodes", "nren_node"),
                                            whole("utc_offset_h", "h", -12, 14),
                                            yes_no("summer_time"),
                                            text("confidence"),
                                            text("source")};

inline constexpr std::array kCarbonIntensityColumns{text("id"),
                                                    whole("year", "year", 1990, 2100),
                                                    number("g_co2e_per_kwh", "g/kWh", 0, 5e3),
                                                    text("basis"),
                                                    text("confidence"),
                                                    text("source")};

inline constexpr std::array kWanNodeColumns{text("id"),
                                            text("name"),
                                            text("city"),
                                            text("country"),
                                            latitude(),
                                            longitude(),
                                            word("kind", "pop | nren | ai_factory"),
                                            text("operator"),
                                            maybe(id_of("ai-factories", "factory")),
                                            text("note"),
                                            text("confidence"),
                                            text("source")};

inline constexpr std::array kWanLinkColumns{text("id"),
                                            id_of("wan-nodes", "from"),
                                            id_of("wan-nodes", "to"),
                                            text("kind"),
                                            text("medium"),
                                            number("great_circle_km", "km", 0, 20100),
                                            positive("fibre_km", "km", 1e5),
                                            maybe(positive("latency_measured_one_way_ms", "ms", 1e4)),
                                            positive("latency_one_way_ms", "ms", 1e4),
                                            positive("capacity_low_gbit_s", "Gbit/s", 1e6),
                                            positive("capacity_best_gbit_s", "Gbit/s", 1e6),
                                            positive("capacity_hyper_gbit_s", "Gbit/s", 1e6),
                                            text("topology_conf"),
                                            text("capacity_conf"),
                                            text("note"),
                                            text("confidence"),
                                            text("source")};
inline constexpr std::array<std::string_view, 1> kWanLinkOrder{
    "capacity_low_gbit_s <= capacity_best_gbit_s <= capacity_hyper_gbit_s"};

}  // namespace gigasim::catalogue
