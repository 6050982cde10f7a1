#include <algorithm>
#include <limits>

#include "free_profile.hpp"
#include "gigasim/scheduling/priority.hpp"
#include "planned_ends.hpp"
#include "priority_order.hpp"

namespace gigasim::scheduling {
namespace {

units::Ticks accelerator_ticks(const QueuedJob& job) {
  return units::to_ticks(job.walltime) * job.accelerators;
}

class MultifactorQueue final : public QueuePolicy {
 public:
  MultifactorQueue(const PriorityRules& rules, const BackfillLimits& backfill) : backfill_(backfill), queue_(rules) {}

  void set_capacity(std::int64_t accelerators) override {
    profile_.set_capacity(accelerators);
    queue_.set_capacity(accelerators);
  }

  void enqueue(const QueuedJob& job) override {
    queue_.insert(job);
    queued_accelerators_ += job.accelerators;
    queued_work_ += accelerator_ticks(job);
  }

  void remove(std::int64_t id) override {
    if (const auto job = queue_.erase(id)) forget(*job);
  }

  void job_ended(const QueuedJob& job, units::Seconds started) override {
    running_.erase(job.id, started + job.walltime);
    profile_.give_back(job.accelerators, started, started + job.walltime);
    ended_.push_back(job);
  }

  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override {
    settle(now);
    if (nothing_fits()) return;
    std::vector<Place> planned;
    std::int64_t looked_at = 0;
    PriorityOrder::Walk walk(queue_, now);
    for (const QueuedJob* job = walk.next(); job != nullptr && looked_at < backfill_.depth; job = walk.next()) {
      const auto time = profile_.earliest_fit(job->accelerators, job->walltime, now);
      if (time == now && job->accelerators <= free()) {
        starts.push_back(job->id);
        if (looked_at > 0) ++looked_at;
        start(job->id, now);
        if (nothing_fits()) break;
      } else {
        ++looked_at;
        if (time && *time <= now + backfill_.window) plan({job->accelerators, *time, *time + job->walltime}, planned);
      }
    }
    for (const Place& place : planned) profile_.give_back(place.accelerators, place.from, place.to);
  }

  void start_now(std::int64_t id, units::Seconds now) override {
    settle(now);
    start(id, now);
  }

  std::vector<std::int64_t> drain() override {
    auto ids = queue_.ids();
    for (const std::int64_t id : ids) remove(id);
    return ids;
  }

  std::vector<std::int64_t> running() const override { return running_.ids(); }

  units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const override {
    const units::Seconds room = profile_.earliest_fit(job.accelerators, job.walltime, now).value_or(now);
    if (queue_.empty()) return room;
    // Behind a queue: the time by which everything that waits is done if it were packed without a gap.
    const units::Ticks ahead = running_.remaining_work(now) + queued_work_;
    return std::max(room, now + units::from_ticks(ahead / std::max<std::int64_t>(1, capacity())));
  }

  double load() const override {
    if (capacity() == 0) return std::numeric_limits<double>::infinity();
    return static_cast<double>(running_.accelerators() + queued_accelerators_) / static_cast<double>(capacity());
  }

  std::int64_t capacity() const override { return profile_.capacity(); }
  std::uint64_t nodes_visited() const override { return profile_.nodes_visited() + queue_.operations(); }

 private:
  /// A place in the plan.
  struct Place {
    std::int64_t accelerators;
    units::Seconds from, to;
  };

  std::int64_t free() const { return profile_.capacity() - running_.accelerators(); }
  bool nothing_fits() const { return queue_.empty() || queue_.smallest() > free(); }

  void forget(const QueuedJob& job) {
    queued_accelerators_ -= job.accelerators;
    queued_work_ -= accelerator_ticks(job);
  }

  /// Who has ended ceases to be charged now: ends are reported at the instant of a pass.
  void settle(units::Seconds now) {
    profile_.forget_before(now);
    for (const QueuedJob& job : ended_) queue_.charge(job, -1, now);
    ended_.clear();
  }

  void plan(const Place& place, std::vector<Place>& planned) {
    profile_.take(place.accelerators, place.from, place.to);
    planned.push_back(place);
  }

  void start(std::int64_t id, units::Seconds now) {
    const auto job = queue_.erase(id);
    if (!job) return;
    forget(*job);
    running_.insert(id, now + job->walltime, job->accelerators);
    profile_.take(job->accelerators, now, now + job->walltime);
    queue_.charge(*job, 1, now);
  }

  BackfillLimits backfill_;
  PriorityOrder queue_;
  FreeProfile profile_;  // what runs, by request
  PlannedEnds running_;
  std::vector<QueuedJob> ended_;  // since the last pass
  std::int64_t queued_accelerators_ = 0;
  units::Ticks queued_work_ = 0;  // accelerator-ticks by walltime
};

}  // namespace

std::unique_ptr<QueuePolicy> make_multifactor_queue(const PriorityRules& rules, const BackfillLimits& backfill) {
  return std::make_unique<MultifactorQueue>(rules, backfill);
}

}  // namespace gigasim::scheduling
