#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "pod_allocator.hpp"

namespace gigasim::engine {

/// Which job holds which accelerators of a partition's nodes. Kept only where nodes fail: all else counts by pod.
/// Nodes are numbered through, pod by pod; the last node of a pod may be smaller.
class NodeMap {
 public:
  NodeMap(std::int64_t accelerators, std::int64_t per_pod, std::int64_t per_node);

  [[nodiscard]] std::int64_t num_nodes() const { return static_cast<std::int64_t>(first_.size()); }
  [[nodiscard]] std::int64_t nodes_per_pod() const { return nodes_per_pod_; }
  [[nodiscard]] std::int32_t pod_of(std::int64_t node) const {
    return static_cast<std::int32_t>(node / nodes_per_pod_);
  }
  [[nodiscard]] std::int64_t size_of(std::int64_t node) const;
  /// Whether a node lies within the first accelerators of its partition.
  [[nodiscard]] bool is_within(std::int64_t node, std::int64_t accelerators) const {
    return first_[static_cast<std::size_t>(node)] + size_of(node) <= accelerators;
  }

  /// A job takes free accelerators of usable nodes, the first of each pod. O(size of the pods).
  void take(metrics::JobIndex job, std::span<const metrics::PodShare> shares);
  void give_back(metrics::JobIndex job, std::span<const metrics::PodShare> shares);
  /// The jobs on a node, in order of arrival.
  [[nodiscard]] std::vector<metrics::JobIndex> jobs_on(std::int64_t node) const;
  /// Jobs may use a node, or not. It must be free.
  void set_usable(std::int64_t node, bool usable);

 private:
  static constexpr metrics::JobIndex kFree = -1, kUnusable = -2;
  [[nodiscard]] std::span<metrics::JobIndex> pod(std::int32_t index);

  std::int64_t per_pod_, nodes_per_pod_;
  std::vector<metrics::JobIndex> holder_;  // by accelerator
  std::vector<std::int64_t> first_;        // accelerator of each node
};

}  // namespace gigasim::engine
