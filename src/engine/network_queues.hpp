#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/scheduling/broker.hpp"
#include "gigasim/scheduling/queue_policy.hpp"
#include "pod_allocator.hpp"
#include "queue_making.hpp"
#include "queue_reservations.hpp"

namespace gigasim::engine {

/// So many accelerators are online from a moment on.
struct Step {
  units::Seconds from;
  std::int64_t accelerators = 0;
};

/// A partition as the scheduler sees it.
struct Queue {
  metrics::Place place;
  std::int64_t accelerators = 0;             ///< that are online now
  std::vector<Step> steps;                   ///< to come, in order of time
  std::optional<units::Seconds> offline_at;  ///< for good; nothing: never
  std::int64_t node = 1;                     ///< accelerators per node, for those that take whole nodes
  bool trusted = false;
  bool trusted_only = false;
  units::Seconds wipe{0};
  std::vector<double> reserves;          ///< by privilege of the network: its share here
  std::vector<std::int32_t> privileges;  ///< by privilege of the network: its index here; -1 where it does not hold
  std::vector<double> caps;              ///< by time holder: what its jobs hold at most; empty: no limit
  std::vector<std::int64_t> room;        ///< by privilege + 1: what is online and not reserved for others
  QueueReservations reservations;
  std::unique_ptr<scheduling::QueuePolicy> policy;
  scheduling::PreemptingQueue* preempting = nullptr;  ///< the policy, where the scenario has preemption
  PodAllocator pods;

  /// What a job occupies while it runs here.
  [[nodiscard]] std::int64_t occupied(std::int64_t asked, bool sensitive) const {
    return sensitive ? (asked + node - 1) / node * node : asked;
  }
  void set_accelerators(std::int64_t online);
  /// Whether the job may run on what is online now, and on what else may be.
  [[nodiscard]] bool admits(const scheduling::BrokeredJob& job) const;
  [[nodiscard]] bool admits(const scheduling::BrokeredJob& job, std::int64_t online) const;
  /// The same, however long it runs.
  [[nodiscard]] bool is_wide_enough(const scheduling::BrokeredJob& job, std::int64_t online) const;
  /// The job as the policy sees it: its accelerators stay occupied while they are wiped.
  [[nodiscard]] scheduling::QueuedJob queued(std::int64_t id, const scheduling::BrokeredJob& job,
                                             units::Seconds submit) const;

 private:
  [[nodiscard]] bool lets_in(const scheduling::BrokeredJob& job) const;
  [[nodiscard]] std::int64_t cap_of(const scheduling::BrokeredJob& job, std::int64_t online) const;
  [[nodiscard]] std::int64_t room_beside(std::int32_t privilege, std::int64_t online) const;
};

/// All queues of the network, and what brokers may ask about them.
class NetworkQueues final : public scheduling::QueueDirectory {
 public:
  /// `origins` are the country codes that jobs come from.
  NetworkQueues(const scenario::Scenario& scenario, const std::vector<std::string>& origins);

  [[nodiscard]] std::vector<Queue>& queues() { return queues_; }
  [[nodiscard]] Queue& operator[](int queue) { return queues_[static_cast<std::size_t>(queue)]; }
  /// Brokers ask at this time.
  void set_time(units::Seconds now) { now_ = now; }
  /// Whether some queue that will grow will take the job then.
  [[nodiscard]] bool will_be_accepted(const scheduling::BrokeredJob& job) const;
  /// Why no queue ever takes the job.
  [[nodiscard]] std::string_view reason_of_refusal(const scheduling::BrokeredJob& job) const;

  [[nodiscard]] int num_queues() const override { return static_cast<int>(queues_.size()); }
  [[nodiscard]] const std::vector<int>& by_distance(std::int32_t origin) const override;
  [[nodiscard]] std::size_t num_at_home(std::int32_t origin) const override;
  [[nodiscard]] bool accepts(int queue, const scheduling::BrokeredJob& job) const override;
  [[nodiscard]] double load(int queue) const override;
  [[nodiscard]] units::Seconds now() const override { return now_; }
  [[nodiscard]] units::Seconds estimate_start(int queue, const scheduling::BrokeredJob& job) const override;

 private:
  struct Preference {
    std::vector<int> order;
    std::size_t at_home = 0;
  };
  void add_partition(const scenario::Scenario& scenario, metrics::Place place);
  [[nodiscard]] Preference preference(const scenario::Scenario& scenario, const std::string& country) const;

  std::vector<Queue> queues_;
  std::vector<Preference> by_origin_;  // the last one is for unknown origins
  units::Seconds now_{0};
};

}  // namespace gigasim::engine
