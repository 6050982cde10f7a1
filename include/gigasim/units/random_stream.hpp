#pragma once

#include <boost/random/mersenne_twister.hpp>
#include <cstdint>
#include <string_view>

namespace gigasim::units {

/// The random numbers of one purpose of one stream. What another purpose, stream or site draws never shifts them:
/// the generator is MT19937-64, seeded with the first 64 bits of SHA-256("SEED/STREAM/PURPOSE"). `purpose` has no
/// slash.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::string_view stream, std::string_view purpose);

  /// Returns a number in [0, 1), a multiple of 2^-53.
  [[nodiscard]] double uniform();

 private:
  boost::random::mt19937_64 generator_;
};

}  // namespace gigasim::units
