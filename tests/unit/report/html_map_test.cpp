#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "display_width.hpp"
#include "html/map_labels.hpp"
#include "html/projection.hpp"

using namespace gigasim;
using report::html::MapMark;
using report::html::MapPoint;
using report::html::project;

namespace {

constexpr double kRadian = std::numbers::pi / 180.0;

/// The area of a small square on the map, over that on the sphere.
double area_scale(double lat, double lon) {
  constexpr double kStep = 0.01;
  const MapPoint a = project({lat, lon});
  const MapPoint east = project({lat, lon + kStep});
  const MapPoint north = project({lat + kStep, lon});
  const double drawn = (east.x - a.x) * (north.y - a.y) - (north.x - a.x) * (east.y - a.y);
  return std::fabs(drawn) / (kStep * kStep * std::cos((lat + kStep / 2.0) * kRadian));
}

}  // namespace

TEST_CASE("the map's centre is where 52 N and 10 E meet", "[report][html]") {
  CHECK(project({52.0, 10.0}).x == Approx(300.0));
  CHECK(project({52.0, 10.0}).y == Approx(350.0));
}

TEST_CASE("along the middle meridian a place is as far from the centre as the chord of the angle", "[report][html]") {
  // Equal-area azimuthal: the distance on the map is 2 sin(c / 2) for an angle c from the centre; 950 pixels per unit.
  for (const double angle : {-15.0, -5.0, 8.0, 18.0}) {
    const MapPoint point = project({52.0 + angle, 10.0});
    CHECK(point.x == Approx(300.0));
    CHECK(point.y == Approx(350.0 - 950.0 * 2.0 * std::sin(angle / 2.0 * kRadian)));
  }
}

TEST_CASE("east is right, west is left, and they are mirror images", "[report][html]") {
  const MapPoint east = project({45.0, 25.0});
  const MapPoint west = project({45.0, -5.0});
  CHECK(east.x > 300.0);
  CHECK(east.x - 300.0 == Approx(300.0 - west.x));
  CHECK(east.y == Approx(west.y));
}

TEST_CASE("equal areas on the globe are equal areas on the map", "[report][html]") {
  const double at_the_centre = area_scale(52.0, 10.0);
  for (const auto& [lat, lon] : {std::pair{36.0, -9.0}, {35.0, 33.0}, {65.0, -20.0}, {70.0, 27.0}, {48.0, 38.0}}) {
    CHECK(area_scale(lat, lon) == Approx(at_the_centre).epsilon(0.001));
  }
}

TEST_CASE("the corners of the European Union are on the map, its far territories are not", "[report][html]") {
  using report::html::on_map;
  CHECK(on_map(project({38.7, -9.1})));         // Lisbon
  CHECK(on_map(project({34.7, 33.0})));         // Limassol
  CHECK(on_map(project({35.9, 14.5})));         // Valletta
  CHECK(on_map(project({69.9, 27.0})));         // Utsjoki
  CHECK(on_map(project({64.1, -21.9})));        // Reykjavik
  CHECK_FALSE(on_map(project({28.1, -15.4})));  // Las Palmas
  CHECK_FALSE(on_map(project({4.9, -52.3})));   // Cayenne
}

TEST_CASE("names on the map cover neither marks nor other names, wherever sites are", "[report][html]") {
  std::mt19937 random{20290101};
  std::uniform_real_distribution<double> x{0.0, report::html::kMapWidth};
  std::uniform_real_distribution<double> y{0.0, report::html::kMapHeight};
  for (int round = 0; round < 50; ++round) {
    std::vector<MapMark> marks;
    for (int i = 0; i < 40; ++i)
      marks.push_back({{x(random), y(random)}, 4.0 + i % 9, "site-" + std::string(i % 12, 'x')});
    const auto labels = report::html::place_labels(marks);
    REQUIRE(labels.size() == marks.size());
    struct Span {
      double left, right, y;
    };
    std::vector<Span> lines;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      if (!labels[i]) continue;
      const double width = 6.0 * report::display_width(marks[i].name);  // a letter of 11 px is 6 px wide on average
      const double left = labels[i]->to_the_left ? labels[i]->at.x - width : labels[i]->at.x;
      lines.push_back({left, left + width, labels[i]->at.y});
    }
    CHECK(lines.size() >= 10);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (std::size_t j = i + 1; j < lines.size(); ++j) {
        const bool beside = lines[i].right < lines[j].left || lines[j].right < lines[i].left;
        CHECK((beside || std::fabs(lines[i].y - lines[j].y) >= 11.0));
      }
      for (const MapMark& mark : marks) {
        const double dx = std::max({lines[i].left - mark.at.x, mark.at.x - lines[i].right, 0.0});
        CHECK(std::hypot(dx, lines[i].y - mark.at.y) >= mark.radius);
      }
    }
  }
}

TEST_CASE("a site alone has its name on the right, one at the right edge on the left", "[report][html]") {
  const auto labels = report::html::place_labels({{{300.0, 300.0}, 10.0, "alone"}, {{670.0, 100.0}, 10.0, "edge"}});
  REQUIRE(labels[0]);
  REQUIRE(labels[1]);
  CHECK_FALSE(labels[0]->to_the_left);
  CHECK(labels[0]->at.x > 310.0);
  CHECK(labels[1]->to_the_left);
  CHECK(labels[1]->at.x < 660.0);
}
