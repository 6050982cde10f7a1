#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scenario {

/// How much faster a job runs on n accelerators than on one.
struct SpeedUp {
  enum class Law {
    kLinear,  ///< S(n) = n
    kAmdahl,  ///< S(n) = 1 / (s + (1 - s) / n), s the serial share (Amdahl 1967)
    kPower,   ///< S(n) = n^a
    kPoints,  ///< straight lines between given points; the last value holds beyond the last point
  } law = Law::kLinear;
  double parameter = 1.0;                               ///< s or a
  std::vector<std::pair<std::int64_t, double>> points;  ///< rising in both; for kPoints
  bool operator==(const SpeedUp&) const = default;

  /// S(n) for n >= 1. Below the first point: in proportion to it.
  [[nodiscard]] double at(std::int64_t accelerators) const;
};

/// Which of the sizes that a queue accepts a moldable job is given.
enum class SizePick : std::uint8_t {
  kEarliestEnd,  ///< the one with the earliest estimated end, the smaller of two that tie
  kLargest,
};

/// The sizes that a moldable job may be given when it is submitted.
struct Moulding {
  std::int64_t min = 1, max = 1;
  SpeedUp speed_up;
  SizePick pick = SizePick::kEarliestEnd;
  double min_efficiency = 0.0;  ///< of the sizes above min: S(n) / n at least
  bool operator==(const Moulding&) const = default;

  /// min, 2 min, 4 min, ... up to max, and max itself; rising. Without those that scale too badly.
  [[nodiscard]] std::vector<std::int64_t> candidates() const;
  /// How long takes on `accelerators` what takes `time` on `reference`: time x S(reference) / S(accelerators), rounded
  /// up to the time grid.
  [[nodiscard]] units::Seconds scaled(units::Seconds time, std::int64_t reference, std::int64_t accelerators) const;
};

}  // namespace gigasim::scenario
