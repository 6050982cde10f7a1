#pragma once

#include <memory>
#include <queue>
#include <vector>

#include "job_stream.hpp"

namespace gigasim::workload {

/// Merges streams by (submit time, stream index), holding one job of each.
class Merge {
 public:
  Merge() = default;
  explicit Merge(std::vector<std::unique_ptr<JobStream>> streams);

  [[nodiscard]] std::optional<Job> next();

 private:
  struct Head {
    Job job;
    std::size_t stream;
  };
  struct Later {
    bool operator()(const Head& a, const Head& b) const;
  };

  void pull(std::size_t stream);

  std::vector<std::unique_ptr<JobStream>> streams_;
  std::priority_queue<Head, std::vector<Head>, Later> heads_;
};

}  // namespace gigasim::workload
