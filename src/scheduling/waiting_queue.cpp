#include "waiting_queue.hpp"

#include <algorithm>
#include <utility>

namespace gigasim::scheduling {
void WaitingQueue::push_back(const QueuedJob& job) {
  if (jobs_.size() == leaves_ * kBlock) make_room();
  if (size_ == 0) front_ = jobs_.size();
  jobs_.push_back(job);
  if (by_id_) slots_[job.id] = jobs_.size() - 1;
  ++size_;
  work_ += work_of(job);
  needs_.push_back(needs_of(job));
  for (std::size_t node = leaves_ + (jobs_.size() - 1) / kBlock; node != 0 && tree_[node].add(needs_.back());
       node /= 2) {
  }
  if (!sums_.empty()) add_work(jobs_.size() - 1, work_of(job));
}

void WaitingQueue::erase(Slot slot) {
  take_out_of_index(slot);
  if (!sums_.empty()) add_work(slot, -work_of(jobs_[slot]));
  --size_;
  work_ -= work_of(jobs_[slot]);
  if (slot != front_) return;
  while (front_ < jobs_.size() && !alive(front_)) ++front_;  // each slot is passed once: O(1) amortised
}

std::optional<WaitingQueue::Slot> WaitingQueue::slot_of(std::int64_t id) {
  if (!by_id_) {
    // Whoever has just been put in is asked for most, and needs no index.
    constexpr Slot kLatest = 8;
    for (Slot slot = jobs_.size(); slot > front_ && slot + kLatest > jobs_.size(); --slot) {
      if (jobs_[slot - 1].id == id && alive(slot - 1)) return slot - 1;
    }
    index_ids();
  }
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
  sums_.assign(leaves_ * kBlock + 1, 0);
  for (Slot slot = front_; slot < jobs_.size(); ++slot) {
    if (alive(slot)) add_work(slot, work_of(jobs_[slot]));
  }
}

void WaitingQueue::clear() {
  jobs_.clear();
  sums_.clear();
  slots_.clear();
  needs_.clear();
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

// What it hid comes to light in each stretch that counted it among the least.
void WaitingQueue::take_out_of_index(Slot slot) {
  const Needs gone = needs_[slot];
  needs_[slot] = kNobody;
  std::size_t node = leaves_ + slot / kBlock;
  if (!tree_[node].holds(gone)) return;
  joined_.clear();
  const Slot begin = slot / kBlock * kBlock;
  for (Slot at = begin; at < std::min(needs_.size(), begin + kBlock); ++at) {
    if (alive(at)) joined_.add(needs_[at]);
  }
  while (!(joined_ == tree_[node])) {
    std::swap(joined_, tree_[node]);
    node /= 2;
    if (node == 0 || !tree_[node].holds(gone)) return;
    LeastNeeds::join(tree_[2 * node], tree_[2 * node + 1], joined_);
  }
}

// Drops the erased slots and leaves at least half of the new slots free, so that a push costs O(log q) amortised.
void WaitingQueue::make_room() {
  std::vector<QueuedJob> alive_jobs;
  alive_jobs.reserve(size_);
  for (Slot slot = front_; slot < jobs_.size(); ++slot) {
    if (alive(slot)) alive_jobs.push_back(jobs_[slot]);
  }
  leaves_ = 4;
  while (leaves_ * kBlock < 2 * (alive_jobs.size() + 1)) leaves_ *= 2;
  jobs_ = std::move(alive_jobs);
  needs_.clear();
  tree_.assign(2 * leaves_, {});
  front_ = 0;
  for (const QueuedJob& job : jobs_) {
    tree_[leaves_ + needs_.size() / kBlock].add(needs_of(job));
    needs_.push_back(needs_of(job));
  }
  for (std::size_t node = leaves_ - 1; node >= 1; --node) {
    LeastNeeds::join(tree_[2 * node], tree_[2 * node + 1], tree_[node]);
  }
  if (by_id_) index_ids();
  if (!sums_.empty()) index_work();
}

}  // namespace gigasim::scheduling
