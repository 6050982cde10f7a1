#pragma once

namespace gigasim::models {

inline constexpr double kGiga = 1e9;
inline constexpr double kTera = 1e12;
inline constexpr double kBitsPerByte = 8.0;

}  // namespace gigasim::models
