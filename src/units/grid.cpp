#include "gigasim/units/grid.hpp"

#include <cmath>

namespace gigasim::units {

Seconds ceil_to_grid(Seconds t) {
  return Seconds{std::ceil(t.in_base_units() * kTicksPerSecond) / kTicksPerSecond};
}

bool on_grid(Seconds t) {
  const double ticks = t.in_base_units() * kTicksPerSecond;
  return ticks == std::floor(ticks);
}

}  // namespace gigasim::units
