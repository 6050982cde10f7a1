#include "trace_replay.hpp"

#include <algorithm>
#include <boost/iterator/counting_iterator.hpp>
#include <cmath>

namespace gigasim::workload {
namespace {

/// The first of [low, high) that is not early, where all that are stand before those that are not; `high` if all are.
template <class IsEarly>
std::int64_t first_that_is_not(std::int64_t low, std::int64_t high, const IsEarly& is_early) {
  using Number = boost::counting_iterator<std::int64_t>;
  return *std::partition_point(Number{low}, Number{high}, is_early);
}

}  // namespace

TraceReplay::TraceReplay(const scenario::TracedDemand& demand)
    : demand_(demand),
      size_(static_cast<std::int64_t>(demand.trace->requests.size())),
      cycle_(scenario::cycle_of(*demand.trace)) {}

std::int64_t TraceReplay::before(std::int64_t n) const {
  return static_cast<std::int64_t>(std::floor(static_cast<double>(n) * demand_.scale));
}

double TraceReplay::logged_at(std::int64_t n) const {
  if (is_over(n)) return cycle_;  // what would be the next one
  const double arrival = demand_.trace->requests[static_cast<std::size_t>(n % size_)].arrival;
  const std::int64_t rounds = n / size_;
  return rounds == 0 ? arrival : static_cast<double>(rounds) * cycle_ + arrival;
}

double TraceReplay::copy_at(std::int64_t n, std::int64_t copy, std::int64_t copies) const {
  const double first = logged_at(n);
  if (copy == 0) return first;
  return first + std::max(0.0, logged_at(n + 1) - first) * (static_cast<double>(copy) / static_cast<double>(copies));
}

/// Of the log, as if nothing were scaled. Times are compared as next() works them out.
std::int64_t TraceReplay::logged_before(double time) const {
  std::int64_t low = 0;
  std::int64_t high = size_;
  if (demand_.repeat) {  // in the cycle of that time, or the ones beside it
    low = static_cast<std::int64_t>(std::max(0.0, std::floor(time / cycle_) - 1.0)) * size_;
    high = low + 3 * size_;
  }
  return first_that_is_not(low, high, [&](std::int64_t n) { return logged_at(n) < time; });
}

std::int64_t TraceReplay::come_before(units::Seconds time) const {
  const double until = time.in_base_units();
  const std::int64_t logged = logged_before(until);
  if (logged == 0) return 0;
  // All copies of those before the last one are over; of the last one some may be still to come.
  const std::int64_t count = before(logged - 1);
  const std::int64_t copies = before(logged) - count;
  return count +
         first_that_is_not(0, copies, [&](std::int64_t copy) { return copy_at(logged - 1, copy, copies) < until; });
}

std::optional<models::Request> TraceReplay::next() {
  std::int64_t copies = before(at_ + 1) - before(at_);
  while (copy_ >= copies) {
    ++at_;
    copy_ = 0;
    if (is_over(at_)) return std::nullopt;
    copies = before(at_ + 1) - before(at_);
  }
  if (is_over(at_)) return std::nullopt;
  models::Request request = demand_.trace->requests[static_cast<std::size_t>(at_ % size_)];
  request.arrival = copy_at(at_, copy_++, copies);
  return request;
}

}  // namespace gigasim::workload
