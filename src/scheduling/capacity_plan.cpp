#include "capacity_plan.hpp"

#include <algorithm>
#include <limits>

#include "gigasim/units/share.hpp"

namespace gigasim::scheduling {
namespace {

constexpr units::Seconds kNever{std::numeric_limits<double>::infinity()};
// Standing windows of different cycles may leave no gap that is long enough: after so many steps ahead we stop looking.
constexpr int kMostLooks = 256;

bool repeats(const Reservation& reservation) {
  return reservation.every > units::Seconds{0};
}

/// The first time after `now` of a reservation's openings, or of its closings.
std::optional<units::Seconds> next_after(units::Seconds now, units::Seconds first, units::Seconds every) {
  if (first > now) return first;
  if (every <= units::Seconds{0}) return std::nullopt;
  const units::Ticks cycle = units::to_ticks(every);
  const units::Ticks gone = units::to_ticks(now) - units::to_ticks(first);
  return first + units::from_ticks((gone / cycle + 1) * cycle);
}

}  // namespace

bool Staircase::allow(std::int64_t accelerators, double walltime_s) const {
  if (accelerators > free) return false;
  const double end = now.in_base_units() + walltime_s;
  for (const FreeProfile::Step& step : steps) {
    if (accelerators > step.accelerators) return false;  // and steps only fall
    if (end <= step.until.in_base_units()) return true;
  }
  return false;
}

CapacityPlan::CapacityPlan(const std::vector<Reservation>& reservations) : pools_(reservations.size() + 1) {
  for (const Reservation& reservation : reservations) {
    Window window;
    window.reservation = reservation;
    // Windows that are over when the clock starts are left out.
    window.next = reservation.from;
    if (repeats(reservation)) {
      const auto end = next_after(units::Seconds{0}, reservation.from + reservation.length, reservation.every);
      window.next = *end - reservation.length;
      longest_cycle_ = std::max(longest_cycle_, reservation.every);
    } else if (reservation.from + reservation.length <= units::Seconds{0}) {
      window.next.reset();
    }
    windows_.push_back(std::move(window));
  }
}

std::int64_t CapacityPlan::wanted(const Reservation& reservation) const {
  if (reservation.accelerators > 0) return std::min(reservation.accelerators, capacity_);
  return units::whole_share(reservation.share, capacity_);
}

void CapacityPlan::enter(std::size_t window, std::int64_t accelerators, units::Seconds from, units::Seconds to) const {
  pools_[0].take(accelerators, from, to);
  if (!windows_[window].reservation.maintenance) pools_[window + 1].give_back(accelerators, from, to);
}

void CapacityPlan::set_capacity(std::int64_t accelerators) {
  capacity_ = accelerators;
  pools_[0].set_capacity(accelerators);
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    Window& window = windows_[i];
    const std::int64_t more = wanted(window.reservation) - window.held;
    window.held += more;
    for (const auto& [from, to] : window.known) enter(i, more, from, to);
  }
}

void CapacityPlan::advance(units::Seconds now) {
  for (FreeProfile& pool : pools_) pool.forget_before(now);
  for (Window& window : windows_) {
    while (!window.known.empty() && window.known.front().second <= now) window.known.pop_front();
  }
}

void CapacityPlan::look_ahead(units::Seconds until) const {
  if (until <= seen_) return;
  seen_ = until;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    Window& window = windows_[i];
    while (window.next && *window.next <= until) {
      const units::Seconds from = *window.next;
      window.known.emplace_back(from, from + window.reservation.length);
      enter(i, window.held, from, from + window.reservation.length);
      if (repeats(window.reservation)) {
        window.next = from + window.reservation.every;
      } else {
        window.next.reset();
      }
    }
  }
}

std::optional<CapacityPlan::Place> CapacityPlan::place_now(const QueuedJob& job, units::Seconds now) const {
  const units::Seconds end = now + held_for(job);
  look_ahead(end);
  const auto own = static_cast<std::size_t>(job.reservation + 1);
  if (own != 0 && pools_[own].least(now, end) >= job.accelerators) return Place{now, own};
  if (pools_[0].least(now, end) >= job.accelerators) return Place{now, 0};
  return std::nullopt;
}

