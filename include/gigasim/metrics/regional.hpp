#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Who gets what, by the country that jobs come from: docs/models/regional-balance.md.
namespace gigasim::metrics {

/// Ratios over the whole network. Nothing where there is no sample.
struct RegionalFigures {
  /// Gini coefficient of delivered H100-equivalent hours per inhabitant, each country weighing as its population.
  std::optional<double> delivered_gini;
  /// Jain's fairness index of the same, weighted in the same way.
  std::optional<double> delivered_jain;
  std::optional<double> capacity_hhi_country;  ///< Herfindahl-Hirschman index of H100-equivalent hours available
  std::optional<double> capacity_hhi_vendor;
  std::optional<double> served_at_home_share;  ///< of the H100-equivalent hours asked for by jobs of known origin
  bool operator==(const RegionalFigures&) const = default;
};

/// H100-equivalent hours asked for by the jobs submitted in the results period, the refused ones too, by what had
/// become of them at its end. `asked` is the sum of `served`, `under_way` and `not_served`.
struct AskedHours {
  double asked = 0.0;
  double served = 0.0;      ///< delivered: the next three add up to it, unless the origin is not known
  double at_home = 0.0;     ///< by sites in the country of origin
  double in_eu = 0.0;       ///< by sites in another country of the EU
  double outside_eu = 0.0;  ///< by sites in another country that is not of the EU
  double under_way = 0.0;   ///< what jobs that run at the end had still to get
  double not_served = 0.0;  ///< of jobs that wait at the end, were refused, or ended before they had all
  bool operator==(const AskedHours&) const = default;
};

/// A country of origin, or several of them taken together.
struct RegionalRow {
  std::string name;                         ///< "FI"; "hosts"; "unknown"
  std::int64_t countries = 0;               ///< that occur as origins; 0 for "unknown"
  bool host = false;                        ///< of a country: accelerators were online there in the results period
  bool antenna = false;                     ///< of a country: an antenna and no accelerators online
  std::optional<bool> eu_member, cohesion;  ///< of a country that is known
  std::optional<double> population_million, gdp_beur;  ///< of the countries that are known
  double h100_equivalent_hours = 0.0;                  ///< delivered in the results period, to jobs of the whole run
  std::optional<double> per_million, per_beur;         ///< of these, per million inhabitants and EUR bn of GDP
  AskedHours asked;
  bool operator==(const RegionalRow&) const = default;
};

/// H100-equivalent hours available in the results period, and their share of all.
struct CapacityShare {
  std::string name;
  double h100_equivalent_hours = 0.0;
  double share = 0.0;
  bool operator==(const CapacityShare&) const = default;
};

struct Regional {
  std::vector<RegionalRow> countries;              ///< that occur as origins, by code
  std::optional<RegionalRow> unknown;              ///< jobs without origin
  std::vector<RegionalRow> groups;                 ///< hosts, non_hosts, cohesion, other_eu, non_eu, antennas
  std::vector<CapacityShare> capacity_by_country;  ///< by code
  std::vector<CapacityShare> capacity_by_vendor;   ///< by name
  std::optional<double> gini_of_countries, jain_of_countries;  ///< each country once, whatever its population
  bool operator==(const Regional&) const = default;
};

}  // namespace gigasim::metrics
