#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "pod_allocator.hpp"

namespace gigasim::engine {

/// Which job holds which accelerators of a partition's nodes. Kept only where nodes fail: all else counts by pod.
/// Nodes are numbered through, pod by pod; the last node of a pod may be smaller.
///
/// A pod is kept as runs of accelerators with one holder: jobs are far fewer than accelerators, and a job that spans
/// pods is one run in most of them. All that is done to a pod costs O(its runs).
class NodeMap {
 public:
  NodeMap(std::int64_t accelerators, std::int64_t per_pod, std::int64_t per_node);

  [[nodiscard]] std::int64_t num_nodes() const { return num_nodes_; }
  [[nodiscard]] std::int64_t nodes_per_pod() const { return nodes_per_pod_; }
  [[nodiscard]] std::int32_t pod_of(std::int64_t node) const {
    return static_cast<std::int32_t>(node / nodes_per_pod_);
  }
  [[nodiscard]] std::int64_t size_of(std::int64_t node) const;
  /// Whether a node lies within the first accelerators of its partition.
  [[nodiscard]] bool is_within(std::int64_t node, std::int64_t accelerators) const;

  /// A job takes free accelerators of usable nodes, the first of each pod.
  void take(metrics::JobIndex job, std::span<const metrics::PodShare> shares);
  void give_back(metrics::JobIndex job, std::span<const metrics::PodShare> shares);
  /// The jobs on a node, in order of arrival.
  [[nodiscard]] std::vector<metrics::JobIndex> jobs_on(std::int64_t node) const;
  /// Jobs may use a node, or not. It must be free.
  void set_usable(std::int64_t node, bool usable);

 private:
  static constexpr metrics::JobIndex kFree = -1, kUnusable = -2;
  /// Runs in order: accelerators of the pod from begins[i] to where the next run begins have holders[i]. Neighbours
  /// have different holders; the first begins at 0. Two lists, since holders are searched.
  struct Pod {
    std::vector<std::int32_t> begins;
    std::vector<metrics::JobIndex> holders;
  };

  [[nodiscard]] std::int64_t begin_of(std::int64_t node) const { return node % nodes_per_pod_ * per_node_; }
  [[nodiscard]] std::int64_t size_of_pod(std::int32_t pod) const;
  /// Accelerators of a run.
  [[nodiscard]] std::int64_t size_of_run(std::int32_t pod, std::size_t run) const;
  /// The run that holds an accelerator of the pod.
  [[nodiscard]] static std::size_t run_at(const Pod& pod, std::int64_t accelerator);
  /// Makes a run begin at an accelerator, if none does, and returns it.
  static std::size_t split(Pod& pod, std::int64_t at);
  /// The run gets a holder, and becomes one with its neighbours of the same.
  static void hand_over(Pod& pod, std::size_t run, metrics::JobIndex holder);

  std::int64_t accelerators_, per_pod_, per_node_, nodes_per_pod_, num_nodes_;
  std::vector<Pod> pods_;
};

}  // namespace gigasim::engine
