#pragma once

#include <cstdint>
#include <limits>

#include "gigasim/units/quantity.hpp"

namespace gigasim::workload {

/// How a job ends when nothing stops it. The label does not change its runtime.
enum class Ending : std::uint8_t { kCompleted, kFailed, kCancelled };

/// A rigid job as submitted. All times are on the grid of 1/1024 s; submit is since the scenario's start.
struct Job {
  std::int64_t number = 0;   ///< within its stream, from 1; a log's own job number
  std::int32_t stream = 0;   ///< index in Scenario.workload.streams
  std::int32_t origin = -1;  ///< index in JobSource::origins(); -1 when not known
  std::int64_t accelerators = 1;
  units::Seconds submit{0};
  units::Seconds runtime{0};   ///< if nothing stops it
  units::Seconds walltime{0};  ///< the request: the scheduler's estimate and, under `overrun: kill`, the limit
  /// What the user thinks that it takes, before it is rounded up to a popular request; 0: the request is not rounded.
  units::Seconds estimate{0};
  Ending ending = Ending::kCompleted;
  std::int32_t job_class = 0;  ///< index in the classes of its stream; 0 for a log's
  std::int32_t project = -1;   ///< index in JobSource::projects(); -1 when no access had to be asked for
  std::int32_t user = -1;      ///< within its stream, from 0 in order of first appearance; -1 when not known
  std::int32_t account = -1;   ///< the group of users that it is charged to, as a log says; numbered as users are
  /// From submit on: a job that has not started by then leaves.
  units::Seconds patience{std::numeric_limits<double>::infinity()};
  std::int32_t after_stream = -1;  ///< stream of the job that must have succeeded before this one comes; -1: none must
  std::int64_t after = 0;          ///< and its number there
  bool leads = false;              ///< others come after it
};

}  // namespace gigasim::workload
