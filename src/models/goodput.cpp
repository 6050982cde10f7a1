#include "gigasim/models/goodput.hpp"

#include <cmath>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::models {

double young_interval(double blocking, double rate) {
  return std::sqrt(2.0 * blocking / rate);
}

double daly_interval(double blocking, double rate) {
  // f(D) = 1 - exp(-lambda (D + w)) - lambda D falls through 0 once, below the interval of first order plus w.
  double low = 0.0;
  double high = young_interval(blocking, rate) + blocking;
  for (int step = 0; step < 100; ++step) {
    const double middle = (low + high) / 2.0;
    const bool before = 1.0 - units::portable_exp(-rate * (middle + blocking)) > rate * middle;
    (before ? low : high) = middle;
  }
  return low;
}

double effective_training_time_ratio(double rate, double interval, double blocking, double restart) {
  if (rate == 0.0) return interval / (interval + blocking);
  return rate * interval * units::portable_exp(-rate * restart) /
         (units::portable_exp(rate * (interval + blocking)) - 1.0);
}

}  // namespace gigasim::models
