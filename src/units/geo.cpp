#include "gigasim/units/geo.hpp"

#include <cmath>
#include <numbers>

#include "gigasim/units/model_constant.hpp"

namespace gigasim::units {
namespace {

const ModelConstant kEarthRadiusKm{6371.0,
                                   {"units.earth_radius", "km", "great-circle distances: order of sites, distance_mean",
                                    "mean radius of the Earth (IUGG: 6371.009 km), rounded"}};

}  // namespace

double great_circle_km(const GeoPoint& a, const GeoPoint& b) {
  constexpr double kRadian = std::numbers::pi / 180.0;
  const double dlat = std::sin((b.lat_deg - a.lat_deg) * kRadian / 2.0);
  const double dlon = std::sin((b.lon_deg - a.lon_deg) * kRadian / 2.0);
  const double h = dlat * dlat + std::cos(a.lat_deg * kRadian) * std::cos(b.lat_deg * kRadian) * dlon * dlon;
  const double km = 2.0 * kEarthRadiusKm.value() * std::asin(std::sqrt(std::fmin(1.0, h)));
  return std::round(km * 1000.0) / 1000.0;
}

}  // namespace gigasim::units
