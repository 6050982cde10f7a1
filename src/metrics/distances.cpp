#include "distances.hpp"

#include <cmath>

#include "gigasim/units/geo.hpp"

namespace gigasim::metrics {
namespace {

constexpr double kMetresPerKm = 1000.0;

}  // namespace

Distances::Distances(const scenario::Scenario& scenario, const std::vector<std::string>& origins) {
  for (const std::string& code : origins) {
    std::vector<std::int64_t>& row = metres_.emplace_back();
    const auto place = scenario.workload.origin_places.find(code);
    if (place == scenario.workload.origin_places.end()) continue;
    for (const scenario::Site& site : scenario.sites) {
      row.push_back(std::llround(units::great_circle_km(place->second, site.location) * kMetresPerKm));
    }
  }
}

}  // namespace gigasim::metrics
