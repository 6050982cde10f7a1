#include "time_shares.hpp"

#include <algorithm>
#include <numeric>

namespace gigasim::metrics {
namespace {

using Shares = std::array<std::optional<double>, scenario::kNumTimeHolders>;

bool has_holders(const scenario::Scenario& scenario) {
  return std::any_of(scenario.workload.streams.begin(), scenario.workload.streams.end(),
                     [](const scenario::Stream& stream) { return stream.time_holder.has_value(); });
}

Shares targets_of_all(const Books& books) {
  std::array<double, scenario::kNumTimeHolders> due{};
  double available = 0.0;
  for (const PartitionBook& book : books.machines.books()) {
    const auto& shares = books.scenario.sites[static_cast<std::size_t>(book.place.site)].time_shares;
    if (!shares) continue;
    const auto online = static_cast<double>(book.online.inside());
    available += online;
    for (std::size_t h = 0; h < due.size(); ++h) due[h] += shares->of(scenario::kTimeHolders[h]) * online;
  }
  Shares targets;
  for (std::size_t h = 0; available > 0.0 && h < due.size(); ++h) targets[h] = due[h] / available;
  return targets;
}

}  // namespace

DeliveredShares delivered_shares(const Books& books, const Group& group, const GroupSums& sums) {
  DeliveredShares result;
  if (!has_holders(books.scenario)) return result;
  const Ticks all = std::accumulate(sums.held.begin(), sums.held.end(), Ticks{0});
  for (std::size_t h = 0; all > 0 && h < sums.held_by_holder.size(); ++h) {
    result.delivered[h] = static_cast<double>(sums.held_by_holder[h]) / static_cast<double>(all);
  }
  if (group.kind == GroupKind::kNetwork) result.target = targets_of_all(books);
  if (group.kind != GroupKind::kSite) return result;
  const auto& shares = books.scenario.sites[static_cast<std::size_t>(group.site)].time_shares;
  for (std::size_t h = 0; shares && h < result.target.size(); ++h) {
    result.target[h] = shares->of(scenario::kTimeHolders[h]);
  }
  return result;
}

}  // namespace gigasim::metrics
