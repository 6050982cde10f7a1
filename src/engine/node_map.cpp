#include "node_map.hpp"

#include <algorithm>

namespace gigasim::engine {

NodeMap::NodeMap(std::int64_t accelerators, std::int64_t per_pod, std::int64_t per_node)
    : per_pod_(per_pod),
      nodes_per_pod_((per_pod + per_node - 1) / per_node),
      holder_(static_cast<std::size_t>(accelerators), kFree) {
  for (std::int64_t pod = 0; pod < accelerators; pod += per_pod) {
    const std::int64_t end = std::min(pod + per_pod, accelerators);
    for (std::int64_t first = pod; first < end; first += per_node) first_.push_back(first);
  }
}

std::int64_t NodeMap::size_of(std::int64_t node) const {
  const auto index = static_cast<std::size_t>(node);
  const std::int64_t end = index + 1 < first_.size() ? first_[index + 1] : static_cast<std::int64_t>(holder_.size());
  return end - first_[index];
}

std::span<metrics::JobIndex> NodeMap::pod(std::int32_t index) {
  const auto begin = static_cast<std::size_t>(index * per_pod_);
  return std::span{holder_}.subspan(begin, std::min(static_cast<std::size_t>(per_pod_), holder_.size() - begin));
}

void NodeMap::take(metrics::JobIndex job, std::span<const metrics::PodShare> shares) {
  for (const auto& share : shares) {
    std::int64_t wanted = share.accelerators;
    for (metrics::JobIndex& holder : pod(share.pod)) {
      if (wanted == 0) break;
      if (holder != kFree) continue;
      holder = job;
      --wanted;
    }
  }
}

void NodeMap::give_back(metrics::JobIndex job, std::span<const metrics::PodShare> shares) {
  for (const auto& share : shares) {
    const auto holders = pod(share.pod);
    std::replace(holders.begin(), holders.end(), job, kFree);
  }
}

std::vector<metrics::JobIndex> NodeMap::jobs_on(std::int64_t node) const {
  std::vector<metrics::JobIndex> jobs;
  const auto first = static_cast<std::size_t>(first_[static_cast<std::size_t>(node)]);
  for (std::size_t i = first; i < first + static_cast<std::size_t>(size_of(node)); ++i) {
    if (holder_[i] >= 0) jobs.push_back(holder_[i]);
  }
  std::sort(jobs.begin(), jobs.end());
  jobs.erase(std::unique(jobs.begin(), jobs.end()), jobs.end());
  return jobs;
}

void NodeMap::set_usable(std::int64_t node, bool usable) {
  const auto first = holder_.begin() + first_[static_cast<std::size_t>(node)];
  std::fill(first, first + size_of(node), usable ? kFree : kUnusable);
}

}  // namespace gigasim::engine
