#include "sorted_queue.hpp"

#include <algorithm>

namespace gigasim::scheduling {

SortedQueue::Slot SortedQueue::slot(const QueuedJob& job) const {
  switch (by_) {
    case SortKey::kWalltime:
      return {units::to_ticks(job.walltime), job.id};
    case SortKey::kWork:
      return {units::to_ticks(job.walltime) * job.accelerators, job.id};
    case SortKey::kAccelerators:
      break;
  }
  return {job.accelerators, job.id};
}

void SortedQueue::push_back(const QueuedJob& job) {
  const Slot at = slot(job);
  jobs_.insert({at, Waiting{job}});
  keys_[job.id] = at.first;
}

void SortedQueue::erase(const Slot& slot) {
  jobs_.erase(slot);
  keys_.erase(slot.second);
}

void SortedQueue::clear() {
  jobs_.clear();
  keys_.clear();
}

std::optional<SortedQueue::Slot> SortedQueue::slot_of(std::int64_t id) const {
  const auto key = keys_.find(id);
  return key == keys_.end() ? std::nullopt : std::optional{Slot{key->second, id}};
}

units::Ticks SortedQueue::work_ahead(const QueuedJob& job) const {
  const Slot end{slot(job).first, INT64_MAX};
  units::Ticks work = 0;
  for (auto node = jobs_.node_begin(); node != jobs_.node_end();) {
    const auto& [at, ahead] = **node;
    const auto left = node.get_l_child();
    if (at <= end) {
      work += units::to_ticks(ahead.job.walltime) * ahead.job.accelerators;
      if (left != jobs_.node_end()) work += (*left)->second.work;
      node = node.get_r_child();
    } else {
      node = left;
    }
  }
  return work;
}

std::vector<std::int64_t> SortedQueue::ids() const {
  std::vector<std::int64_t> ids;
  for (const auto& [slot, job] : jobs_) ids.push_back(slot.second);
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace gigasim::scheduling
