#include "waiting_queue.hpp"

#include <algorithm>

namespace gigasim::scheduling {
void WaitingQueue::push_back(const QueuedJob& job) {
  if (jobs_.size() == leaves_) make_room();
  if (size_ == 0) front_ = jobs_.size();
  jobs_.push_back(job);
  if (by_id_) slots_[job.id] = jobs_.size() - 1;
  ++size_;
  work_ += work_of(job);
  set(jobs_.size() - 1, least_of(job));
  if (!sums_.empty()) add_work(jobs_.size() - 1, work_of(job));
}

void WaitingQueue::erase(Slot slot) {
  set(slot, kNobody);
  if (!sums_.empty()) add_work(slot, -work_of(jobs_[slot]));
  --size_;
  work_ -= work_of(jobs_[slot]);
  if (slot != front_) return;
  while (front_ < jobs_.size() && !alive(front_)) ++front_;  // each slot is passed once: O(1) amortised
}

std::optional<WaitingQueue::Slot> WaitingQueue::slot_of(std::int64_t id) {
  if (!by_id_) index_ids();
  by_id_ = true;
  const auto found = slots_.find(id);
  const bool waits = found != slots_.end() && alive(found->second) && jobs_[found->second].id == id;
  return waits ? std::optional{found->second} : std::nullopt;
}

void WaitingQueue::index_ids() {
  slots_.clear();
  for (Slot slot = front_; slot < jobs_.size(); ++slot) {
    if (alive(slot)) slots_[jobs_[slot].id] = slot;
  }
}

units::Ticks WaitingQueue::work_before(Slot slot) {
  if (sums_.empty()) index_work();
  units::Ticks sum = 0;
  for (std::size_t node = slot; node > 0; node &= node - 1) sum += sums_[node];
  return sum;
}

void WaitingQueue::add_work(Slot slot, units::Ticks work) {
  for (std::size_t node = slot + 1; node < sums_.size(); node += node & (~node + 1)) sums_[node] += work;
}

void WaitingQueue::index_work() {
  sums_.assign(leaves_ + 1, 0);
  for (Slot slot = front_; slot < jobs_.size(); ++slot) {
    if (alive(slot)) add_work(slot, work_of(jobs_[slot]));
  }
}

void WaitingQueue::clear() {
  jobs_.clear();
  sums_.clear();
  slots_.clear();
  tree_.clear();
  leaves_ = size_ = front_ = 0;
  work_ = 0;
}

std::vector<std::int64_t> WaitingQueue::ids() const {
  std::vector<std::int64_t> ids;
  for (Slot slot = front_; slot < jobs_.size(); ++slot) {
    if (alive(slot)) ids.push_back(jobs_[slot].id);
  }
  return ids;
}

void WaitingQueue::set(Slot slot, Least least) {
  std::size_t node = leaves_ + slot;
  tree_[node] = least;
  while (node > 1) {
    node /= 2;
    const Least both = least_of(tree_[2 * node], tree_[2 * node + 1]);
    if (both == tree_[node]) return;
    tree_[node] = both;
  }
}

// Drops the erased slots and leaves at least half of the new slots free, so that a push costs O(log q) amortised.
void WaitingQueue::make_room() {
  std::vector<QueuedJob> alive_jobs;
  alive_jobs.reserve(size_);
  for (Slot slot = front_; slot < jobs_.size(); ++slot) {
    if (alive(slot)) alive_jobs.push_back(jobs_[slot]);
  }
  leaves_ = 64;
  while (leaves_ < 2 * (alive_jobs.size() + 1)) leaves_ *= 2;
  jobs_ = std::move(alive_jobs);
  tree_.assign(2 * leaves_, kNobody);
  front_ = 0;
  for (Slot slot = 0; slot < jobs_.size(); ++slot) {
    tree_[leaves_ + slot] = least_of(jobs_[slot]);
  }
  for (std::size_t node = leaves_ - 1; node >= 1; --node) {
    tree_[node] = least_of(tree_[2 * node], tree_[2 * node + 1]);
  }
  if (by_id_) index_ids();
  if (!sums_.empty()) index_work();
}

}  // namespace gigasim::scheduling
