#pragma once

namespace gigasim::units {

/// A place on the globe in degrees, WGS84: latitude -90..90 north, longitude -180..180 east.
struct GeoPoint {
  double lat_deg = 0.0;
  double lon_deg = 0.0;
  bool operator==(const GeoPoint&) const = default;
};

/// Returns the great-circle distance in km on a sphere of radius 6371 km (haversine), rounded to 1 m so that the last
/// bits of the mathematics library cannot decide between two sites. Error against the ellipsoid: below 0.6 %.
[[nodiscard]] double great_circle_km(const GeoPoint& a, const GeoPoint& b);

}  // namespace gigasim::units
