#include "gigasim/workload/logged_waits.hpp"

#include <algorithm>
#include <numeric>

#include "gigasim/workload/bounded_slowdown.hpp"

namespace gigasim::workload {
void LoggedWaitsBook::add(double wait_s, double runtime_s) {
  if (wait_s < 0.0) return;
  waits_.push_back(wait_s);
  slowdowns_ += bounded_slowdown(wait_s + runtime_s, runtime_s);
}

std::optional<LoggedWaits> LoggedWaitsBook::sum_up() const {
  if (waits_.empty()) return std::nullopt;
  std::vector<double> sorted = waits_;
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<double>(sorted.size());
  const std::size_t rank = (sorted.size() * 95 + 99) / 100;  // of the 95th percentile, from 1
  return LoggedWaits{static_cast<std::int64_t>(sorted.size()),
                     std::accumulate(sorted.begin(), sorted.end(), 0.0) / count, sorted[rank - 1], sorted.back(),
                     slowdowns_ / count};
}

}  // namespace gigasim::workload
