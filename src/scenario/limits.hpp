#pragma once

#include <cstdint>

/// What no quantity of a scenario may be above, each with its reason: generous to every plan, and small enough that no
/// sum overflows and no loop is without end. Messages name the limit, and the reference of the format states it.
namespace gigasim::scenario::limits {

/// A hundred times the accelerators that Europe plans, as `gigasim replay --accelerators` and the catalogue's tables.
inline constexpr std::int64_t kAccelerators = 100'000'000;
inline constexpr std::int64_t kPerNode = 1024;
inline constexpr std::int64_t kBundle = 10'000;  ///< each is drawn by itself
inline constexpr std::int64_t kSizeFactor = 1'000'000;
inline constexpr double kPowerW = 1e12;              ///< a third of the electricity of the world
inline constexpr double kAcceleratorPowerW = 1e6;    ///< a whole rack of today is 0.2 MW
inline constexpr double kDataBytes = 1e21;           ///< 1,000 EB
inline constexpr double kBandwidthBytesPerS = 1e19;  ///< the default spine of the largest site, twice
inline constexpr double kTokensOfWork = 1e18;        ///< 60,000 times the longest training run that is known
inline constexpr double kTokensOfRequest = 1e7;      ///< ten times the longest context of today
inline constexpr double kTokensOfBatch = 1e12;
inline constexpr double kFlop = 1e34;                         ///< 100 million accelerators for 200 years
inline constexpr double kAcceleratorSeconds = 2e14 * 3600.0;  ///< the same
inline constexpr double kJobsPerS = 1e6;
inline constexpr double kRequestsPerS = 1e9;
inline constexpr double kProjectsPerS = 1.0;
inline constexpr double kFailuresPerNodeS = 1.0;
inline constexpr double kOutagesPerS = 1.0;
inline constexpr double kNumber = 1e9;  ///< of weights, factors and other plain numbers that have no limit of their own
inline constexpr double kFraction = 100;  ///< 10,000 %
inline constexpr double kGrowth = 10;     ///< 1,000 % per year: after 200 years still a finite factor
inline constexpr double kSigma = 5;  ///< of the logarithm: nine in ten draws lie within a factor of 4,000 of the median
inline constexpr std::int64_t kWindows = 100'000;  ///< of one reservation in one run: three a day for a century

}  // namespace gigasim::scenario::limits
