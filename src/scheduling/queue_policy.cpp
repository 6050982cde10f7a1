#include "gigasim/scheduling/queue_policy.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "planned_ends.hpp"
#include "privileged_queue.hpp"
#include "waiting_queue.hpp"

namespace gigasim::scheduling {
namespace {

/// First come, first served, with or without EASY backfilling behind a blocked head.
class FcfsQueue final : public QueuePolicy {
 public:
  explicit FcfsQueue(bool backfill) : backfill_(backfill) {}

  void set_capacity(std::int64_t accelerators) override { capacity_ = accelerators; }

  void enqueue(const QueuedJob& job) override {
    queue_.push_back(job);
    queued_accelerators_ += job.accelerators;
    queued_work_ += work(job);
  }

  void remove(std::int64_t id) override {
    const auto slot = queue_.slot_of(id);
    if (!slot) return;
    const QueuedJob job = queue_[*slot];
    queue_.erase(*slot);
    queued_accelerators_ -= job.accelerators;
    queued_work_ -= work(job);
  }

  void job_ended(const QueuedJob& job, units::Seconds started) override {
    running_.erase(job.id, started + job.walltime);
  }

  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override {
    while (!queue_.empty() && queue_[queue_.front()].accelerators <= free()) start(queue_.front(), now, starts);
    if (backfill_ && !queue_.empty() && free() > 0 && head_can_run()) backfill(now, starts);
  }

  std::vector<std::int64_t> drain() override {
    auto ids = queue_.ids();
    queue_.clear();
    queued_accelerators_ = 0;
    queued_work_ = 0;
    return ids;
  }

  std::vector<std::int64_t> running() const override { return running_.ids(); }

  units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const override {
    if (starts_at_once(job, now)) return now;
    const units::Seconds room =
        job.accelerators <= free() ? now : running_.first_release(job.accelerators - free()).time;
    if (queue_.empty()) return room;
    // Behind a queue: the time by which everything ahead is done if it were packed without a gap.
    return std::max(room, now + units::from_ticks((running_.remaining_work(now) + queued_work_) / capacity_));
  }

  // As above, with the work of those ahead alone. O(log q) after O(q) once.
  std::optional<units::Seconds> estimate_waiting(std::int64_t id, units::Seconds now) override {
    const auto slot = queue_.slot_of(id);
    if (!slot || capacity_ == 0) return std::nullopt;
    const std::int64_t missing = queue_[*slot].accelerators - free();
    const units::Seconds room = missing <= 0 ? now : running_.first_release(missing).time;
    if (*slot == queue_.front()) return room;
    const units::Ticks ahead = running_.remaining_work(now) + queue_.work_before(*slot);
    return std::max(room, now + units::from_ticks(ahead / capacity_));
  }

  double load() const override {
    if (capacity_ == 0) return std::numeric_limits<double>::infinity();
    return static_cast<double>(running_.accelerators() + queued_accelerators_) / static_cast<double>(capacity_);
  }

  std::int64_t capacity() const override { return capacity_; }
  std::uint64_t nodes_visited() const override { return queue_.nodes_visited(); }

 private:
  /// What the blocked head leaves to others: until when, and how many accelerators even after that.
  struct Reservation {
    units::Seconds time;
    std::int64_t spare;
  };

  static units::Ticks work(const QueuedJob& job) { return units::to_ticks(job.walltime) * job.accelerators; }
  std::int64_t free() const { return capacity_ - running_.accelerators(); }
  bool head_can_run() const { return queue_[queue_.front()].accelerators <= capacity_; }

  Reservation reserve_for_head() const {
    const std::int64_t missing = queue_[queue_.front()].accelerators - free();
    const auto release = running_.first_release(missing);
    return {release.time, release.accelerators - missing};
  }

  bool starts_at_once(const QueuedJob& job, units::Seconds now) const {
    if (job.accelerators > free()) return false;
    if (queue_.empty()) return true;
    if (!backfill_ || !head_can_run() || queue_[queue_.front()].accelerators <= free()) return false;
    const Reservation head = reserve_for_head();
    return now + job.walltime <= head.time || job.accelerators <= head.spare;
  }

  void backfill(units::Seconds now, std::vector<std::int64_t>& starts) {
    Reservation head = reserve_for_head();
    for (WaitingQueue::Slot from = queue_.front() + 1; free() > 0; ++from) {
      const auto slot = queue_.find(from, {free(), head.time - now, head.spare});
      if (!slot) return;
      from = *slot;
      if (now + queue_[from].walltime > head.time) head.spare -= queue_[from].accelerators;
      start(from, now, starts);
    }
  }

  void start(WaitingQueue::Slot slot, units::Seconds now, std::vector<std::int64_t>& starts) {
    const QueuedJob job = queue_[slot];
    queue_.erase(slot);
    queued_accelerators_ -= job.accelerators;
    queued_work_ -= work(job);
    running_.insert(job.id, now + job.walltime, job.accelerators);
    starts.push_back(job.id);
  }

  bool backfill_;
  std::int64_t capacity_ = 0;
  WaitingQueue queue_;
  PlannedEnds running_;
  std::int64_t queued_accelerators_ = 0;
  units::Ticks queued_work_ = 0;  // accelerator-ticks by walltime
};

}  // namespace

const std::vector<std::string>& queue_policy_names() {
  static const std::vector<std::string> names{"easy", "fcfs"};
  return names;
}

std::unique_ptr<QueuePolicy> make_queue_policy(std::string_view name, const std::vector<Privilege>& privileges) {
  if (name == "easy" || name == "fcfs") {
    const bool backfill = name == "easy";
    if (!privileges.empty()) return make_privileged_queue(backfill, privileges);
    return std::make_unique<FcfsQueue>(backfill);
  }
  throw std::invalid_argument("no queue policy is called \"" + std::string{name} + "\"");
}

}  // namespace gigasim::scheduling
