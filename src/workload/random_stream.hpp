#pragma once

#include <boost/random/mersenne_twister.hpp>
#include <cstdint>
#include <string_view>

namespace gigasim::workload {

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

/// Draws from the exponential distribution, by inversion.
[[nodiscard]] double draw_exponential(RandomStream& random, double mean);

/// Draws from the normal distribution of mean 0 and variance 1 (polar method; its second number is thrown away, so that
/// a draw depends on nothing but the stream).
[[nodiscard]] double draw_normal(RandomStream& random);

/// Draws from Beta(a, b) by Joehnk's rejection, which is quick for a, b < 1. May return exactly 0 or 1.
[[nodiscard]] double draw_beta(RandomStream& random, double a, double b);

}  // namespace gigasim::workload
