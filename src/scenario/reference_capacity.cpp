#include <algorithm>
#include <limits>

#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

/// Earlier or later of two moments that may not exist.
template <class Choose>
std::optional<units::UtcTime> chosen(std::optional<units::UtcTime> a, std::optional<units::UtcTime> b, Choose choose) {
  if (a && b) return choose(*a, *b);
  return a ? a : b;
}

/// Fraction of the results period in which something is present; of a period without end, its first moment decides.
double fraction_present(const Presence& presence, const Period& period) {
  constexpr double kForever = std::numeric_limits<double>::infinity();
  const double from = presence.online ? (*presence.online - period.start).in_base_units() : -kForever;
  const double to = presence.offline ? (*presence.offline - period.start).in_base_units() : kForever;
  const double begin = period.warm_up.in_base_units();
  if (period.until_drained) return from <= begin && begin < to ? 1.0 : 0.0;
  const double end = (period.warm_up + period.length).in_base_units();
  const double overlap = std::max(0.0, std::min(end, to) - std::max(begin, from));
  return overlap / (end - begin);
}

}  // namespace

Presence presence(const Site& site, const Partition& partition) {
  return {chosen(site.online, partition.online, [](auto a, auto b) { return std::max(a, b); }),
          chosen(site.offline, partition.offline, [](auto a, auto b) { return std::min(a, b); })};
}

Capacity capacity_of(const std::vector<Site>& sites, const Period& period) {
  Capacity capacity;
  for (const Site& site : sites) {
    for (const Partition& partition : site.partitions) {
      const double fraction = fraction_present(presence(site, partition), period);
      capacity.accelerators += static_cast<double>(partition.count) * fraction;
      capacity.largest_partition = std::max(capacity.largest_partition, partition.count);
    }
  }
  return capacity;
}

}  // namespace gigasim::scenario
