#pragma once

#include <string>
#include <vector>

#include "gigasim/units/geo.hpp"

namespace gigasim::report::html {

/// A place on the map, in the pixels of its frame, from its upper left corner.
struct MapPoint {
  double x = 0.0, y = 0.0;
};

/// The frame of the map, as in web/europe_map.mjs.
inline constexpr double kMapWidth = 680.0, kMapHeight = 660.0;

/// Projects a place: Lambert azimuthal equal-area on a sphere with centre 10 E 52 N,
///
///     x =  k cos(lat) sin(lon - lon0)
///     y = -k (cos(lat0) sin(lat) - sin(lat0) cos(lat) cos(lon - lon0))     k = sqrt(2 / (1 + cos(c)))
///
/// with c the angle between the place and the centre, in units of 950 pixels. Areas keep their proportions. Source:
/// J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), equations 24-2 to 24-4.
[[nodiscard]] MapPoint project(const units::GeoPoint& place);

[[nodiscard]] bool on_map(const MapPoint& point);

/// Returns meridians and parallels, every ten degrees, as one SVG path.
[[nodiscard]] std::string graticule();

}  // namespace gigasim::report::html
