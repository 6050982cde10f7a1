#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "gigasim/workload/source.hpp"
#include "job_stream.hpp"

namespace gigasim::workload {

/// Draws the jobs of streams that come after another one: for each job of a stream one of every stream after it, with
/// the same number, origin, user and project, and so on along the chain. What is drawn depends on the order of the jobs
/// before alone, not on what becomes of them. The engine holds the jobs until their predecessors have succeeded.
class Followers {
 public:
  Followers() = default;
  explicit Followers(const scenario::Scenario& scenario);

  [[nodiscard]] bool empty() const { return streams_.empty(); }
  /// Marks a job that others come after, and appends these to `jobs`.
  void follow(Job& job, std::deque<Job>& jobs);
  /// What the streams were set to deliver when every job succeeds; `plans` are those of the other streams, by index.
  void plan(const scenario::Scenario& scenario, std::vector<StreamPlan>& plans) const;

 private:
  struct Stream {
    std::int32_t index = -1, after = -1;
    std::unique_ptr<JobStream> jobs;
  };
  std::vector<Stream> streams_;
};

}  // namespace gigasim::workload
