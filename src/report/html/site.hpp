#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gigasim/units/geo.hpp"
#include "results_json.hpp"

namespace gigasim::report::html {

/// A site of `platform.sites` in results.json, as a map and a table need it.
struct Site {
  std::string name, title, kind, country;
  std::optional<units::GeoPoint> place;
  double accelerators = 0.0, h100_equivalents = 0.0;  ///< online at the end of the results period
  std::string models;                                 ///< of its accelerators, "GH200-96, H100-SXM5-80"
  std::string online;  ///< the first day of any accelerator: empty for always, or "never"
  std::optional<double> connection_mw, pue;
  bool operator==(const Site&) const = default;
};

/// Returns the sites of a result, largest first; none where results.json does not tell of them.
[[nodiscard]] std::vector<Site> sites_of(const Json& results);

[[nodiscard]] std::string kind_words(std::string_view kind);  ///< "AI factory"
/// Returns the name of a country, or its code where the catalogue does not know it.
[[nodiscard]] std::string country_name(std::string_view code);

}  // namespace gigasim::report::html
