#include "node_map.hpp"

#include <algorithm>

namespace gigasim::engine {
namespace {

/// First position from `from` on at which a value stands; the size where it does not.
std::size_t index_of(const std::vector<metrics::JobIndex>& values, metrics::JobIndex value, std::size_t from) {
  const auto begin = values.begin() + static_cast<std::ptrdiff_t>(from);
  return static_cast<std::size_t>(std::find(begin, values.end(), value) - values.begin());
}

}  // namespace

NodeMap::NodeMap(std::int64_t accelerators, std::int64_t per_pod, std::int64_t per_node)
    : accelerators_(accelerators),
      per_pod_(per_pod),
      per_node_(per_node),
      nodes_per_pod_((per_pod + per_node - 1) / per_node),
      num_nodes_(accelerators / per_pod * nodes_per_pod_ + (accelerators % per_pod + per_node - 1) / per_node),
      pods_(static_cast<std::size_t>((accelerators + per_pod - 1) / per_pod), Pod{{0}, {kFree}}) {}

std::int64_t NodeMap::size_of_pod(std::int32_t pod) const {
  return std::min(per_pod_, accelerators_ - pod * per_pod_);
}

std::int64_t NodeMap::size_of(std::int64_t node) const {
  return std::min(per_node_, size_of_pod(pod_of(node)) - begin_of(node));
}

bool NodeMap::is_within(std::int64_t node, std::int64_t accelerators) const {
  return pod_of(node) * per_pod_ + begin_of(node) + size_of(node) <= accelerators;
}

std::int64_t NodeMap::size_of_run(std::int32_t pod, std::size_t run) const {
  const std::vector<std::int32_t>& begins = pods_[static_cast<std::size_t>(pod)].begins;
  return (run + 1 < begins.size() ? begins[run + 1] : size_of_pod(pod)) - begins[run];
}

void NodeMap::take(metrics::JobIndex job, std::span<const metrics::PodShare> shares) {
  for (const auto& share : shares) {
    Pod& pod = pods_[static_cast<std::size_t>(share.pod)];
    std::size_t run = 0;
    for (std::int64_t wanted = share.accelerators; wanted > 0;) {
      run = index_of(pod.holders, kFree, run);
      if (run == pod.holders.size()) break;
      const std::int64_t taken = std::min(wanted, size_of_run(share.pod, run));
      if (taken < size_of_run(share.pod, run)) split(pod, pod.begins[run] + taken);
      pod.holders[run] = job;  // no two free runs are neighbours, and so no two of the job
      wanted -= taken;
    }
  }
}

void NodeMap::give_back(metrics::JobIndex job, std::span<const metrics::PodShare> shares) {
  for (const auto& share : shares) {
    Pod& pod = pods_[static_cast<std::size_t>(share.pod)];
    std::size_t run = 0;
    for (std::int64_t held = share.accelerators; held > 0;) {
      run = index_of(pod.holders, job, run);
      if (run == pod.holders.size()) break;
      held -= size_of_run(share.pod, run);
      hand_over(pod, run, kFree);
    }
  }
}

std::vector<metrics::JobIndex> NodeMap::jobs_on(std::int64_t node) const {
  const Pod& pod = pods_[static_cast<std::size_t>(pod_of(node))];
  const std::int64_t begin = begin_of(node);
  const std::int64_t end = begin + size_of(node);
  std::vector<metrics::JobIndex> jobs;
  for (std::size_t run = run_at(pod, begin); run < pod.begins.size() && pod.begins[run] < end; ++run) {
    if (pod.holders[run] >= 0) jobs.push_back(pod.holders[run]);
  }
  std::sort(jobs.begin(), jobs.end());
  jobs.erase(std::unique(jobs.begin(), jobs.end()), jobs.end());
  return jobs;
}

void NodeMap::set_usable(std::int64_t node, bool usable) {
  Pod& pod = pods_[static_cast<std::size_t>(pod_of(node))];
  const std::int64_t begin = begin_of(node);
  const std::int64_t end = begin + size_of(node);
  if (end < size_of_pod(pod_of(node))) split(pod, end);
  hand_over(pod, split(pod, begin), usable ? kFree : kUnusable);
}

std::size_t NodeMap::run_at(const Pod& pod, std::int64_t accelerator) {
  const auto behind = std::upper_bound(pod.begins.begin(), pod.begins.end(), accelerator);
  return static_cast<std::size_t>(behind - pod.begins.begin()) - 1;
}

std::size_t NodeMap::split(Pod& pod, std::int64_t at) {
  const std::size_t run = run_at(pod, at);
  if (pod.begins[run] == at) return run;
  const auto next = static_cast<std::ptrdiff_t>(run + 1);
  pod.begins.insert(pod.begins.begin() + next, static_cast<std::int32_t>(at));
  pod.holders.insert(pod.holders.begin() + next, metrics::JobIndex{pod.holders[run]});
  return run + 1;
}

void NodeMap::hand_over(Pod& pod, std::size_t run, metrics::JobIndex holder) {
  pod.holders[run] = holder;
  const bool joins_next = run + 1 < pod.holders.size() && pod.holders[run + 1] == holder;
  const bool joins_last = run > 0 && pod.holders[run - 1] == holder;
  const auto from = static_cast<std::ptrdiff_t>(run + (joins_last ? 0 : 1));
  const auto to = static_cast<std::ptrdiff_t>(run + (joins_next ? 2 : 1));
  pod.begins.erase(pod.begins.begin() + from, pod.begins.begin() + to);
  pod.holders.erase(pod.holders.begin() + from, pod.holders.begin() + to);
}

}  // namespace gigasim::engine
