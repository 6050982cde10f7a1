#include "node_map.hpp"

#include <algorithm>

namespace gigasim::engine {

NodeMap::NodeMap(std::int64_t accelerators, std::int64_t per_pod, std::int64_t per_node)
    : accelerators_(accelerators),
      per_pod_(per_pod),
      per_node_(per_node),
      nodes_per_pod_((per_pod + per_node - 1) / per_node),
      num_nodes_(accelerators / per_pod * nodes_per_pod_ + (accelerators % per_pod + per_node - 1) / per_node),
      pods_(static_cast<std::size_t>((accelerators + per_pod - 1) / per_pod), Pod{{0, kFree}}) {}

std::int64_t NodeMap::size_of_pod(std::int32_t pod) const {
  return std::min(per_pod_, accelerators_ - pod * per_pod_);
}

std::int64_t NodeMap::size_of(std::int64_t node) const {
  return std::min(per_node_, size_of_pod(pod_of(node)) - begin_of(node));
}

bool NodeMap::is_within(std::int64_t node, std::int64_t accelerators) const {
  return pod_of(node) * per_pod_ + begin_of(node) + size_of(node) <= accelerators;
}

void NodeMap::take(metrics::JobIndex job, std::span<const metrics::PodShare> shares) {
  for (const auto& share : shares) {
    Pod& pod = pods_[static_cast<std::size_t>(share.pod)];
    std::int64_t wanted = share.accelerators;
    for (std::size_t i = 0; i < pod.size() && wanted > 0; ++i) {
      if (pod[i].holder != kFree) continue;
      const std::int64_t end = i + 1 < pod.size() ? pod[i + 1].begin : size_of_pod(share.pod);
      const std::int64_t taken = std::min(wanted, end - pod[i].begin);
      if (pod[i].begin + taken < end) split(pod, pod[i].begin + taken);
      pod[i].holder = job;
      wanted -= taken;
    }
  }
}

void NodeMap::give_back(metrics::JobIndex job, std::span<const metrics::PodShare> shares) {
  for (const auto& share : shares) {
    Pod& pod = pods_[static_cast<std::size_t>(share.pod)];
    for (Run& run : pod) {
      if (run.holder == job) run.holder = kFree;
    }
    merge(pod);
  }
}

std::vector<metrics::JobIndex> NodeMap::jobs_on(std::int64_t node) const {
  const Pod& pod = pods_[static_cast<std::size_t>(pod_of(node))];
  const std::int64_t begin = begin_of(node);
  const std::int64_t end = begin + size_of(node);
  const auto after = std::upper_bound(pod.begin(), pod.end(), begin,
                                      [](std::int64_t place, const Run& run) { return place < run.begin; });
  std::vector<metrics::JobIndex> jobs;
  for (auto run = after - 1; run != pod.end() && run->begin < end; ++run) {
    if (run->holder >= 0) jobs.push_back(run->holder);
  }
  std::sort(jobs.begin(), jobs.end());
  jobs.erase(std::unique(jobs.begin(), jobs.end()), jobs.end());
  return jobs;
}

void NodeMap::set_usable(std::int64_t node, bool usable) {
  Pod& pod = pods_[static_cast<std::size_t>(pod_of(node))];
  const std::int64_t begin = begin_of(node);
  const std::int64_t end = begin + size_of(node);
  split(pod, begin);
  if (end < size_of_pod(pod_of(node))) split(pod, end);
  for (Run& run : pod) {
    if (run.begin >= begin && run.begin < end) run.holder = usable ? kFree : kUnusable;
  }
  merge(pod);
}

void NodeMap::split(Pod& pod, std::int64_t at) {
  const auto next = std::lower_bound(pod.begin(), pod.end(), at,
                                     [](const Run& run, std::int64_t place) { return run.begin < place; });
  if (next != pod.end() && next->begin == at) return;
  pod.insert(next, {at, (next - 1)->holder});
}

void NodeMap::merge(Pod& pod) {
  const auto same = [](const Run& left, const Run& right) { return left.holder == right.holder; };
  pod.erase(std::unique(pod.begin(), pod.end(), same), pod.end());
}

}  // namespace gigasim::engine
