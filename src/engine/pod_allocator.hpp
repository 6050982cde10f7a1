#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "gigasim/metrics/observer.hpp"

namespace gigasim::engine {

/// The free accelerators of a partition, pod by pod. Places a job on as few pods as its free accelerators allow: if
/// some pod has room for all of it, the one with the least room (best fit); else it takes the emptiest pods whole until
/// the rest fits into one, and that one by best fit. O(log p) a pod touched, p pods.
class PodAllocator {
 public:
  /// All pods are closed at first.
  PodAllocator(std::int64_t accelerators, std::int64_t accelerators_per_pod);

  /// Opens the first accelerators, in order of pod, up to a number of them that never falls.
  void open(std::int64_t accelerators);

  /// Takes `wanted` accelerators, 1 <= wanted <= free(). Shares come in order of pod.
  [[nodiscard]] std::vector<metrics::PodShare> take(std::int64_t wanted);
  void give_back(const std::vector<metrics::PodShare>& shares);
  /// So many free accelerators of a pod are not to be taken, until they are restored.
  void withhold(std::int32_t pod, std::int64_t accelerators);
  void restore(std::int32_t pod, std::int64_t accelerators) { give_back({{pod, accelerators}}); }
  [[nodiscard]] std::int64_t free() const { return free_; }
  [[nodiscard]] std::int32_t num_pods() const { return static_cast<std::int32_t>(free_of_pod_.size()); }
  [[nodiscard]] std::int64_t pod_size(std::int32_t pod) const { return size_of_pod_[static_cast<std::size_t>(pod)]; }

 private:
  void set_free(std::int32_t pod, std::int64_t accelerators);

  std::vector<std::int64_t> size_of_pod_, free_of_pod_;
  std::set<std::pair<std::int64_t, std::int32_t>> by_free_;  // (free accelerators, pod), pods with none left out
  std::int64_t per_pod_, open_ = 0, free_ = 0;
};

}  // namespace gigasim::engine
