#include "gigasim/units/portable_math.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

using namespace gigasim::units;

namespace {

/// Distance to the C library's result in units in the last place of that result.
double ulps(double ours, double reference) {
  const double ulp =
      std::nextafter(std::fabs(reference), std::numeric_limits<double>::infinity()) - std::fabs(reference);
  return std::fabs(ours - reference) / ulp;
}

}  // namespace

TEST_CASE("the logarithm is within 4 ulp of the C library's", "[units][portable_math]") {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-700.0, 700.0);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  double worst = 0.0;
  for (int i = 0; i < 200'000; ++i) {
    const double wide = std::exp(exponent(random));
    const double narrow = unit(random) + 0x1p-60;
    worst = std::max({worst, ulps(portable_log(wide), std::log(wide)), ulps(portable_log(narrow), std::log(narrow))});
  }
  CHECK(worst <= 4.0);
  CHECK(portable_log(1.0) == 0.0);
  CHECK(std::isinf(portable_log(0.0)));
  CHECK(std::isnan(portable_log(-1.0)));
}

TEST_CASE("the exponential is within 4 ulp of the C library's", "[units][portable_math]") {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> exponent(-700.0, 700.0);
  double worst = 0.0;
  for (int i = 0; i < 200'000; ++i) {
    const double x = exponent(random);
    worst = std::max({worst, ulps(portable_exp(x), std::exp(x)), ulps(portable_exp(x / 700.0), std::exp(x / 700.0))});
  }
  CHECK(worst <= 4.0);
  CHECK(portable_exp(0.0) == 1.0);
  CHECK(portable_exp(-800.0) == 0.0);
  CHECK(std::isinf(portable_exp(800.0)));
}

TEST_CASE("powers are within a relative error of 1e-13", "[units][portable_math]") {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> base(1e-12, 1.0);
  std::uniform_real_distribution<double> exponent(0.1, 3.0);
  for (int i = 0; i < 100'000; ++i) {
    const double x = base(random);
    const double y = exponent(random);
    REQUIRE(portable_pow(x, y) == Approx(std::pow(x, y)).epsilon(1e-13).scale(0));
  }
  CHECK(portable_pow(0.0, 2.5) == 0.0);
}
