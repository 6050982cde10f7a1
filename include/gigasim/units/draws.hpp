#pragma once

#include "gigasim/units/random_stream.hpp"

namespace gigasim::units {

/// Draws from the exponential distribution, by inversion.
[[nodiscard]] double draw_exponential(RandomStream& random, double mean);

/// Draws from the normal distribution of mean 0 and variance 1 (polar method; its second number is thrown away, so that
/// a draw depends on nothing but the stream).
[[nodiscard]] double draw_normal(RandomStream& random);

/// Draws from Beta(a, b) by Joehnk's rejection, which is quick for a, b < 1. May return exactly 0 or 1.
[[nodiscard]] double draw_beta(RandomStream& random, double a, double b);

}  // namespace gigasim::units
