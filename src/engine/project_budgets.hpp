#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::engine {

/// What projects have left of their budgets. A job is charged its request, accelerators x walltime, when it is
/// submitted: where it is slowest of all places that may take it, then where it waits and at the size that it has
/// there; when it is over it gets back what it did not use. Jobs without a project, and projects without a budget or an
/// end, are never refused. O(1) a call.
class ProjectBudgets {
 public:
  ProjectBudgets(const scenario::Scenario& scenario, const workload::JobSource& source)
      : scenario_(&scenario), source_(&source) {}

  /// Whether the project of a job has a budget.
  [[nodiscard]] bool limits(const workload::Job& job) const;
  /// Charges a job that is submitted now `request` accelerator-ticks; returns why it is refused instead, empty when it
  /// is not.
  [[nodiscard]] std::string_view charge(const workload::Job& job, units::Ticks request);
  /// What a job that was `charged` could be charged at most; no limit without a budget.
  [[nodiscard]] units::Ticks left(const workload::Job& job, units::Ticks charged) const;
  /// A job that was `charged` is charged `request` instead: it has found its place, and a moldable one its size.
  void recharge(const workload::Job& job, units::Ticks charged, units::Ticks request);
  /// A job that was `charged` is over, for whatever reason, after it ran for so long: 0 when it never started.
  void settle(const workload::Job& job, units::Ticks charged, units::Seconds ran);

 private:
  [[nodiscard]] const scenario::Projects* terms_of(const workload::Job& job) const;

  const scenario::Scenario* scenario_;
  const workload::JobSource* source_;
  std::vector<units::Ticks> charged_;  ///< accelerator-ticks by project
};

}  // namespace gigasim::engine
