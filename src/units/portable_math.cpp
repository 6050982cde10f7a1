#include "gigasim/units/portable_math.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace gigasim::units {
namespace {

// ln 2 in two parts: the first has trailing zeros, so that k * kLn2High is exact for every exponent k of a double.
constexpr double kLn2High = 0x1.62e42fefa3800p-1;
constexpr double kLn2Low = 0x1.ef35793c76730p-45;
constexpr double kLn2 = 0x1.62e42fefa39efp-1;

/// 1/0!, 1/1!, ... 1/14!
constexpr auto kInverseFactorial = [] {
  std::array<double, 15> inverse{1.0};
  double factorial = 1.0;
  for (std::size_t n = 1; n < inverse.size(); ++n) {
    factorial *= static_cast<double>(n);
    inverse[n] = 1.0 / factorial;
  }
  return inverse;
}();

}  // namespace

double portable_log(double x) {
  if (x == 0.0) return -std::numeric_limits<double>::infinity();
  if (!(x > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  if (std::isinf(x)) return x;
  int exponent = 0;
  double m = std::frexp(x, &exponent);  // 0.5 <= m < 1
  if (m < 0.70710678118654752) {
    m *= 2.0;
    --exponent;
  }
  // log m = 2 atanh(z), z = (m - 1) / (m + 1), |z| <= 0.1716: eleven terms reach 1e-18.
  const double z = (m - 1.0) / (m + 1.0);
  const double w = z * z;
  double series = 0.0;
  for (int n = 23; n >= 3; n -= 2) series = (series + 1.0 / n) * w;
  const double k = exponent;
  return k * kLn2High + (2.0 * z + (2.0 * z * series + k * kLn2Low));
}

double portable_exp(double x) {
  if (std::isnan(x)) return x;
  if (x > 709.79) return std::numeric_limits<double>::infinity();
  if (x < -745.2) return 0.0;
  const double k = std::floor(x / kLn2 + 0.5);
  const double r = (x - k * kLn2High) - k * kLn2Low;  // |r| <= 0.3466: fourteen terms reach 1e-18
  // Estrin's scheme: pairs, pairs of pairs and so on do not wait for each other, as Horner's terms do.
  const auto& c = kInverseFactorial;
  const double r2 = r * r;
  const double r4 = r2 * r2;
  const double r8 = r4 * r4;
  const auto four = [&](std::size_t n) { return (c[n] + c[n + 1] * r) + (c[n + 2] + c[n + 3] * r) * r2; };
  const double series = (four(0) + four(4) * r4) + (four(8) + ((c[12] + c[13] * r) + c[14] * r2) * r4) * r8;
  const auto exponent = static_cast<int>(k);
  if (exponent < -1022 || exponent > 1023) return std::ldexp(series, exponent);
  return series * std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52U);  // 2^k, faster than ldexp
}

double portable_pow(double x, double y) {
  if (x == 0.0) return y > 0.0 ? 0.0 : std::numeric_limits<double>::infinity();
  return portable_exp(y * portable_log(x));
}

}  // namespace gigasim::units
