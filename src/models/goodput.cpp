#include "gigasim/models/goodput.hpp"

#include <cmath>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::models {

double young_interval(double blocking, double rate) {
  return std::sqrt(2.0 * blocking / rate);
}

double daly_interval(double blocking, double rate) {
  // Newton's steps on f(D) = 1 - exp(-lambda (D + w)) - lambda D, which is concave and falls through 0 once, below the
  // interval of first order plus w: from there they only fall, until rounding ends them.
  double interval = young_interval(blocking, rate) + blocking;
  for (int step = 0; step < 100; ++step) {
    const double survives = units::portable_exp(-rate * (interval + blocking));
    const double next = interval + (1.0 - survives - rate * interval) / (rate * (1.0 - survives));
    if (!(next < interval)) break;  // nor is it a number where saving takes no time
    interval = next;
  }
  return interval;
}

double effective_training_time_ratio(double rate, double interval, double blocking, double restart) {
  if (rate == 0.0) return interval / (interval + blocking);
  return rate * interval * units::portable_exp(-rate * restart) /
         (units::portable_exp(rate * (interval + blocking)) - 1.0);
}

}  // namespace gigasim::models
