#include "gigasim/scenario/rollout.hpp"
#include "site_calendar.hpp"

namespace gigasim::scenario {

std::vector<CapacityStep> capacity_steps(const Site& site, const Partition& partition) {
  if (partition.cancelled || !partition.steps.empty()) return partition.steps;
  const units::UtcTime online = later(site.online, partition.online).value_or(kAlways);
  const auto offline = earlier(site.offline, partition.offline);
  if (offline && *offline <= online) return {};
  std::vector<CapacityStep> steps{{online, partition.count}};
  if (offline) steps.push_back({*offline, 0});
  return steps;
}

std::vector<CapacityStep> planned_steps(const Site& site, const Partition& partition) {
  return partition.planned.empty() ? capacity_steps(site, partition) : partition.planned;
}

}  // namespace gigasim::scenario
