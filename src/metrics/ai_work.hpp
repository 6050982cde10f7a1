#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "books.hpp"
#include "gigasim/models/ai_task.hpp"

namespace gigasim::metrics {

/// What one job that is given as work did in the results period.
struct WorkDone {
  const scenario::AiWork* work = nullptr;  ///< null: nothing
  double amount = 0.0;                     ///< tokens, or FLOP without a task
  double accelerator_seconds = 0.0;
  double at_peak = 0.0;  ///< accelerator-seconds that its FLOP would take at the peak
  double h100_seconds = 0.0;
  bool finished = false;  ///< in the results period
};

/// Reads what jobs did off the books.
class WorkReader {
 public:
  explicit WorkReader(const Books& books);
  [[nodiscard]] WorkDone done_by(std::size_t index) const;

 private:
  const Books& books_;
  std::vector<std::size_t> first_partition_;  // by site: its position among all partitions
  std::vector<Ticks> inside_before_;  // by job: of runs that preemptions ended, in the results period; empty: of none
};

/// What the work of a group of jobs adds up to.
struct WorkSums {
  std::array<double, models::kAiTaskWords.size()> tokens{};
  double flop = 0.0;
  double accelerator_seconds = 0.0, at_peak = 0.0;
  double training_h100_seconds = 0.0;
  std::int64_t training_runs = 0;
  void add(const WorkDone& done);
};

/// The figures of a group; empty in a scenario without such work, and for parts of the results period.
[[nodiscard]] AiFigures ai_figures(const Books& books, const Group& group, const WorkSums& sums);

}  // namespace gigasim::metrics
