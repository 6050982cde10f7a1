#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::engine {

/// What projects have left of their budgets. A job is charged its request, accelerators x walltime, when it is
/// submitted; when it is over it gets back what it did not use. Jobs without a project, and projects without a budget
/// or an end, are never refused. O(1) a call.
class ProjectBudgets {
 public:
  ProjectBudgets(const scenario::Scenario& scenario, const workload::JobSource& source)
      : scenario_(&scenario), source_(&source) {}

  /// Charges a job that is submitted now; returns why it is refused instead, empty when it is not.
  [[nodiscard]] std::string_view charge(const workload::Job& job);
  /// A job that was `charged` is over, for whatever reason, after it ran for so long: 0 when it never started.
  void settle(const workload::Job& job, units::Ticks charged, units::Seconds ran);
  /// What a job is charged, in accelerator-ticks.
  [[nodiscard]] static units::Ticks request_of(const workload::Job& job);

 private:
  [[nodiscard]] const scenario::Projects* terms_of(const workload::Job& job) const;

  const scenario::Scenario* scenario_;
  const workload::JobSource* source_;
  std::vector<units::Ticks> charged_;  ///< accelerator-ticks by project
};

}  // namespace gigasim::engine
