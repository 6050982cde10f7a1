#pragma once

#include <cstdint>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scenario {

/// A stream whose n-th job comes when the n-th job of another one has succeeded.
struct JobChain {
  std::int32_t stream = -1;  ///< index in Workload.streams of the one before
  units::Seconds delay{0};   ///< from the end of the job before to the submission of the one after
  bool operator==(const JobChain&) const = default;
};

}  // namespace gigasim::scenario
