#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "class_law.hpp"
#include "discrete_law.hpp"
#include "quantile_law.hpp"
#include "random_stream.hpp"
#include "thinned_poisson.hpp"

namespace gigasim::workload {

/// One submission: what is decided when a job arrives.
struct Arrival {
  double at = 0.0;
  std::int32_t origin = -1;
  std::size_t job_class = 0;
  std::int64_t accelerators = 1;
};

/// Submissions in order of time, singly or in bursts. A burst has one origin, class and size; the gaps inside it are
/// exponential with mean 10 s (an assumption: logs give burst sizes, not gaps).
class Arrivals {
 public:
  struct Randoms {
    RandomStream bursts, classes, sizes;
  };

  /// `bursts`: nothing for jobs that come one by one. `weights`: of the classes of `mix`, which must outlive this.
  Arrivals(ThinnedPoisson starts, std::optional<QuantileLaw> bursts, const Mix& mix, const std::vector<double>& weights,
           Randoms randoms);

  [[nodiscard]] std::optional<Arrival> next();

 private:
  struct Burst {
    Arrival next_job;
    std::int64_t jobs_left;  ///< the next one included
    std::int64_t serial;     ///< earlier bursts first at one moment
  };
  struct Later {
    bool operator()(const Burst& a, const Burst& b) const;
  };

  [[nodiscard]] Arrival start_burst();
  [[nodiscard]] Arrival continue_burst();
  void schedule(Burst burst);

  ThinnedPoisson starts_;
  std::optional<QuantileLaw> sizes_of_bursts_;
  const Mix* mix_;
  DiscreteLaw class_choice_;
  Randoms randoms_;
  std::optional<ThinnedPoisson::Moment> next_start_;
  std::priority_queue<Burst, std::vector<Burst>, Later> running_;
  std::int64_t bursts_started_ = 0;
};

}  // namespace gigasim::workload
