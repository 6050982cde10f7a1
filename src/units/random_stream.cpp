#include "gigasim/units/random_stream.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>

#include "gigasim/units/digest.hpp"

namespace gigasim::units {
namespace {

std::uint64_t generator_seed(std::uint64_t seed, std::string_view stream, std::string_view purpose) {
  const std::string digest = sha256_hex(fmt::format("{}/{}/{}", seed, stream, purpose));
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

}  // namespace gigasim::units