std::optional<CapacityPlan::Place> CapacityPlan::earliest(const QueuedJob& job, units::Seconds not_before) const {
  auto place = earliest_in(0, job, not_before);
  if (job.reservation < 0) return place;
  const auto own = earliest_in(static_cast<std::size_t>(job.reservation + 1), job, not_before);
  return own && (!place || own->start <= place->start) ? own : place;
}

bool CapacityPlan::ever_fits(std::size_t pool, const QueuedJob& job) const {
  if (pool != 0) {
    const Window& own = windows_[pool - 1];
    return job.accelerators <= own.held && held_for(job) <= own.reservation.length;
  }
  return job.accelerators <= capacity_ && std::all_of(windows_.begin(), windows_.end(), [&](const Window& window) {
           const Reservation& r = window.reservation;
           return !repeats(r) || job.accelerators <= capacity_ - window.held || held_for(job) <= r.every - r.length;
         });
}

std::optional<CapacityPlan::Place> CapacityPlan::earliest_in(std::size_t pool, const QueuedJob& job,
                                                             units::Seconds not_before) const {
  if (!ever_fits(pool, job)) return std::nullopt;
  const units::Seconds length = held_for(job);
  look_ahead(not_before + length);
  for (int look = 0; look < kMostLooks; ++look) {
    const auto fit = pools_[pool].earliest_fit(job.accelerators, length, not_before);
    const bool all_entered = std::none_of(windows_.begin(), windows_.end(), [](const Window& w) { return w.next; });
    if (fit && (all_entered || *fit + length <= seen_)) return Place{*fit, pool};
    if (all_entered) return std::nullopt;
    look_ahead((fit ? *fit + length : seen_) + longest_cycle_);
  }
  return std::nullopt;
}

void CapacityPlan::take(const QueuedJob& job, const Place& place) {
  pools_[place.pool].take(job.accelerators, place.start, place.start + held_for(job));
}

void CapacityPlan::give_back(const QueuedJob& job, const Place& place) {
  pools_[place.pool].give_back(job.accelerators, place.start, place.start + held_for(job));
}

std::vector<Staircase> CapacityPlan::staircases(std::int32_t reservation, units::Seconds now, units::Seconds longest,
                                                std::int64_t free) const {
  look_ahead(now + longest);
  std::vector<Staircase> either{{pools_[0].staircase(now), now, free}};
  if (reservation < 0) return either;
  either.push_back({pools_[static_cast<std::size_t>(reservation + 1)].staircase(now), now, free});
  return either;
}

bool CapacityPlan::has_room(units::Seconds now) const {
  look_ahead(now);
  return std::any_of(pools_.begin(), pools_.end(), [&](const FreeProfile& pool) { return pool.free_at(now) > 0; });
}

std::optional<units::Seconds> CapacityPlan::next_turn(units::Seconds now) const {
  units::Seconds first = kNever;
  for (const Window& window : windows_) {
    const Reservation& r = window.reservation;
    first = std::min(first, next_after(now, r.from + r.length, r.every).value_or(kNever));
    if (!r.maintenance) first = std::min(first, next_after(now, r.from, r.every).value_or(kNever));
  }
  return first < kNever ? std::optional{first} : std::nullopt;
}

bool ever_fits(const QueuedJob& job, std::int64_t capacity, const std::vector<Reservation>& reservations) {
  CapacityPlan empty{reservations};
  empty.set_capacity(capacity);
  return empty.earliest(job, units::Seconds{0}).has_value();
}

std::uint64_t CapacityPlan::nodes_visited() const {
  std::uint64_t nodes = 0;
  for (const FreeProfile& pool : pools_) nodes += pool.nodes_visited();
  return nodes;
}

}  // namespace gigasim::scheduling
