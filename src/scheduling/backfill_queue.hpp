#pragma once

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "counted_room.hpp"
#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/units/grid.hpp"
#include "laned_queue.hpp"
#include "planned_room.hpp"

namespace gigasim::scheduling {

/// Starts jobs in the order of `Order` while the first fits, with or without EASY backfilling behind a blocked head.
/// `Room` knows what is free now and what will be.
template <class Order, class Room>
class BackfillQueue final : public QueuePolicy {
 public:
  BackfillQueue(bool backfill, Order queue, Room room)
      : backfill_(backfill), queue_(std::move(queue)), room_(std::move(room)) {}

  void set_capacity(std::int64_t accelerators) override { room_.set_capacity(accelerators); }

  void enqueue(const QueuedJob& job) override {
    queue_.push_back(job);
    room_.expect(job);
    queued_accelerators_ += job.accelerators;
  }

  void remove(std::int64_t id) override {
    const auto slot = queue_.slot_of(id);
    if (!slot) return;
    queued_accelerators_ -= queue_[*slot].accelerators;
    queue_.erase(*slot);
  }

  void job_ended(const QueuedJob& job, units::Seconds started) override { room_.end(job, started); }

  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override {
    queue_.set_time(now);
    room_.advance(now);
    if constexpr (kReserves) start_reserved(now, starts);
    while (!queue_.empty() && room_.fits(queue_[queue_.front()], now)) start(queue_.front(), now, nullptr, starts);
    if (backfill_ && !queue_.empty() && room_.free() > 0) backfill(now, starts);
  }

  void start_now(std::int64_t id, units::Seconds now) override {
    std::vector<std::int64_t> starts;
    room_.advance(now);
    if (const auto slot = queue_.slot_of(id)) start(*slot, now, nullptr, starts);
  }

  std::vector<std::int64_t> drain() override {
    auto ids = queue_.ids();
    queue_.clear();
    queued_accelerators_ = 0;
    return ids;
  }

  std::vector<std::int64_t> running() const override { return room_.running().ids(); }

  units::Seconds estimate_start(const QueuedJob& asked, units::Seconds now) const override {
    QueuedJob job = asked;
    job.id = INT64_MAX;  // it would be the last to arrive, whatever brokers call it
    if (starts_at_once(job, now)) return now;
    const units::Seconds free_from = room_.room_for(job, now).value_or(now);
    // Wider than what is left while nodes are down: not at once, whoever has left the queue.
    const units::Seconds room = job.accelerators > capacity() ? std::max(now, free_from) + job.walltime : free_from;
    if (queue_.empty()) return room;
    // Behind a queue: the time by which everything ahead is done if it were packed without a gap.
    const units::Ticks ahead = room_.running().remaining_work(now) + queue_.work_ahead(job);
    return std::max(room, now + units::from_ticks(ahead / std::max<std::int64_t>(1, capacity())));
  }

  // As above, with the work of those ahead alone. O(log q) after O(q) once.
  std::optional<units::Seconds> estimate_waiting([[maybe_unused]] std::int64_t id,
                                                 [[maybe_unused]] units::Seconds now) override {
    if constexpr (kTellsPlaces) {
      const auto slot = queue_.slot_of(id);
      if (!slot || capacity() == 0) return std::nullopt;
      const units::Seconds room = room_.room_for(queue_[*slot], now).value_or(now);
      if (*slot == queue_.front()) return room;
      const units::Ticks ahead = room_.running().remaining_work(now) + queue_.work_before(*slot);
      return std::max(room, now + units::from_ticks(ahead / capacity()));
    }
    return std::nullopt;
  }

  double load() const override {
    if (capacity() == 0) return std::numeric_limits<double>::infinity();
    return static_cast<double>(room_.running().accelerators() + queued_accelerators_) / static_cast<double>(capacity());
  }

  std::int64_t capacity() const override { return room_.capacity(); }
  std::uint64_t nodes_visited() const override { return queue_.nodes_visited() + room_.nodes_visited(); }

  std::optional<units::Seconds> next_pass(units::Seconds now) const override {
    if constexpr (kReserves) return room_.plan().next_turn(now);
    return std::nullopt;
  }

 private:
  static constexpr bool kReserves = std::is_same_v<Room, PlannedRoom>;
  static constexpr bool kTellsPlaces = std::is_same_v<Order, WaitingQueue> && !kReserves;

  // Each in its own order, whoever else waits.
  void start_reserved(units::Seconds now, std::vector<std::int64_t>& starts) {
    for (std::size_t lane = 1; lane < queue_.num_lanes(); ++lane) {
      for (auto front = queue_.front_of(lane); front && room_.fits_reserved(queue_[*front], now);
           front = queue_.front_of(lane)) {
        start(*front, now, nullptr, starts);
      }
    }
  }

  bool starts_at_once(const QueuedJob& job, units::Seconds now) const {
    if (!room_.fits(job, now)) return false;
    if (queue_.empty()) return true;
    const QueuedJob& head = queue_[queue_.front()];
    if (queue_.goes_before(job, head)) return true;
    if (!backfill_ || room_.fits(head, now)) return false;
    return beside(head, job, now);
  }

  /// Whether a job fits now beside the reservation of the blocked head. O(log r); with reservations O(n), n changes of
  /// what is free.
  bool beside(const QueuedJob& head, const QueuedJob& job, units::Seconds now) const {
    if constexpr (kReserves) {
      Room as_if = room_;
      const auto hold = as_if.reserve(head, now);
      return hold && as_if.fits(job, now);
    } else {
      const auto hold = room_.reserve(head, now);
      return hold && room_.limits(*hold, now).allow(job.accelerators, job.walltime.in_base_units());
    }
  }

  void backfill(units::Seconds now, std::vector<std::int64_t>& starts) {
    auto hold = room_.reserve(queue_[queue_.front()], now);
    if (!hold) return;
    for (auto cursor = queue_.behind_front(); room_.free() > 0;) {
      const auto slot = queue_.next_candidate(cursor, room_.limits(*hold, now));
      if (!slot) break;
      start(*slot, now, &*hold, starts);
    }
    room_.release(*hold);
  }

  void start(typename Order::Slot slot, units::Seconds now, typename Room::Hold* hold,
             std::vector<std::int64_t>& starts) {
    const QueuedJob job = queue_[slot];
    queue_.erase(slot);
    queued_accelerators_ -= job.accelerators;
    room_.start(job, now, hold);
    starts.push_back(job.id);
  }

  bool backfill_;
  Order queue_;
  Room room_;
  std::int64_t queued_accelerators_ = 0;
};

}  // namespace gigasim::scheduling
