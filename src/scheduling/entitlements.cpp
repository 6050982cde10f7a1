#include "entitlements.hpp"

#include <algorithm>

namespace gigasim::scheduling {

std::int64_t Entitlements::free() const {
  std::int64_t free = capacity_;
  for (const Lane& lane : lanes_) free -= lane.running.accelerators();
  return free;
}

std::int64_t Entitlements::now(std::size_t of, units::Seconds walltime) const {
  std::int64_t usable = free();
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (keeps_from(i, of, walltime)) usable -= lanes_[i].unused();
  }
  return usable;
}

std::int64_t Entitlements::at(units::Seconds time, std::size_t of, units::Seconds walltime) const {
  std::int64_t usable = capacity_;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const std::int64_t used = lanes_[i].running.accelerators() - lanes_[i].running.released_by(time);
    usable -= used;
    if (keeps_from(i, of, walltime)) usable -= lanes_[i].unused(used);
  }
  return usable;
}

std::int64_t Entitlements::at_most(std::size_t of) const {
  std::int64_t usable = capacity_;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (i != of) usable -= lanes_[i].reserve;
  }
  return usable;
}

std::optional<units::Seconds> Entitlements::first_time(const QueuedJob& job, std::size_t of) const {
  std::optional<units::Seconds> first;
  for (const Lane& lane : lanes_) {
    const auto end =
        lane.running.first_end([&](units::Seconds time) { return at(time, of, job.walltime) >= job.accelerators; });
    if (end && (!first || *end < *first)) first = end;
  }
  return first;
}

}  // namespace gigasim::scheduling
