#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compare.hpp"
#include "gigasim/report/report.hpp"
#include "text_table.hpp"

/// What rights before others give to those who have them, and what they cost everyone else.
namespace gigasim::report {

/// The jobs of one privilege, or those of nobody's.
struct PrivilegeGroup {
  std::string name;  ///< of the privilege; empty for those who have none
  double jobs = 0.0;
  std::optional<double> job_share, hour_share;  ///< of the jobs submitted, and of the H100-equivalent hours delivered
  std::optional<Figure> wait_s;                 ///< mean queue time of a job
  std::optional<Figure> in_time;                ///< share started within the target
  std::optional<Change> wait_change;            ///< against the twin, in seconds a job: what others are delayed by
  std::optional<Change> in_time_change;
  std::optional<double> hours_change;  ///< H100-equivalent hours delivered, against the twin
};

struct PrivilegeEffect {
  std::size_t result = 0;
  /// The first result without privileges whose streams submitted the same jobs; nothing when there is none.
  std::optional<std::size_t> twin;
  std::vector<PrivilegeGroup> groups;  ///< each privilege, and the others last
};

/// One for each result that has privileges. A group's figures are those of its streams, weighted by their jobs.
[[nodiscard]] std::vector<PrivilegeEffect> privilege_effects(const std::vector<Summary>& results);

/// The same as a table, under the given names of the results; without rows when no result has privileges.
[[nodiscard]] TextTable privileges_table(const std::vector<Summary>& results, const std::vector<std::string>& names);
/// And in a sentence for each result; empty when no result has privileges.
[[nodiscard]] std::string privileges_sentence(const std::vector<Summary>& results,
                                              const std::vector<std::string>& names);

}  // namespace gigasim::report
