#pragma once

#include <vector>

#include "books.hpp"

namespace gigasim::metrics {

/// How the projects of one group came to access.
struct GroupAccess {
  std::int64_t projects = 0;  ///< that applied in the results period
  std::int64_t waiting = 0;   ///< of these, not on board at the end of the run
  Mean decision_s;
  Distribution onboarding_s;      ///< from the decision on; those that wait count with what they have waited so far
  GrantedHours granted;           ///< to those with a budget that are on board
  Distribution time_to_access_s;  ///< from the application to the start of the first job, counted alike
};

/// Describes the projects of each group: those of the network, of its class, origin, stream, labels, quarter, and of
/// the site that takes them on.
[[nodiscard]] std::vector<GroupAccess> describe_access(const Books& books,
                                                       const std::vector<workload::Project>& projects);

}  // namespace gigasim::metrics
