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
  room_.expect(job);
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

void ConservativeQueue::set_capacity(std::int64_t accelerators) {
  room_.set_capacity(accelerators);
  outlook_.reset();
}

void ConservativeQueue::enqueue(const QueuedJob& job) {
  push_back(job);
  if (outlook_) outlook_->arrived.push_back(job);
}

void ConservativeQueue::remove(std::int64_t id) {
  if (const auto slot = queue_.slot_of(id)) take_out(*slot);
  outlook_.reset();
}

void ConservativeQueue::job_ended(const QueuedJob& job, units::Seconds started) {
  room_.end(job, started);
  outlook_.reset();
}

std::optional<ConservativeQueue::Hope> ConservativeQueue::next_hope(Hope from, std::int64_t depth_left,
                                                                    units::Seconds now) const {
  const auto found = queue_.find(from.slot, room_.any_lane(now));
  if (!found) return std::nullopt;
  std::int64_t before = from.before;
  for (Slot at = from.slot; before < depth_left; ++before) {
    at = *waiting_from(at);
    if (at == *found) return Hope{at, before};
    ++at;
  }
  return std::nullopt;
}

// What is placed behind the last job that could start now changes nothing: the next pass plans it anew. What is free
// only falls in the course of a pass, so that who could not start once cannot start later in it, and the pass ends when
// nobody behind can. Those before the first who still could are placed, since they may take its room.
void ConservativeQueue::pass(units::Seconds now, std::vector<std::int64_t>& starts) {
  room_.advance(now);
  if (queue_.empty()) return;
  std::vector<std::pair<QueuedJob, Place>> planned;
  Slot from = queue_.front();
  std::int64_t depth_left = backfill_.depth;
  for (auto hope = next_hope({from, 0}, depth_left, now); hope;) {
    const Slot slot = *waiting_from(from);
    from = slot + 1;
    const QueuedJob job = queue_[slot];
    const auto where = place(job, now);
    const bool starts_now = where && where->start == now && job.accelerators <= room_.free();
    if (starts_now) {
      run(slot, *where, starts);
      outlook_.reset();
    } else {
      --depth_left;
      if (where) planned.emplace_back(job, *where);
      if (where) room_.plan().take(job, *where);
    }
    if (slot == hope->slot) {
      hope = next_hope({from, 0}, depth_left, now);
      continue;
    }
    --hope->before;
    const QueuedJob& first = queue_[hope->slot];
    const bool in_its_time = where && where->start < now + CapacityPlan::held_for(first);
    if (in_its_time && !room_.fits(first, now)) hope = next_hope(*hope, depth_left, now);
  }
  for (const auto& [job, where] : planned) room_.plan().give_back(job, where);
}

std::vector<std::int64_t> ConservativeQueue::drain() {
  auto ids = queue_.ids();
  forget_all();
  outlook_.reset();
  return ids;
}

units::Seconds ConservativeQueue::estimate_start(const QueuedJob& job, units::Seconds now) const {
  if (!outlook_) {
    outlook_ = {room_.plan(), 0, {}};
    outlook_->plan.advance(now);
    for (auto slot = queue_.empty() ? std::nullopt : waiting_from(queue_.front());
         slot && outlook_->looked_at < backfill_.depth; slot = waiting_from(*slot + 1)) {
      foresee(queue_[*slot], now);
    }
  }
  outlook_->plan.advance(now);
  for (const QueuedJob& arrived : outlook_->arrived) foresee(arrived, now);
  outlook_->arrived.clear();
  const auto where = outlook_->plan.earliest(job, now);
  return where ? where->start : now;
}

void ConservativeQueue::foresee(const QueuedJob& job, units::Seconds now) const {
  if (outlook_->looked_at++ >= backfill_.depth) return;
  const auto where = outlook_->plan.earliest(job, now);
  if (where) outlook_->plan.take(job, *where);
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
