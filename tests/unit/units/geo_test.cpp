#include "gigasim/units/geo.hpp"

#include <catch2/catch.hpp>

using namespace gigasim::units;

TEST_CASE("great-circle distances follow the sphere of 6371 km", "[units][geo]") {
  // A quarter of the circumference: pi / 2 x 6371 km = 10,007.543 km.
  CHECK(great_circle_km({0, 0}, {90, 0}) == Approx(10007.543).margin(0.001));
  CHECK(great_circle_km({0, 0}, {0, 90}) == Approx(10007.543).margin(0.001));
  CHECK(great_circle_km({0, 10}, {0, 190}) == Approx(20015.087).margin(0.001));
  CHECK(great_circle_km({52.374, 4.8897}, {52.374, 4.8897}) == 0.0);
}

TEST_CASE("a distance is symmetric and in whole metres", "[units][geo]") {
  const GeoPoint a{64.23, 27.7};
  const GeoPoint b{37.72, 24.05};
  const double km = great_circle_km(a, b);
  CHECK(km == great_circle_km(b, a));
  CHECK(km * 1000 == Approx(std::round(km * 1000)).margin(1e-6));
}
