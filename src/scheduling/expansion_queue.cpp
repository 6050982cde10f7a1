#include "expansion_queue.hpp"

#include <algorithm>
#include <limits>

namespace gigasim::scheduling {
namespace {

units::Ticks work_of_entry(const QueuedJob& job) {
  return units::to_ticks(job.walltime) * job.accelerators;
}

}  // namespace

double ExpansionQueue::expansion(const QueuedJob& job) const {
  if (job.walltime == units::Seconds{0}) return std::numeric_limits<double>::infinity();
  return 1.0 + (now_ - job.submit).in_base_units() / job.walltime.in_base_units();
}

bool ExpansionQueue::goes_before(const QueuedJob& a, const QueuedJob& b) const {
  const double of_a = expansion(a);
  const double of_b = expansion(b);
  return of_a != of_b ? of_a > of_b : a.id < b.id;
}

void ExpansionQueue::set_time(units::Seconds now) {
  now_ = now;
  std::erase_if(jobs_, [](const Entry& entry) { return !entry.waits; });
  std::sort(jobs_.begin(), jobs_.end(), [this](const Entry& a, const Entry& b) { return goes_before(a.job, b.job); });
  front_ = 0;
  visited_ += jobs_.size();
}

void ExpansionQueue::push_back(const QueuedJob& job) {
  if (size_ == 0) front_ = jobs_.size();
  jobs_.push_back({job});
  ++size_;
  work_ += work_of_entry(job);
}

void ExpansionQueue::erase(Slot slot) {
  jobs_[slot].waits = false;
  --size_;
  work_ -= work_of_entry(jobs_[slot].job);
  while (front_ < jobs_.size() && !jobs_[front_].waits) ++front_;
}

void ExpansionQueue::clear() {
  jobs_.clear();
  size_ = front_ = 0;
  work_ = 0;
}

std::optional<ExpansionQueue::Slot> ExpansionQueue::slot_of(std::int64_t id) const {
  const auto found =
      std::find_if(jobs_.begin(), jobs_.end(), [&](const Entry& e) { return e.waits && e.job.id == id; });
  return found == jobs_.end() ? std::nullopt : std::optional{static_cast<Slot>(found - jobs_.begin())};
}

std::vector<std::int64_t> ExpansionQueue::ids() const {
  std::vector<std::int64_t> ids;
  for (const Entry& entry : jobs_) {
    if (entry.waits) ids.push_back(entry.job.id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace gigasim::scheduling
