#include <algorithm>

#include "gigasim/scenario/rollout.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

/// Earlier or later of two moments that may not exist.
template <class Choose>
std::optional<units::UtcTime> chosen(std::optional<units::UtcTime> a, std::optional<units::UtcTime> b, Choose choose) {
  if (a && b) return choose(*a, *b);
  return a ? a : b;
}

}  // namespace

Presence presence(const Site& site, const Partition& partition) {
  return {chosen(site.online, partition.online, [](auto a, auto b) { return std::max(a, b); }),
          chosen(site.offline, partition.offline, [](auto a, auto b) { return std::min(a, b); })};
}

std::vector<CapacityStep> capacity_steps(const Site& site, const Partition& partition) {
  if (partition.cancelled || !partition.steps.empty()) return partition.steps;
  const Presence when = presence(site, partition);
  std::vector<CapacityStep> steps{{when.online.value_or(kAlways), partition.count}};
  if (when.offline) steps.push_back({*when.offline, 0});
  if (when.offline && *when.offline <= steps.front().from) steps.clear();
  return steps;
}

std::vector<CapacityStep> planned_steps(const Site& site, const Partition& partition) {
  return partition.planned.empty() ? capacity_steps(site, partition) : partition.planned;
}

}  // namespace gigasim::scenario
