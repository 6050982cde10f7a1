#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace gigasim::workload {

/// How long jobs waited on the machine that wrote a log: start less submit as logged, over the jobs that were kept and
/// whose wait is known. Quantiles are nearest-rank; the bounded slowdown is max(1, (wait + run) / max(run, 10 s)).
struct LoggedWaits {
  std::int64_t jobs = 0;
  double mean_wait_s = 0.0, p95_wait_s = 0.0, max_wait_s = 0.0;
  double mean_bounded_slowdown = 0.0;
};

/// Collects the waits of a log while it is read.
class LoggedWaitsBook {
 public:
  /// A wait below 0 is not known.
  void add(double wait_s, double runtime_s);
  /// Nothing when no wait is known.
  [[nodiscard]] std::optional<LoggedWaits> sum_up() const;

 private:
  std::vector<double> waits_;
  double slowdowns_ = 0.0;
};

}  // namespace gigasim::workload
