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
  /// In all its runs, wherever they were.
  [[nodiscard]] WorkDone done_by(std::size_t index) const;
  /// The part of that which a run at another site than the last one did.
  [[nodiscard]] WorkDone done_by(const StoppedRun& run) const;

 private:
  /// What runs do in the results period before any of it is lost: the amount that counts is spread over them by this.
  struct Effort {
    Ticks inside = 0;
    double work = 0.0;          ///< seconds times the rate of the place
    double peak_seconds = 0.0;  ///< that work over the peak of the place
    double h100_seconds = 0.0;
  };
  [[nodiscard]] Effort effort_of(const JobRecord& job, Place place, const Window& run) const;
  [[nodiscard]] const scenario::WorkRate* rate_of(const JobRecord& job, Place place) const;

  const Books& books_;
  std::vector<std::size_t> first_partition_;  // by site: its position among all partitions
  std::vector<Effort> before_;                // by job: of runs that were stopped; empty: of none
  std::vector<bool> has_moved_;               // by job: some of them were on another partition than the last one
};

/// What the work of a group of jobs adds up to.
struct WorkSums {
  std::array<double, models::kAiTaskWords.size()> tokens{};
  double flop = 0.0;
  double accelerator_seconds = 0.0, at_peak = 0.0;
  double training_h100_seconds = 0.0;
  std::int64_t training_runs = 0;
  void add(const WorkDone& done);
  /// Takes a part out again and adds it to another group.
  void move(const WorkDone& done, WorkSums& to);
};

/// The figures of a group; empty in a scenario without such work, and for parts of the results period.
[[nodiscard]] AiFigures ai_figures(const Books& books, const Group& group, const WorkSums& sums);

}  // namespace gigasim::metrics
