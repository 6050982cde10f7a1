#include "conservative_queue.hpp"

#include <algorithm>
#include <limits>

namespace gigasim::scheduling {
namespace {

/// Passes over no job.
struct AllJobs {
  static bool allow(std::int64_t /*accelerators*/, double /*walltime_s*/) { return true; }
};

}  // namespace

double PlannedQueue::load() const {
  if (capacity() == 0) return std::numeric_limits<double>::infinity();
  return static_cast<double>(room_.running().accelerators() + queued_accelerators_) / static_cast<double>(capacity());
}

std::optional<PlannedQueue::Slot> PlannedQueue::waiting_from(Slot from) const {
  return queue_.find(from, AllJobs{});
}

std::optional<PlannedQueue::Place> PlannedQueue::place(const QueuedJob& job, units::Seconds now) const {
  const auto place = room_.plan().earliest(job, now);
  return place && place->start <= now + backfill_.window ? place : std::nullopt;
}

void PlannedQueue::push_back(const QueuedJob& job) {
  queue_.push_back(job);
  queued_accelerators_ += job.accelerators;
}

void PlannedQueue::take_out(Slot slot) {
  queued_accelerators_ -= queue_[slot].accelerators;
  queue_.erase(slot);
}

void PlannedQueue::forget_all() {
  queue_.clear();
  queued_accelerators_ = 0;
}

void PlannedQueue::run(Slot slot, const Place& place, std::vector<std::int64_t>& starts) {
  const QueuedJob job = queue_[slot];
  take_out(slot);
  room_.start(job, place);
  starts.push_back(job.id);
}

void ConservativeQueue::remove(std::int64_t id) {
  if (const auto slot = queue_.slot_of(id)) take_out(*slot);
}

void ConservativeQueue::pass(units::Seconds now, std::vector<std::int64_t>& starts) {
  room_.advance(now);
  std::vector<std::pair<QueuedJob, Place>> planned;
  std::int64_t unplaced = 0;
  Slot from = queue_.empty() ? 0 : queue_.front();
  // What is placed behind the last job that could start now changes nothing: the next pass plans it anew.
  while (static_cast<std::int64_t>(planned.size()) + unplaced < backfill_.depth && room_.plan().has_room(now)) {
    const auto slot = waiting_from(from);
    if (!slot) break;
    from = *slot + 1;
    const QueuedJob& job = queue_[*slot];
    const auto where = place(job, now);
    if (!where) {
      ++unplaced;
      continue;
    }
    if (where->start == now && job.accelerators <= room_.free()) {
      run(*slot, *where, starts);
    } else {
      room_.plan().take(job, *where);
      planned.emplace_back(job, *where);
    }
  }
  for (const auto& [job, where] : planned) room_.plan().give_back(job, where);
}

std::vector<std::int64_t> ConservativeQueue::drain() {
  auto ids = queue_.ids();
  forget_all();
  return ids;
}

units::Seconds ConservativeQueue::estimate_start(const QueuedJob& job, units::Seconds now) const {
  CapacityPlan plan = room_.plan();
  plan.advance(now);
  std::int64_t tried = 0;
  for (auto slot = queue_.empty() ? std::nullopt : waiting_from(queue_.front()); slot && tried < backfill_.depth;
       slot = waiting_from(*slot + 1), ++tried) {
    const auto where = plan.earliest(queue_[*slot], now);
    if (where) plan.take(queue_[*slot], *where);
  }
  const auto where = plan.earliest(job, now);
  return where ? where->start : now;
}

void GuaranteedQueue::set_capacity(std::int64_t accelerators) {
  if (accelerators > room_.capacity()) freed_until_ = units::Seconds{std::numeric_limits<double>::infinity()};
  room_.set_capacity(accelerators);
}

void GuaranteedQueue::enqueue(const QueuedJob& job) {
  push_back(job);
  without_.insert(job.id);
  work_without_ += work_of(job);
}

void GuaranteedQueue::job_ended(const QueuedJob& job, units::Seconds started) {
  room_.end(job, started);
  freed_until_ = std::max(freed_until_, started + CapacityPlan::held_for(job));
}

void GuaranteedQueue::give_up(const QueuedJob& job) {
  const auto place = places_.find(job.id);
  if (place == places_.end()) {
    if (without_.erase(job.id) > 0) work_without_ -= work_of(job);
    return;
  }
  room_.plan().give_back(job, place->second);
  promises_.erase({place->second.start, job.id});
  places_.erase(place);
}

void GuaranteedQueue::remove(std::int64_t id) {
  const auto slot = queue_.slot_of(id);
  if (!slot) return;
  const QueuedJob job = queue_[*slot];
  if (const auto place = places_.find(id); place != places_.end()) {
    freed_until_ = std::max(freed_until_, place->second.start + CapacityPlan::held_for(job));
  }
  give_up(job);
  take_out(*slot);
}

void GuaranteedQueue::pass(units::Seconds now, std::vector<std::int64_t>& starts) {
  room_.advance(now);
  if (freed_until_ > now) compress(now);
  freed_until_ = units::Seconds{0};
  promise(now);
  start_due(now, starts);
}

// By promised start: what a job that moves leaves behind lies after the starts of all before it, which it cannot help
// to move. One round is thus enough.
void GuaranteedQueue::compress(units::Seconds now) {
  const std::vector<Promise> promises(promises_.begin(), promises_.end());
  for (const auto& [start, id] : promises) {
    const QueuedJob job = queue_[*queue_.slot_of(id)];
    Place& place = places_.at(id);
    room_.plan().give_back(job, place);
    const auto better = room_.plan().earliest(job, now);
    if (better && better->start < place.start) {
      promises_.erase({place.start, id});
      place = *better;
      promises_.insert({place.start, id});
    }
    room_.plan().take(job, place);
  }
}

void GuaranteedQueue::promise(units::Seconds now) {
  std::int64_t tried = 0;
  for (auto next = without_.begin(); next != without_.end() && tried < backfill_.depth &&
                                     static_cast<std::int64_t>(promises_.size()) < backfill_.depth;
       ++tried) {
    const QueuedJob job = queue_[*queue_.slot_of(*next)];
    const auto where = place(job, now);
    if (!where) {
      ++next;
      continue;
    }
    room_.plan().take(job, *where);
    promises_.insert({where->start, job.id});
    places_.emplace(job.id, *where);
    work_without_ -= work_of(job);
    next = without_.erase(next);
  }
}

void GuaranteedQueue::start_due(units::Seconds now, std::vector<std::int64_t>& starts) {
  for (auto due = promises_.begin(); due != promises_.end() && due->first <= now;) {
    const Slot slot = *queue_.slot_of(due->second);
    ++due;
    const QueuedJob job = queue_[slot];
    if (job.accelerators > room_.free()) continue;  // a job without a walltime is about to end
    const std::size_t pool = places_.at(job.id).pool;
    give_up(job);
    run(slot, {now, pool}, starts);
  }
}

std::vector<std::int64_t> GuaranteedQueue::drain() {
  auto ids = queue_.ids();
  for (const std::int64_t id : ids) give_up(queue_[*queue_.slot_of(id)]);
  forget_all();
  return ids;
}

units::Seconds GuaranteedQueue::estimate_start(const QueuedJob& job, units::Seconds now) const {
  const auto place = room_.plan().earliest(job, now);
  const units::Seconds start = place ? place->start : now;
  if (without_.empty()) return start;
  return std::max(start, now + units::from_ticks(work_without_ / std::max<std::int64_t>(1, capacity())));
}

std::optional<units::Seconds> GuaranteedQueue::next_pass(units::Seconds now) const {
  auto turn = room_.plan().next_turn(now);
  const auto due = promises_.upper_bound({now, std::numeric_limits<std::int64_t>::max()});
  if (due != promises_.end() && (!turn || due->first < *turn)) turn = due->first;
  return turn;
}

std::optional<units::Seconds> GuaranteedQueue::guarantee(std::int64_t id) const {
  const auto place = places_.find(id);
  return place == places_.end() ? std::nullopt : std::optional{place->second.start};
}

}  // namespace gigasim::scheduling
