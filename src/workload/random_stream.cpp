#include "random_stream.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string>

#include "gigasim/units/digest.hpp"
#include "gigasim/units/portable_math.hpp"

namespace gigasim::workload {
namespace {

std::uint64_t generator_seed(std::uint64_t seed, std::string_view stream, std::string_view purpose) {
  const std::string digest = units::sha256_hex(fmt::format("{}/{}/{}", seed, stream, purpose));
  std::uint64_t value = 0;
  std::from_chars(digest.data(), digest.data() + 16, value, 16);
  return value;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view stream, std::string_view purpose)
    : generator_(generator_seed(seed, stream, purpose)) {}

double RandomStream::uniform() {
  return static_cast<double>(generator_() >> 11U) * 0x1p-53;
}

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
