#include "projection.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace gigasim::report::html {
namespace {

constexpr double kScale = 950.0;
constexpr MapPoint kCentre{300.0, 350.0};
constexpr units::GeoPoint kMiddle{52.0, 10.0};
constexpr double kRadian = std::numbers::pi / 180.0;

void append(std::string& path, const units::GeoPoint& place, bool first) {
  const MapPoint point = project(place);
  path += fmt::format("{}{:.1f},{:.1f}", first ? 'M' : 'L', point.x, point.y);
}

}  // namespace

MapPoint project(const units::GeoPoint& place) {
  const double lat = place.lat_deg * kRadian;
  const double lat0 = kMiddle.lat_deg * kRadian;
  const double lon = (place.lon_deg - kMiddle.lon_deg) * kRadian;
  const double cos_c = std::sin(lat0) * std::sin(lat) + std::cos(lat0) * std::cos(lat) * std::cos(lon);
  const double k = std::sqrt(2.0 / (1.0 + cos_c));
  const double east = k * std::cos(lat) * std::sin(lon);
  const double north = k * (std::cos(lat0) * std::sin(lat) - std::sin(lat0) * std::cos(lat) * std::cos(lon));
  return {kCentre.x + kScale * east, kCentre.y - kScale * north};
}

bool on_map(const MapPoint& point) {
  return point.x >= 0.0 && point.x <= kMapWidth && point.y >= 0.0 && point.y <= kMapHeight;
}

std::string graticule() {
  std::string path;
  for (int lon = -50; lon <= 70; lon += 10) {
    for (int lat = 25; lat <= 80; lat += 5) append(path, {double(lat), double(lon)}, lat == 25);
  }
  for (int lat = 30; lat <= 80; lat += 10) {
    for (int lon = -50; lon <= 70; lon += 5) append(path, {double(lat), double(lon)}, lon == -50);
  }
  return path;
}

}  // namespace gigasim::report::html
