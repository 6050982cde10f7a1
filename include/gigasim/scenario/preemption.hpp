#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scenario {

/// What becomes of what a stopped job has done.
enum class PreemptionMode : std::uint8_t {
  kRequeue,  ///< lost: it starts again from the beginning
  kSuspend,  ///< kept: it goes on where it stopped
};

/// Whose jobs may stop whose: docs/models/scheduling.md says how.
struct Preemption {
  std::string name;
  std::vector<std::string> by, of;  ///< labels, any of these: "access_class=...", "user_type=sme", "stream=..."
  PreemptionMode mode = PreemptionMode::kRequeue;
  units::Seconds cost{0};                            ///< on top of what is left to run, at every restart
  std::vector<std::int32_t> by_streams, of_streams;  ///< indices in Workload.streams: those that carry the labels
  bool operator==(const Preemption&) const = default;
};

}  // namespace gigasim::scenario
