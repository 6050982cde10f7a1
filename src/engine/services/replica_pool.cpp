#include "replica_pool.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "gigasim/units/grid.hpp"

namespace gigasim::engine {

void ReplicaPool::leave(metrics::JobIndex job, const Replica& replica) {
  waiting_ -= replica.stage == Stage::kWaiting ? 1 : 0;
  loading_ -= replica.stage == Stage::kLoading ? 1 : 0;
  ready_ -= replica.stage == Stage::kReady ? 1 : 0;
  draining_ -= replica.stage == Stage::kDraining ? 1 : 0;
  dates_.erase({replica.date.in_base_units(), job});
}

void ReplicaPool::enter(metrics::JobIndex job, Replica& replica, Stage stage, units::Seconds date) {
  replica = {stage, date};
  waiting_ += stage == Stage::kWaiting ? 1 : 0;
  loading_ += stage == Stage::kLoading ? 1 : 0;
  ready_ += stage == Stage::kReady ? 1 : 0;
  draining_ += stage == Stage::kDraining ? 1 : 0;
  if (stage != Stage::kWaiting && stage != Stage::kReady) dates_.insert({date.in_base_units(), job});
}

void ReplicaPool::submitted(metrics::JobIndex job, units::Seconds now) {
  enter(job, replicas_[job], Stage::kWaiting, now);
}

void ReplicaPool::started(metrics::JobIndex job, units::Seconds now) {
  Replica& replica = replicas_.at(job);
  leave(job, replica);
  enter(job, replica, Stage::kStartingUp, now + timing_.start_up);
}

void ReplicaPool::stopped(metrics::JobIndex job, units::Seconds now) {
  Replica& replica = replicas_.at(job);
  leave(job, replica);
  enter(job, replica, Stage::kWaiting, now);
}

void ReplicaPool::gone(metrics::JobIndex job) {
  const auto replica = replicas_.find(job);
  if (replica == replicas_.end()) return;
  leave(job, replica->second);
  replicas_.erase(replica);
}

void ReplicaPool::drain(metrics::JobIndex job, units::Seconds until) {
  Replica& replica = replicas_.at(job);
  leave(job, replica);
  enter(job, replica, Stage::kDraining, until);
}

std::vector<metrics::JobIndex> ReplicaPool::advance(units::Seconds now) {
  std::vector<metrics::JobIndex> to_load;
  std::vector<metrics::JobIndex> drained;
  while (!dates_.empty() && dates_.begin()->first <= now.in_base_units()) {
    const metrics::JobIndex job = dates_.begin()->second;
    Replica& replica = replicas_.at(job);
    const Stage stage = replica.stage;
    leave(job, replica);
    if (stage == Stage::kDraining) {
      replicas_.erase(job);
      drained.push_back(job);
    } else if (stage == Stage::kLoading) {
      enter(job, replica, Stage::kReady, now);
    } else {
      to_load.push_back(job);
    }
  }
  const auto sharers = static_cast<double>(loading_ + static_cast<std::int64_t>(to_load.size()));
  for (const metrics::JobIndex job : to_load) {
    const units::Seconds load = timing_.storage > units::BytesPerSecond{0}
                                    ? units::ceil_to_grid(timing_.weights * sharers / timing_.storage)
                                    : units::Seconds{0};
    enter(job, replicas_.at(job), Stage::kLoading, now + load);
  }
  if (!dates_.empty() && dates_.begin()->first <= now.in_base_units()) advance(now);  // nothing to load
  return drained;
}

std::optional<units::Seconds> ReplicaPool::next_date() const {
  return dates_.empty() ? std::nullopt : std::optional{units::Seconds{dates_.begin()->first}};
}

std::vector<metrics::JobIndex> ReplicaPool::ready_jobs() const {
  std::vector<metrics::JobIndex> ready;
  for (const auto& [job, replica] : replicas_) {
    if (replica.stage == Stage::kReady) ready.push_back(job);
  }
  return ready;
}

bool ReplicaPool::is_short(units::Seconds now) const {
  return waiting_ > 0 && std::any_of(replicas_.begin(), replicas_.end(), [&](const auto& one) {
           return one.second.stage == Stage::kWaiting && one.second.date < now;
         });
}

metrics::JobIndex ReplicaPool::to_give_up() const {
  const auto last_of = [&](auto holds) -> std::optional<metrics::JobIndex> {
    const auto found = std::find_if(replicas_.rbegin(), replicas_.rend(), holds);
    return found == replicas_.rend() ? std::nullopt : std::optional{found->first};
  };
  if (const auto job = last_of([](const auto& one) { return one.second.stage == Stage::kWaiting; })) return *job;
  const auto is_getting_ready = [](const auto& one) {
    return one.second.stage == Stage::kStartingUp || one.second.stage == Stage::kLoading;
  };
  if (const auto job = last_of(is_getting_ready)) return *job;
  if (const auto job = last_of([](const auto& one) { return one.second.stage == Stage::kReady; })) return *job;
  throw std::logic_error("no replica is left to give up");
}

}  // namespace gigasim::engine
