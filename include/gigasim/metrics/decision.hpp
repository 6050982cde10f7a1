#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gigasim/units/quantity.hpp"

/// What a broker decided about a job, and why: plain values that results keep.
namespace gigasim::metrics {

/// Where a job waits and runs: indices in Scenario.sites and Site.partitions.
struct Place {
  std::int32_t site = -1;
  std::int32_t partition = -1;
  bool operator==(const Place&) const = default;
};

/// Why a partition could not take a job: the first that holds, in this order.
enum class Exclusion : std::uint8_t {
  kNone,         ///< it could
  kAccelerator,  ///< not of a type that the job accepts
  kMemory,       ///< its accelerators have less memory than the job asks for
  kPrecision,    ///< its accelerators do not compute in the job's number format, or the catalogue lacks their rates
  kModelSize,    ///< the job's AI model does not fit on so many of its accelerators
  kDeadline,     ///< the job would take longer there than it may
  kStorage,      ///< the storage of the site is smaller than one of the job's checkpoints
  kResidency,    ///< the job's data may not be processed in its country
  kEligibility,  ///< the site is not open to users of the job's country
  kTrust,        ///< not trusted with sensitive data
  kTrustedOnly,  ///< takes jobs with sensitive data only
  kOffline,
  kSize,      ///< the job is larger than what is online
  kReserved,  ///< the job is larger than what is not reserved for others
  kCap,       ///< the job is larger than the hard cap of those whose time it uses
  kNoGap,     ///< the job is longer than any gap between reservations that is wide enough
  kEnds,      ///< goes offline within the job's request
};
inline constexpr std::array<std::string_view, 17> kExclusionWords{
    "able",
    "accelerator",
    "memory",
    "precision",
    "model_too_large",
    "misses_deadline",
    "storage_too_small",
    "residency",
    "not_eligible",
    "not_trusted",
    "trusted_only",
    "offline",
    "too_large",
    "reserved",
    "over_cap",
    "no_gap",
    "offline_before_end",
};
[[nodiscard]] constexpr std::string_view exclusion_word(Exclusion exclusion) {
  return kExclusionWords[static_cast<std::size_t>(exclusion)];
}

/// Why a broker took the partition that it took.
enum class Why : std::uint8_t {
  kNothing,      ///< it took none
  kOnlyOne,      ///< no other could take the job
  kAtHome,       ///< the least loaded in the job's own country
  kNearest,      ///< the nearest
  kInTurn,       ///< its turn
  kLeastLoaded,  ///< the least loaded
  kAtOnce,       ///< the nearest that could start the job at once
  kEarliest,     ///< the earliest estimated start
  kScore,        ///< the lowest score
};
inline constexpr std::array<std::string_view, 9> kWhyWords{
    "", "only_one", "at_home", "nearest", "in_turn", "least_loaded", "at_once", "earliest_start", "lowest_score",
};
[[nodiscard]] constexpr std::string_view why_word(Why why) {
  return kWhyWords[static_cast<std::size_t>(why)];
}

/// The last decision about a job.
struct Decision {
  std::int32_t exclusions = -1;  ///< index in Results.exclusions; -1 when no broker was asked
  Why why = Why::kNothing;
  bool moved = false;                            ///< from one queue to another, by re-brokering
  double speed = 1.0;                            ///< of the job on the partition chosen
  std::optional<units::Seconds> at;              ///< when it was taken
  std::optional<units::Seconds> expected_start;  ///< the estimate at that time
  std::optional<double> score;                   ///< load or score, by the broker: docs/models/scheduling.md
  Place next;                                    ///< the second best of a broker that compares; none: -1
  std::optional<double> next_score;
};

}  // namespace gigasim::metrics
