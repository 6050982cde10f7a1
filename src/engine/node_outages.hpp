#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/node_failures.hpp"
#include "network_queues.hpp"

namespace gigasim::engine {

/// Which nodes of which partitions run jobs, stand by as spares, or are down. Nothing where the scenario has no
/// failures. O(log n) an outage, beside the jobs that it interrupts and its nodes.
class NodeOutages {
 public:
  /// Jobs are interrupted through `interrupt`, which must make them give back what they hold.
  using Interrupt = std::function<void(metrics::JobIndex, workload::FailureCause)>;
  NodeOutages(const scenario::Scenario& scenario, NetworkQueues& queues, metrics::Observer& observer,
              Interrupt interrupt);

  [[nodiscard]] bool any() const { return !pools_.empty(); }
  /// When the next outage comes or ends.
  [[nodiscard]] std::optional<units::Seconds> next() const;
  /// Works off the ends of outages and the outages of an instant; returns the queues whose capacity changed, rising.
  [[nodiscard]] std::vector<int> strike(units::Seconds now);
  /// More accelerators of a queue are online: nodes that are down, and new spares, are withheld from it.
  void opened(int queue, std::int64_t accelerators, units::Seconds now);
  /// A queue is offline.
  void closed(int queue, units::Seconds now);

 private:
  enum class NodeState : std::uint8_t { kClosed, kRuns, kSpare, kDown };
  struct Node {
    NodeState state = NodeState::kClosed;
    std::uint8_t outages = 0;  // that it is in
  };
  struct Pool {
    std::unique_ptr<workload::NodeFailures> failures;
    std::vector<Node> nodes;
    std::set<std::int64_t> spares;
    std::int64_t open_nodes = 0;
    std::int64_t spares_wanted = 0;
    std::int64_t withheld = 0;  // accelerators, of nodes that are open and run no jobs
    std::int64_t down = 0;      // of these, accelerators
    std::int64_t missing = 0;   // nodes that would run jobs if there were enough
  };
  using Repair = std::tuple<double, int, std::int64_t, std::int64_t>;  // time, queue, first node, nodes
  using Due = std::pair<double, int>;                                  // time, queue

  void begin_outage(int queue, const workload::Outage& outage);
  void end_outage(int queue, std::int64_t first, std::int64_t nodes);
  void withhold(int queue, std::int64_t node, NodeState state);
  void employ(int queue, std::int64_t node);
  void settle(int queue, units::Seconds now);
  void expect_outage(int queue);
  [[nodiscard]] Pool& pool(int queue) { return pools_[static_cast<std::size_t>(queue)]; }

  NetworkQueues& queues_;
  metrics::Observer& observer_;
  Interrupt interrupt_;
  double spares_share_ = 0.0;
  std::deque<Pool> pools_;  // by queue
  std::priority_queue<Due, std::vector<Due>, std::greater<>> outages_;
  std::priority_queue<Repair, std::vector<Repair>, std::greater<>> repairs_;
  std::set<int> changed_;
};

}  // namespace gigasim::engine
