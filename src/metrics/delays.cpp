#include "delays.hpp"

#include <algorithm>
#include <vector>

#include "gigasim/scenario/rollout.hpp"

namespace gigasim::metrics {

std::int64_t accelerators_at(const std::vector<scenario::CapacityStep>& steps, units::UtcTime date) {
  std::int64_t accelerators = 0;
  for (const scenario::CapacityStep& step : steps) {
    if (step.from <= date) accelerators = step.accelerators;
  }
  return accelerators;
}

Wide lost_to_delay(const scenario::Site& site, const scenario::Partition& partition, units::UtcTime scenario_start,
                   const Window& window) {
  if (partition.planned.empty()) return 0;
  const auto real = scenario::capacity_steps(site, partition);
  std::vector<units::UtcTime> dates;
  dates.reserve(real.size() + partition.planned.size());
  for (const auto& step : real) dates.push_back(step.from);
  for (const auto& step : partition.planned) dates.push_back(step.from);
  std::sort(dates.begin(), dates.end());
  Wide lost = 0;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const std::int64_t missing = accelerators_at(partition.planned, dates[i]) - accelerators_at(real, dates[i]);
    const Ticks from = units::to_ticks(dates[i] - scenario_start);
    const Ticks to = i + 1 < dates.size() ? units::to_ticks(dates[i + 1] - scenario_start) : kForever;
    lost += static_cast<Wide>(std::max<std::int64_t>(0, missing)) * window.overlap(from, to);
  }
  return lost;
}

}  // namespace gigasim::metrics
