#pragma once

#include <memory>
#include <optional>

#include "exclusions.hpp"
#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/scheduling/broker.hpp"
#include "network_queues.hpp"

namespace gigasim::engine {

/// Asks the broker where jobs go, and tells the observer what it decided and why: O(1) beside the broker's own work,
/// and one estimate of the queue chosen.
class Brokering {
 public:
  Brokering(const scenario::Scenario& scenario, NetworkQueues& queues, metrics::Observer& observer);

  void load_changed(int queue);
  /// The queue that a job joins; nothing when none accepts it now.
  [[nodiscard]] std::optional<int> place(metrics::JobIndex index, const scheduling::BrokeredJob& job);
  /// What the broker says, unheard by the observer: for those who ask about several sizes of one job.
  [[nodiscard]] std::optional<scheduling::Choice> ask(const scheduling::BrokeredJob& job);
  /// Tells the observer which queue a job joins, or moves to.
  void tell(metrics::JobIndex index, const scheduling::BrokeredJob& job,
            const std::optional<scheduling::Choice>& choice, bool moved = false);
  /// Where a job that waits in queue `present` had better wait: what the broker chooses among the others, when the
  /// estimate there is earlier than that of its place in the queue. Nothing when it stays.
  [[nodiscard]] std::optional<int> better_place(metrics::JobIndex index, const scheduling::BrokeredJob& job,
                                                int present);

 private:
  [[nodiscard]] units::Seconds expected_start(const scheduling::Choice& choice,
                                              const scheduling::BrokeredJob& job) const;

  NetworkQueues& queues_;
  metrics::Observer& observer_;
  std::unique_ptr<scheduling::Broker> broker_;
  Exclusions exclusions_;
};

}  // namespace gigasim::engine
