#pragma once

#include <string_view>

#include "gigasim/workload/job.hpp"
#include "random_stream.hpp"

namespace gigasim::workload {

/// Labels how a job ends.
///
///     p(cancelled) = min(1, (g / g0)^e)     g: accelerator-hours of the job
///     p(failed)    = (1 - p(cancelled)) f
///
/// Cancelled jobs are few and hold most of the work, which a label drawn without regard to size would miss.
/// Source and fit: docs/models/workload.md.
class EndingLaw {
 public:
  /// The law of a catalogue job class. A name that is none (an explicit job) always completes.
  explicit EndingLaw(std::string_view class_name);

  [[nodiscard]] Ending draw(RandomStream& random, double accelerator_hours) const;

 private:
  double g0_ = 0.0, exponent_ = 0.0, failed_ = 0.0;
};

}  // namespace gigasim::workload
