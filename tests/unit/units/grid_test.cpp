#include "gigasim/units/grid.hpp"

#include <catch2/catch.hpp>

#include "gigasim/units/share.hpp"

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

TEST_CASE("a share of whole things is rounded down, but not by the rounding of its own decimals", "[units][share]") {
  CHECK(whole_share(0.1, 10) == 1);
  CHECK(whole_share(0.1, 19) == 1);
  CHECK(whole_share(0.29, 100) == 29);  // 0.29 x 100 is 28.999999999999996 in doubles
  CHECK(whole_share(0.0, 100) == 0);
  CHECK(whole_share(1.0, 7) == 7);
  CHECK(whole_share(0.5, 0) == 0);
}
