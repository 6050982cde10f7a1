#pragma once

#include <vector>

#include "books.hpp"
#include "figures.hpp"

/// Replicas of services are jobs to the queues, but not to whoever counts jobs.
namespace gigasim::metrics {

/// Tells whether a job is a replica of a service.
[[nodiscard]] inline bool is_replica(const JobRecord& job, const scenario::Scenario& scenario) {
  return scenario.workload.streams[static_cast<std::size_t>(job.stream)].service >= 0;
}

/// Takes the replicas out of the job table and returns their runs, by arrival. After this the books hold jobs only.
[[nodiscard]] std::vector<ReplicaRun> take_replica_runs(Books& books);

/// Adds what replicas held to the sums of the groups that they are in.
void add_replicas(const Books& books, const std::vector<ReplicaRun>& runs, std::vector<GroupSums>& sums);

}  // namespace gigasim::metrics
