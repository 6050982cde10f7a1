#include "gigasim/units/grid.hpp"

#include <catch2/catch.hpp>

using namespace gigasim::units;

TEST_CASE("durations are rounded up to multiples of 1/1024 s", "[units][grid]") {
  CHECK(ceil_to_grid(Seconds{1.0}) == Seconds{1.0});
  CHECK(ceil_to_grid(Seconds{0.001}) == Seconds{2.0 / 1024.0});  // 0.001 x 1024 = 1.024 ticks
  CHECK(ceil_to_grid(Seconds{1e-9}) == Seconds{1.0 / 1024.0});
  CHECK(ceil_to_grid(Seconds{0.0}) == Seconds{0.0});
  CHECK_FALSE(on_grid(Seconds{0.001}));
  CHECK(on_grid(Seconds{0.5}));
}

TEST_CASE("ticks and seconds convert exactly over the years", "[units][grid]") {
  for (const Ticks ticks : {Ticks{0}, Ticks{1}, Ticks{1023}, Ticks{200} * 366 * 86400 * 1024 + 1}) {
    CHECK(to_ticks(from_ticks(ticks)) == ticks);
  }
}
