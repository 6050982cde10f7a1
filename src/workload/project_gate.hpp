#pragma once

#include <map>
#include <queue>
#include <utility>
#include <vector>

#include "gigasim/workload/source.hpp"
#include "merge.hpp"

namespace gigasim::workload {

/// Holds jobs back until their project has access. A stream with projects gives each so many consecutive jobs of one
/// country. The first job applies; the next cut-off is waited for; the decision takes its time; then the staff of the
/// nearest site takes the projects on one after the other, in order of decision, at its capacity. Jobs that come while
/// their project waits are submitted when it is on board.
///
/// Nothing of this depends on what the machines do, so it is worked out as the jobs pass by: O(log n) a job.
class ProjectGate {
 public:
  ProjectGate() = default;
  ProjectGate(const scenario::Scenario& scenario, const std::vector<std::string>& origins, Merge jobs);

  [[nodiscard]] std::optional<Job> next();
  [[nodiscard]] const std::vector<Project>& projects() const { return projects_; }

 private:
  struct Release {
    units::Seconds at;
    std::int64_t order;  ///< of arrival
    Job job;
    bool operator>(const Release& other) const { return std::pair{at, order} > std::pair{other.at, other.order}; }
  };
  using Decision = std::pair<units::Seconds, std::int32_t>;  // and the project

  [[nodiscard]] units::Seconds next_arrival() const;
  [[nodiscard]] units::Seconds next_decision() const;
  void arrive();
  void decide();
  std::int32_t project_of(const Job& job);
  /// When an application is decided: after the next cut-off, where there are any; never once the last is over.
  [[nodiscard]] units::Seconds decided(const scenario::Projects& terms, units::Seconds applied) const;
  void release(Job job, units::Seconds at);

  const scenario::Scenario* scenario_ = nullptr;
  std::vector<std::int32_t> site_of_origin_;  // the last one is for unknown origins
  Merge jobs_;
  std::optional<Job> arriving_;
  std::vector<Project> projects_;
  std::vector<std::vector<Job>> held_;                                                           // by project
  std::map<std::pair<std::int32_t, std::int32_t>, std::pair<std::int32_t, std::int64_t>> open_;  // project, jobs so far
  std::priority_queue<Decision, std::vector<Decision>, std::greater<>> decisions_;
  std::vector<units::Seconds> staff_free_;  // by site
  std::priority_queue<Release, std::vector<Release>, std::greater<>> released_;
  std::int64_t arrivals_ = 0;
};

}  // namespace gigasim::workload
