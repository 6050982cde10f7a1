#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scenario {

/// What schedulers take a job's runtime to be.
enum class Estimate : std::uint8_t {
  kRequest,  ///< its walltime request
  kActual,   ///< what it will be: schedulers that know the future
};

/// How far policies that plan ahead look.
struct BackfillRules {
  std::optional<std::int64_t> depth;     ///< jobs of a queue that get a place; nothing: all
  std::optional<units::Seconds> window;  ///< no place begins later; nothing: any time
  bool operator==(const BackfillRules&) const = default;
};

/// Accelerators set aside in windows of time: docs/models/scheduling.md says what it means.
struct Reservation {
  std::string name;
  std::vector<std::string> labels;  ///< who may use it: any of these; empty: nobody, it is maintenance
  std::vector<std::string> sites;   ///< names of those where it holds
  std::string partition;            ///< empty: each of a site
  std::int64_t accelerators = 0;    ///< of each partition, or ...
  double share = 0.0;               ///< ... this share of it
  units::Seconds from{0};           ///< since the start of the period
  units::Seconds length{0};
  std::optional<units::Seconds> every;  ///< nothing: once
  std::vector<bool> streams;            ///< by stream: whether its jobs may use it
  bool operator==(const Reservation&) const = default;
};

/// How queues work beside their order.
struct QueueRules {
  Estimate estimate = Estimate::kRequest;
  BackfillRules backfill;
  std::vector<Reservation> reservations;
  bool operator==(const QueueRules&) const = default;
};

}  // namespace gigasim::scenario
