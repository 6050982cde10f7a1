#include "gigasim/units/draws.hpp"

#include <cmath>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::units {

double draw_exponential(RandomStream& random, double mean) {
  return -mean * portable_log(1.0 - random.uniform());
}

double draw_normal(RandomStream& random) {
  for (;;) {
    const double x = 2.0 * random.uniform() - 1.0;
    const double y = 2.0 * random.uniform() - 1.0;
    const double square = x * x + y * y;
    if (square > 0.0 && square < 1.0) return x * std::sqrt(-2.0 * portable_log(square) / square);
  }
}

double draw_beta(RandomStream& random, double a, double b) {
  for (;;) {
    const double x = portable_pow(random.uniform(), 1.0 / a);
    const double y = portable_pow(random.uniform(), 1.0 / b);
    const double sum = x + y;
    if (sum > 0.0 && sum <= 1.0) return x / sum;
  }
}

}  // namespace gigasim::units
