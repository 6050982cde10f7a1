#include "trust.hpp"

namespace gigasim::metrics {

bool breaks_trust(const JobRecord& job, const scenario::Scenario& scenario) {
  if (!job.start || job.place.site < 0) return false;  // preempted, then refused
  const scenario::Site& site = scenario.sites[static_cast<std::size_t>(job.place.site)];
  const scenario::Partition& partition = site.partitions[static_cast<std::size_t>(job.place.partition)];
  if (!scenario.workload.streams[static_cast<std::size_t>(job.stream)].sensitive) {
    return partition.trusted_only || job.held != job.accelerators;
  }
  const bool whole_nodes = job.held % partition.per_node == 0 && job.held - job.accelerators < partition.per_node;
  return !partition.trusted || !whole_nodes;
}

}  // namespace gigasim::metrics
