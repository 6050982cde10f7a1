#include "gigasim/units/geo.hpp"

#include <cmath>
#include <numbers>

namespace gigasim::units {

double great_circle_km(const GeoPoint& a, const GeoPoint& b) {
  constexpr double kRadian = std::numbers::pi / 180.0;
  constexpr double kEarthKm = 6371.0;
  const double dlat = std::sin((b.lat_deg - a.lat_deg) * kRadian / 2.0);
  const double dlon = std::sin((b.lon_deg - a.lon_deg) * kRadian / 2.0);
  const double h = dlat * dlat + std::cos(a.lat_deg * kRadian) * std::cos(b.lat_deg * kRadian) * dlon * dlon;
  const double km = 2.0 * kEarthKm * std::asin(std::sqrt(std::fmin(1.0, h)));
  return std::round(km * 1000.0) / 1000.0;
}

}  // namespace gigasim::units
