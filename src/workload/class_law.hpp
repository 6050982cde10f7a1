#pragma once

#include <cstdint>
#include <vector>

#include "discrete_law.hpp"
#include "ending_law.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "random_stream.hpp"
#include "runtime_law.hpp"

namespace gigasim::workload {

/// One class of a stream's jobs, ready to draw from.
class ClassLaw {
 public:
  explicit ClassLaw(const scenario::JobClass& job_class);

  [[nodiscard]] std::int64_t draw_accelerators(RandomStream& random) const;
  /// Returns the runtime of one job as submitted, that is the sum of `bundle` draws, on the time grid and above 0.
  [[nodiscard]] units::Seconds draw_runtime(RandomStream& random) const;
  /// Labels a job by the accelerator-hours of one try: a bundle of k tries counts as k-th of its runtime.
  [[nodiscard]] Ending draw_ending(RandomStream& random, std::int64_t accelerators, units::Seconds runtime) const;

  /// Share of the stream's jobs as submitted, up to a constant: share / bundle.
  [[nodiscard]] double weight() const { return weight_; }
  [[nodiscard]] std::int64_t bundle() const { return bundle_; }
  [[nodiscard]] bool in_bursts() const { return in_bursts_; }
  /// Expected accelerators x runtime of one job as submitted, at the mean speed of the accelerators that the demand is
  /// measured against.
  [[nodiscard]] double mean_accelerator_seconds() const { return mean_accelerator_seconds_; }

 private:
  std::vector<std::int64_t> sizes_;
  DiscreteLaw size_law_;
  RuntimeSampler runtime_;
  EndingLaw ending_;
  std::int64_t bundle_;
  bool in_bursts_;
  double weight_;
  double mean_accelerator_seconds_ = 0.0;
};

/// All classes of a stream.
using Mix = std::vector<ClassLaw>;

[[nodiscard]] Mix make_mix(const scenario::Stream& stream);
/// Returns the weights of the classes that come in bursts, or of the others; the weight of the rest is 0.
[[nodiscard]] std::vector<double> class_weights(const Mix& mix, bool in_bursts);
/// Returns the expected accelerator-seconds of a job as submitted, over all classes.
[[nodiscard]] double mean_accelerator_seconds(const Mix& mix);

}  // namespace gigasim::workload
