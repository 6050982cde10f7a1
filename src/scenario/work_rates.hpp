#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gigasim/models/ai_job.hpp"
#include "gigasim/models/evidence.hpp"
#include "spec.hpp"

/// How fast work is done on each partition.
namespace gigasim::scenario {

/// Operations on nothing in particular.
struct FlopJob {
  double utilisation = 0.0;
  models::Precision precision = models::Precision::kBf16;
};
using WorkKind = std::variant<models::AiJob, FlopJob>;

/// A partition as work sees it.
struct WorkPlace {
  std::string name;  ///< "partition booster of site jaif"
  std::string accelerator;
  models::Device device;
  models::Software training, serving;
  double stated_efficiency = 1.0;  ///< of the site, for operations whose utilisation is stated anyway
  std::int64_t count = 0, per_node = 1;
  bool suits = true;  ///< the accelerator is one that the jobs accept
};
[[nodiscard]] std::vector<WorkPlace> work_places(const std::vector<Site>& sites, const RequiresSpec& needs);

/// Returns the software that does the work there; of operations on nothing in particular what the site states.
[[nodiscard]] models::Software software_on(const WorkKind& kind, const WorkPlace& place);

/// Returns the rate of a job of one size on a place.
[[nodiscard]] WorkRate work_rate(const WorkKind& kind, const WorkPlace& place, std::int64_t accelerators);
/// Returns the rates of a size on all places, each type of accelerator worked out once; the reference is the first
/// that suits, is large enough and has a rate.
[[nodiscard]] SizedWork sized_work(const WorkKind& kind, const std::vector<WorkPlace>& places,
                                   std::int64_t accelerators);

/// How long an amount of work takes, on the time grid.
[[nodiscard]] units::Seconds work_time(double amount, double per_second);

/// A size that does some work in time, or the one that comes nearest.
struct InTime {
  std::int64_t accelerators = 0;  ///< 0: the work is not possible there at any size
  units::Seconds takes{0};
  [[nodiscard]] bool within(units::Seconds deadline) const { return accelerators > 0 && takes <= deadline; }
};
/// Looks for the smallest size in whole nodes with which a place does the work within the deadline: sizes are doubled
/// until one does, then halved in between, O(log n). One node less then misses it. Else the fastest that was tried.
[[nodiscard]] InTime smallest_in_time(const WorkKind& kind, const WorkPlace& place, double amount,
                                      units::Seconds deadline);

}  // namespace gigasim::scenario
