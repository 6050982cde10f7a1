#include "presence.hpp"

#include <algorithm>

namespace gigasim::cost {
namespace {

/// Moments of one partition at which something changes, from 0 up, below 1.
std::vector<double> moments(const PartitionFacts& partition) {
  std::vector<double> all{0.0};
  for (const OnlineFrom& step : partition.online) {
    if (step.moment > all.back() && step.moment < 1.0) all.push_back(step.moment);
  }
  return all;
}

double end_of(const std::vector<double>& all, std::size_t i) {
  return i + 1 < all.size() ? all[i + 1] : 1.0;
}

}  // namespace

double online_at(const PartitionFacts& partition, double moment) {
  if (partition.online.empty()) return static_cast<double>(partition.count);
  std::int64_t accelerators = 0;
  for (const OnlineFrom& step : partition.online) {
    if (step.moment <= moment) accelerators = step.accelerators;
  }
  return static_cast<double>(accelerators);
}

double mean_online(const PartitionFacts& partition) {
  const std::vector<double> all = moments(partition);
  double mean = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) mean += online_at(partition, all[i]) * (end_of(all, i) - all[i]);
  return mean;
}

double most_online(const PartitionFacts& partition) {
  double most = 0.0;
  for (const double moment : moments(partition)) most = std::max(most, online_at(partition, moment));
  return most;
}

std::vector<double> breakpoints(const SiteFacts& site) {
  std::vector<double> all;
  for (const PartitionFacts& partition : site.partitions) {
    const std::vector<double> own = moments(partition);
    all.insert(all.end(), own.begin(), own.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

double share_with_anything(const SiteFacts& site) {
  const std::vector<double> all = breakpoints(site);
  double share = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto online = [&](const PartitionFacts& partition) { return online_at(partition, all[i]) > 0.0; };
    if (std::any_of(site.partitions.begin(), site.partitions.end(), online)) share += end_of(all, i) - all[i];
  }
  return share;
}

}  // namespace gigasim::cost
