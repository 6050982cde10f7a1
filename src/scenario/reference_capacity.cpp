#include <algorithm>
#include <limits>

#include "gigasim/scenario/rollout.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

/// Fraction of the results period between two moments; of a period without end, its first moment decides.
double fraction_of(const Period& period, units::UtcTime from_date, std::optional<units::UtcTime> to_date) {
  constexpr double kForever = std::numeric_limits<double>::infinity();
  const double from = (from_date - period.start).in_base_units();
  const double to = to_date ? (*to_date - period.start).in_base_units() : kForever;
  const double begin = period.warm_up.in_base_units();
  if (period.until_drained) return from <= begin && begin < to ? 1.0 : 0.0;
  const double end = (period.warm_up + period.length).in_base_units();
  const double overlap = std::max(0.0, std::min(end, to) - std::max(begin, from));
  return overlap / (end - begin);
}

}  // namespace

Capacity capacity_of(const std::vector<Site>& sites, const Period& period) {
  Capacity capacity;
  for (const Site& site : sites) {
    for (const Partition& partition : site.partitions) {
      double here = 0.0;
      const std::vector<CapacityStep> steps = capacity_steps(site, partition);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto until = i + 1 < steps.size() ? std::optional{steps[i + 1].from} : std::nullopt;
        const double fraction = fraction_of(period, steps[i].from, until);
        here += static_cast<double>(steps[i].accelerators) * fraction;
      }
      capacity.accelerators += here;
      capacity.of_partition.push_back(here);
      capacity.of_type[partition.accelerator] += here;
      capacity.largest_partition = std::max(capacity.largest_partition, partition.count);
    }
  }
  return capacity;
}

}  // namespace gigasim::scenario
