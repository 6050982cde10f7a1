#include "pod_allocator.hpp"

#include <algorithm>

namespace gigasim::engine {

PodAllocator::PodAllocator(std::int64_t accelerators, std::int64_t accelerators_per_pod)
    : per_pod_(accelerators_per_pod) {
  for (std::int64_t left = accelerators; left > 0; left -= accelerators_per_pod) {
    size_of_pod_.push_back(std::min(left, accelerators_per_pod));
    free_of_pod_.push_back(0);
  }
}

void PodAllocator::open(std::int64_t accelerators) {
  while (open_ < accelerators) {
    const auto pod = static_cast<std::int32_t>(open_ / per_pod_);
    const std::int64_t more = std::min(accelerators - open_, per_pod_ - open_ % per_pod_);
    open_ += more;
    free_ += more;
    set_free(pod, free_of_pod_[static_cast<std::size_t>(pod)] + more);
  }
}

std::vector<metrics::PodShare> PodAllocator::take(std::int64_t wanted) {
  std::vector<metrics::PodShare> shares;
  free_ -= wanted;
  while (wanted > 0) {
    auto best = by_free_.lower_bound({wanted, 0});
    if (best == by_free_.end()) {
      // No pod holds the rest: the emptiest pod, lowest index first among equals.
      best = by_free_.lower_bound({by_free_.rbegin()->first, 0});
    }
    const auto [room, pod] = *best;
    const std::int64_t taken = std::min(room, wanted);
    shares.push_back({pod, taken});
    wanted -= taken;
    set_free(pod, room - taken);
  }
  std::sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.pod < b.pod; });
  return shares;
}

void PodAllocator::give_back(const std::vector<metrics::PodShare>& shares) {
  for (const auto& share : shares) {
    free_ += share.accelerators;
    set_free(share.pod, free_of_pod_[static_cast<std::size_t>(share.pod)] + share.accelerators);
  }
}

void PodAllocator::withhold(std::int32_t pod, std::int64_t accelerators) {
  free_ -= accelerators;
  set_free(pod, free_of_pod_[static_cast<std::size_t>(pod)] - accelerators);
}

void PodAllocator::set_free(std::int32_t pod, std::int64_t accelerators) {
  std::int64_t& free = free_of_pod_[static_cast<std::size_t>(pod)];
  by_free_.erase({free, pod});
  free = accelerators;
  if (free > 0) by_free_.insert({free, pod});
}

}  // namespace gigasim::engine
