#include "chains.hpp"

#include <algorithm>
#include <utility>

#include "gigasim/units/grid.hpp"

namespace gigasim::engine {

void Chains::hold(const workload::Job& job, units::Seconds now) {
  Leader& leader = leaders_[{job.after_stream, job.after}];
  if (leader.success) return release(job, leader, now);
  leader.followers.push_back(job);
  ++num_held_;
}

void Chains::begins(const workload::Job& job) {
  if (!job.leads) return;
  const auto leader = leaders_.find({job.stream, job.number});
  if (leader != leaders_.end()) leader->second.success.reset();
}

void Chains::ended(const workload::Job& job, bool success, units::Seconds now) {
  if (!job.leads) return;
  Leader& leader = leaders_[{job.stream, job.number}];
  leader.success = success;
  leader.end = now;
  bool all_known = false;  // those of a following stream come with the job itself; those of a log at any time
  for (const workload::Job& follower : std::exchange(leader.followers, {})) {
    --num_held_;
    release(follower, leader, now);
    all_known = all_known || (*streams_)[static_cast<std::size_t>(follower.stream)].after.has_value();
  }
  if (all_known) leaders_.erase({job.stream, job.number});
}

void Chains::release(const workload::Job& job, const Leader& leader, units::Seconds now) {
  const bool success = *leader.success;
  units::Seconds at = now;
  if (success) {
    const auto& chain = (*streams_)[static_cast<std::size_t>(job.stream)].after;
    const units::Seconds delay = chain ? chain->delay : units::Seconds{0};
    at = std::max({now, job.submit, units::ceil_to_grid(leader.end + delay)});
  }
  Due due{at, releases_++, {job, !success}};
  due.release.job.submit = at;
  due_.push(due);
}

std::optional<units::Seconds> Chains::next_release() const {
  return due_.empty() ? std::nullopt : std::optional{due_.top().at};
}

std::optional<Chains::Release> Chains::take(units::Seconds now) {
  if (due_.empty() || due_.top().at > now) return std::nullopt;
  Release release = due_.top().release;
  due_.pop();
  return release;
}

}  // namespace gigasim::engine
