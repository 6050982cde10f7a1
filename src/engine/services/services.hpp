#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service_run.hpp"

namespace gigasim::engine {

/// All services of a run, as the event loop sees them.
class Services {
 public:
  Services(const scenario::Scenario& scenario, const std::vector<std::string>& origins, NetworkQueues& queues,
           metrics::Observer& observer);

  /// When any service acts next; nothing without services. O(1), and O(services x sites) after a change.
  [[nodiscard]] std::optional<units::Seconds> next_date() const;
  [[nodiscard]] bool is_due(units::Seconds now) const {
    const auto date = next_date();
    return date && *date <= now;
  }
  /// Does what is due and returns what is wanted of the queues.
  [[nodiscard]] ReplicaOrders act(units::Seconds now);
  void submitted(const ReplicaOrders::Start& start, metrics::JobIndex job, units::Seconds now);
  /// These do nothing for jobs that are not replicas.
  void started(const workload::Job& job, int queue, metrics::JobIndex index, units::Seconds now);
  void stopped(const workload::Job& job, int queue, metrics::JobIndex index, units::Seconds now);
  void gone(const workload::Job& job, int queue, metrics::JobIndex index, units::Seconds now);
  /// The instant is over.
  void begin_stretches(units::Seconds now);
  void finish(units::Seconds now);

  [[nodiscard]] bool is_replica(const workload::Job& job) const { return service_of(job) != nullptr; }

 private:
  [[nodiscard]] ServiceRun* service_of(const workload::Job& job) const {
    return services_.empty() ? nullptr : by_stream_[static_cast<std::size_t>(job.stream)];
  }

  std::vector<std::unique_ptr<ServiceRun>> services_;
  std::vector<ServiceRun*> by_stream_;  ///< null for streams of jobs
  mutable std::optional<units::Seconds> next_date_;
  mutable bool date_is_known_ = false;
};

}  // namespace gigasim::engine
