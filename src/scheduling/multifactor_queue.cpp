#include <algorithm>
#include <limits>
#include <utility>

#include "gigasim/scheduling/priority.hpp"
#include "planned_room.hpp"
#include "priority_order.hpp"

namespace gigasim::scheduling {
namespace {

using Place = CapacityPlan::Place;

units::Ticks accelerator_ticks(const QueuedJob& job) {
  return units::to_ticks(job.walltime) * job.accelerators;
}

BackfillLimits with_slurm_defaults(BackfillLimits limits) {
  if (limits.depth == BackfillLimits{}.depth) limits.depth = kSlurmDepth.whole();
  if (limits.window == BackfillLimits{}.window) limits.window = units::Seconds{kSlurmWindow.value()};
  return limits;
}

class MultifactorQueue final : public QueuePolicy {
 public:
  MultifactorQueue(const PriorityRules& rules, const QueueOptions& options)
      : limits_(with_slurm_defaults(options.backfill)), queue_(rules), room_(options.reservations) {}

  void set_capacity(std::int64_t accelerators) override {
    room_.set_capacity(accelerators);
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
    room_.end(job, started);
    ended_.push_back(job);
  }

  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override {
    settle(now);
    if (nothing_fits()) return;
    std::vector<std::pair<QueuedJob, Place>> planned;
    std::int64_t looked_at = 0;
    PriorityOrder::Walk walk(queue_, now);
    for (const QueuedJob* job = walk.next(); job != nullptr && looked_at < limits_.depth; job = walk.next()) {
      const auto place = room_.plan().earliest(*job, now);
      if (place && place->start == now && job->accelerators <= room_.free()) {
        if (looked_at > 0) ++looked_at;
        starts.push_back(job->id);
        start(job->id, *place, now);
        if (nothing_fits()) break;
      } else {
        ++looked_at;
        if (!place || place->start > now + limits_.window) continue;
        room_.plan().take(*job, *place);
        planned.emplace_back(*job, *place);
      }
    }
    for (const auto& [job, place] : planned) room_.plan().give_back(job, place);
  }

  void start_now(std::int64_t id, units::Seconds now) override {
    settle(now);
    start(id, {now, 0}, now);
  }

  std::vector<std::int64_t> drain() override {
    auto ids = queue_.ids();
    for (const std::int64_t id : ids) remove(id);
    return ids;
  }

  std::vector<std::int64_t> running() const override { return room_.running().ids(); }

  units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const override {
    const auto place = room_.plan().earliest(job, now);
    const bool too_wide = job.accelerators > capacity();  // nodes are down
    const units::Seconds room = place ? place->start : too_wide ? now + job.walltime : now;
    if (queue_.empty()) return room;
    // Behind a queue: the time by which everything that waits is done if it were packed without a gap.
    const units::Ticks ahead = room_.running().remaining_work(now) + queued_work_;
    return std::max(room, now + units::from_ticks(ahead / std::max<std::int64_t>(1, capacity())));
  }

  double load() const override {
    if (capacity() == 0) return std::numeric_limits<double>::infinity();
    return static_cast<double>(room_.running().accelerators() + queued_accelerators_) / static_cast<double>(capacity());
  }

  std::int64_t capacity() const override { return room_.capacity(); }
  std::optional<units::Seconds> next_pass(units::Seconds now) const override { return room_.plan().next_turn(now); }
  std::uint64_t nodes_visited() const override { return room_.nodes_visited() + queue_.operations(); }

 private:
  bool nothing_fits() const { return queue_.empty() || queue_.smallest() > room_.free(); }

  /// Who has ended ceases to be charged now: ends are reported at the instant of a pass.
  void settle(units::Seconds now) {
    room_.advance(now);
    for (const QueuedJob& job : ended_) queue_.charge(job, -1, now);
    ended_.clear();
  }

  void forget(const QueuedJob& job) {
    queued_accelerators_ -= job.accelerators;
    queued_work_ -= accelerator_ticks(job);
  }

  void start(std::int64_t id, const Place& place, units::Seconds now) {
    const auto job = queue_.erase(id);
    if (!job) return;
    forget(*job);
    room_.start(*job, place);
    queue_.charge(*job, 1, now);
  }

  BackfillLimits limits_;
  PriorityOrder queue_;
  PlannedRoom room_;
  std::vector<QueuedJob> ended_;  // since the last pass
  std::int64_t queued_accelerators_ = 0;
  units::Ticks queued_work_ = 0;  // accelerator-ticks by walltime
};

}  // namespace

std::unique_ptr<QueuePolicy> make_multifactor_queue(const PriorityRules& rules, const QueueOptions& options) {
  return std::make_unique<MultifactorQueue>(rules, options);
}

}  // namespace gigasim::scheduling
