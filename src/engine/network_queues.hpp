#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/scheduling/broker.hpp"
#include "gigasim/scheduling/queue_policy.hpp"
#include "pod_allocator.hpp"

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
  std::unique_ptr<scheduling::QueuePolicy> policy;
  PodAllocator pods;
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
  /// Whether some partition is large enough, online or not.
  [[nodiscard]] bool fits_anywhere(std::int64_t accelerators) const { return accelerators <= largest_; }

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
  std::int64_t largest_ = 0;
  units::Seconds now_{0};
};

}  // namespace gigasim::engine
