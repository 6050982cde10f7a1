#include <cmath>

#include "gigasim/units/portable_math.hpp"
#include "random_stream.hpp"

namespace gigasim::workload {

double draw_exponential(RandomStream& random, double mean) {
  return -mean * units::portable_log(1.0 - random.uniform());
}

double draw_normal(RandomStream& random) {
  for (;;) {
    const double x = 2.0 * random.uniform() - 1.0;
    const double y = 2.0 * random.uniform() - 1.0;
    const double square = x * x + y * y;
    if (square > 0.0 && square < 1.0) return x * std::sqrt(-2.0 * units::portable_log(square) / square);
  }
}

double draw_beta(RandomStream& random, double a, double b) {
  for (;;) {
    const double x = units::portable_pow(random.uniform(), 1.0 / a);
    const double y = units::portable_pow(random.uniform(), 1.0 / b);
    const double sum = x + y;
    if (sum > 0.0 && sum <= 1.0) return x / sum;
  }
}

}  // namespace gigasim::workload
