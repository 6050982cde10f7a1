#pragma once

#include <optional>

#include "gigasim/workload/job.hpp"

namespace gigasim::workload {

/// The jobs of one stream in order of submit time, pulled one by one.
class JobStream {
 public:
  JobStream() = default;
  JobStream(const JobStream&) = delete;
  JobStream& operator=(const JobStream&) = delete;
  JobStream(JobStream&&) = delete;
  JobStream& operator=(JobStream&&) = delete;
  virtual ~JobStream() = default;

  /// Returns the next job; nothing at the end.
  [[nodiscard]] virtual std::optional<Job> next() = 0;
};

}  // namespace gigasim::workload
