#include "gigasim/metrics/hour_split.hpp"

#include <algorithm>

namespace gigasim::metrics {

std::optional<HourSplit> hour_split(const Block& block) {
  if (!block.has_machines) return std::nullopt;
  HourSplit split;
  split.inference = block.inference_accelerator_hours;
  split.held_idle = block.held_idle_accelerator_hours;
  split.preempted = block.preempted_accelerator_hours;
  if (block.reliability) {
    split.lost = block.reliability->lost_accelerator_hours;
    split.restart = block.reliability->restart_accelerator_hours;
    split.load = block.reliability->load_accelerator_hours;
    split.checkpoint = block.reliability->checkpoint_accelerator_hours;
    split.repair = block.reliability->repair_accelerator_hours;
  }
  const double spent = split.lost + split.preempted + split.restart + split.load + split.checkpoint;
  split.work = block.accelerator_hours - split.inference - spent;
  split.idle = block.accelerator_hours_available - block.accelerator_hours - split.held_idle - split.repair;
  return split;
}

bool splits_hours(const scenario::Scenario& scenario) {
  const scenario::Workload& workload = scenario.workload;
  return scenario.failures || !workload.services.empty() ||
         std::any_of(workload.streams.begin(), workload.streams.end(),
                     [](const scenario::Stream& stream) { return stream.work || stream.checkpoint; });
}

}  // namespace gigasim::metrics
