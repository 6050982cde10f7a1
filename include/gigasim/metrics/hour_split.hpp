#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "gigasim/metrics/results.hpp"

/// What became of the accelerator-hours of machines.
namespace gigasim::metrics {

/// Parts of the accelerator-hours available in the results period. Each accelerator that is online is in exactly one of
/// them at a time, so that they add up to accelerator_hours_available.
struct HourSplit {
  double work = 0.0;        ///< of jobs, training and all else that is no service: what counts in the end
  double inference = 0.0;   ///< held by replicas of services, starting up included
  double lost = 0.0;        ///< work since the last checkpoint that failures undid, where it was lost
  double preempted = 0.0;   ///< work that preemptions undid, and what their restarts cost
  double restart = 0.0;     ///< of jobs, from an interruption until they load
  double load = 0.0;        ///< of jobs that read from storage
  double checkpoint = 0.0;  ///< of jobs whose work a checkpoint stops
  double held_idle = 0.0;   ///< the rest of whole nodes, and wiping
  double repair = 0.0;      ///< of nodes that are down
  double idle = 0.0;        ///< ready, spares too, and held by nobody
  bool operator==(const HourSplit&) const = default;
};

/// Returns the split of the network or of a site; nothing of groups of jobs, which have no machines.
///
/// `work` is what jobs held without the other parts. Work of the warm-up that a failure or a preemption undoes in the
/// results period is not lost in the period: it was not done there.
[[nodiscard]] std::optional<HourSplit> hour_split(const Block& block);

/// Whether a run has anything to split: services, work of AI, failures or jobs that save their work. In all others
/// hours are delivered or idle.
[[nodiscard]] bool splits_hours(const scenario::Scenario& scenario);

/// A part with its name in results.json.
struct HourPart {
  std::string_view name;
  double HourSplit::*hours;
};

/// All parts, in the order in which people read them.
inline constexpr std::array kHourParts{HourPart{"work", &HourSplit::work},
                                       HourPart{"inference", &HourSplit::inference},
                                       HourPart{"lost", &HourSplit::lost},
                                       HourPart{"preempted", &HourSplit::preempted},
                                       HourPart{"restart", &HourSplit::restart},
                                       HourPart{"load", &HourSplit::load},
                                       HourPart{"checkpoint", &HourSplit::checkpoint},
                                       HourPart{"held_idle", &HourSplit::held_idle},
                                       HourPart{"repair", &HourSplit::repair},
                                       HourPart{"idle", &HourSplit::idle}};

}  // namespace gigasim::metrics
