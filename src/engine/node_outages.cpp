#include "node_outages.hpp"

#include <fmt/format.h>

#include "gigasim/units/share.hpp"

namespace gigasim::engine {
namespace {

/// Since when a partition runs: its own date, or that of its site, or the first of its steps.
units::Seconds online_since(const scenario::Scenario& scenario, const scenario::Site& site,
                            const scenario::Partition& partition) {
  std::optional<units::UtcTime> online = partition.online ? partition.online : site.online;
  if (!partition.steps.empty()) online = partition.steps.front().from;
  return online ? *online - scenario.period.start : units::Seconds{0};
}

}  // namespace

NodeOutages::NodeOutages(const scenario::Scenario& scenario, NetworkQueues& queues, metrics::Observer& observer,
                         Interrupt interrupt)
    : queues_(queues), observer_(observer), interrupt_(std::move(interrupt)) {
  if (!scenario.failures) return;
  const scenario::Failures& rules = *scenario.failures;
  spares_share_ = rules.spares;
  for (int q = 0; q < queues.num_queues(); ++q) {
    Queue& queue = queues[q];
    const scenario::Site& site = scenario.sites[static_cast<std::size_t>(queue.place.site)];
    const scenario::Partition& partition = site.partitions[static_cast<std::size_t>(queue.place.partition)];
    queue.nodes = std::make_unique<NodeMap>(partition.count, partition.pod, partition.per_node);
    workload::NodePool described;
    described.nodes = queue.nodes->num_nodes();
    described.nodes_per_pod = queue.nodes->nodes_per_pod();
    described.rate = rules.rate_of(partition.accelerator);
    described.online = online_since(scenario, site, partition);
    described.seed = scenario.seed;
    described.name = fmt::format("failures:{}.{}", site.name, partition.name);
    described.site_name = fmt::format("failures:{}", site.name);
    Pool& made = pools_.emplace_back();
    made.nodes.resize(static_cast<std::size_t>(described.nodes));
    made.failures = std::make_unique<workload::NodeFailures>(rules, std::move(described));
    expect_outage(q);
  }
}

std::optional<units::Seconds> NodeOutages::next() const {
  std::optional<units::Seconds> next;
  if (!outages_.empty()) next = units::Seconds{outages_.top().first};
  if (!repairs_.empty() && (!next || std::get<0>(repairs_.top()) < next->in_base_units())) {
    next = units::Seconds{std::get<0>(repairs_.top())};
  }
  return next;
}

void NodeOutages::expect_outage(int queue) {
  if (const auto time = pool(queue).failures->next_time()) outages_.push({time->in_base_units(), queue});
}

std::vector<int> NodeOutages::strike(units::Seconds now) {
  changed_.clear();
  while (!repairs_.empty() && std::get<0>(repairs_.top()) <= now.in_base_units()) {
    const auto [time, queue, first, nodes] = repairs_.top();
    repairs_.pop();
    end_outage(queue, first, nodes);
  }
  while (!outages_.empty() && outages_.top().first <= now.in_base_units()) {
    const int queue = outages_.top().second;
    outages_.pop();
    const workload::Outage outage = pool(queue).failures->next();
    expect_outage(queue);
    begin_outage(queue, outage);
    repairs_.push({outage.repaired.in_base_units(), queue, outage.first_node, outage.nodes});
  }
  for (const int queue : changed_) settle(queue, now);
  return {changed_.begin(), changed_.end()};
}

void NodeOutages::begin_outage(int queue, const workload::Outage& outage) {
  Pool& pool = this->pool(queue);
  NodeMap& map = *queues_[queue].nodes;
  for (std::int64_t n = outage.first_node; n < outage.first_node + outage.nodes; ++n) {
    Node& node = pool.nodes[static_cast<std::size_t>(n)];
    ++node.outages;
    if (node.state == NodeState::kRuns) {
      for (const metrics::JobIndex job : map.jobs_on(n)) interrupt_(job, outage.cause);
      withhold(queue, n, NodeState::kDown);
      ++pool.missing;
    } else if (node.state == NodeState::kSpare) {
      pool.spares.erase(n);
      node.state = NodeState::kDown;
      pool.down += map.size_of(n);
    } else {
      continue;
    }
    changed_.insert(queue);
  }
}

void NodeOutages::end_outage(int queue, std::int64_t first, std::int64_t nodes) {
  Pool& pool = this->pool(queue);
  for (std::int64_t n = first; n < first + nodes; ++n) {
    Node& node = pool.nodes[static_cast<std::size_t>(n)];
    if (--node.outages > 0 || node.state != NodeState::kDown) continue;
    node.state = NodeState::kSpare;
    pool.spares.insert(n);
    pool.down -= queues_[queue].nodes->size_of(n);
    changed_.insert(queue);
  }
}

void NodeOutages::opened(int queue, std::int64_t accelerators, units::Seconds now) {
  if (!any()) return;
  Pool& pool = this->pool(queue);
  NodeMap& map = *queues_[queue].nodes;
  const std::int64_t before = pool.open_nodes;
  while (pool.open_nodes < map.num_nodes() && map.is_within(pool.open_nodes, accelerators)) ++pool.open_nodes;
  const std::int64_t wanted_before = pool.spares_wanted;  // those in use or down come back as spares
  pool.spares_wanted = units::whole_share(spares_share_, pool.open_nodes);
  std::int64_t new_spares = pool.spares_wanted - wanted_before;
  for (std::int64_t n = pool.open_nodes - 1; n >= before; --n) {  // the last nodes stand by
    Node& node = pool.nodes[static_cast<std::size_t>(n)];
    node.state = NodeState::kRuns;
    if (node.outages > 0) {
      withhold(queue, n, NodeState::kDown);
      ++pool.missing;
    } else if (new_spares-- > 0) {
      withhold(queue, n, NodeState::kSpare);
      pool.spares.insert(n);
    }
  }
  settle(queue, now);
}

void NodeOutages::withhold(int queue, std::int64_t n, NodeState state) {
  Queue& q = queues_[queue];
  const std::int64_t size = q.nodes->size_of(n);
  pool(queue).nodes[static_cast<std::size_t>(n)].state = state;
  pool(queue).withheld += size;
  if (state == NodeState::kDown) pool(queue).down += size;
  q.pods.withhold(q.nodes->pod_of(n), size);
  q.nodes->set_usable(n, false);
}

void NodeOutages::employ(int queue, std::int64_t n) {
  Queue& q = queues_[queue];
  const std::int64_t size = q.nodes->size_of(n);
  pool(queue).nodes[static_cast<std::size_t>(n)].state = NodeState::kRuns;
  pool(queue).withheld -= size;
  q.pods.restore(q.nodes->pod_of(n), size);
  q.nodes->set_usable(n, true);
}

void NodeOutages::closed(int queue, units::Seconds now) {
  if (any()) settle(queue, now);
}

// Spares take the places of nodes that are missing; a queue that is offline keeps its capacity of 0.
void NodeOutages::settle(int queue, units::Seconds now) {
  Pool& pool = this->pool(queue);
  while (pool.missing > 0 && !pool.spares.empty()) {
    employ(queue, *pool.spares.begin());
    pool.spares.erase(pool.spares.begin());
    --pool.missing;
  }
  Queue& q = queues_[queue];
  if (q.accelerators > 0) q.policy->set_capacity(q.accelerators - pool.withheld);
  observer_.nodes_down(q.place, q.accelerators > 0 ? pool.down : 0, now);
}

}  // namespace gigasim::engine
