#include "network_queues.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "gigasim/scenario/rollout.hpp"

namespace gigasim::engine {
namespace {

/// The steps since the scenario's start; of those before it only the last counts.
std::vector<Step> steps_since(units::UtcTime start, const std::vector<scenario::CapacityStep>& dated) {
  std::vector<Step> steps;
  for (const scenario::CapacityStep& step : dated) {
    const units::Seconds from = step.from - start;
    if (from <= units::Seconds{0}) steps.clear();
    steps.push_back({std::max(units::Seconds{0}, from), step.accelerators});
  }
  return steps;
}

}  // namespace

NetworkQueues::NetworkQueues(const scenario::Scenario& scenario, const std::vector<std::string>& origins) {
  for (std::size_t s = 0; s < scenario.sites.size(); ++s) {
    for (std::size_t p = 0; p < scenario.sites[s].partitions.size(); ++p) {
      add_partition(scenario, {static_cast<std::int32_t>(s), static_cast<std::int32_t>(p)});
    }
  }
  for (const auto& country : origins) by_origin_.push_back(preference(scenario, country));
  by_origin_.push_back(preference(scenario, ""));
}

void NetworkQueues::add_partition(const scenario::Scenario& scenario, metrics::Place place) {
  const auto& site = scenario.sites[static_cast<std::size_t>(place.site)];
  const auto& partition = site.partitions[static_cast<std::size_t>(place.partition)];
  Queue queue{place,
              0,
              steps_since(scenario.period.start, scenario::capacity_steps(site, partition)),
              {},
              scheduling::make_queue_policy(scenario.scheduling.queue_policy),
              PodAllocator(partition.count, partition.pod)};
  if (!queue.steps.empty() && queue.steps.back().accelerators == 0) queue.offline_at = queue.steps.back().from;
  for (const Step& step : queue.steps) largest_ = std::max(largest_, step.accelerators);
  queues_.push_back(std::move(queue));
}

NetworkQueues::Preference NetworkQueues::preference(const scenario::Scenario& scenario,
                                                    const std::string& country) const {
  Preference result;
  result.order.resize(queues_.size());
  std::iota(result.order.begin(), result.order.end(), 0);
  const auto users = scenario.workload.origin_places.find(country);
  if (users == scenario.workload.origin_places.end()) return result;
  const auto site_of = [&](int queue) -> const scenario::Site& {
    return scenario.sites[static_cast<std::size_t>(queues_[static_cast<std::size_t>(queue)].place.site)];
  };
  const auto key = [&](int queue) {
    const auto& site = site_of(queue);
    return std::tuple{site.country != country, units::great_circle_km(users->second, site.location), queue};
  };
  std::sort(result.order.begin(), result.order.end(), [&](int a, int b) { return key(a) < key(b); });
  result.at_home = static_cast<std::size_t>(
      std::count_if(result.order.begin(), result.order.end(), [&](int q) { return site_of(q).country == country; }));
  return result;
}

bool NetworkQueues::will_be_accepted(const scheduling::BrokeredJob& job) const {
  return std::any_of(queues_.begin(), queues_.end(), [&](const Queue& queue) {
    return std::any_of(queue.steps.begin(), queue.steps.end(), [&](const Step& step) {
      return step.from > now_ && job.accelerators <= step.accelerators &&
             (!queue.offline_at || step.from + job.walltime <= *queue.offline_at);
    });
  });
}

const std::vector<int>& NetworkQueues::by_distance(std::int32_t origin) const {
  return origin < 0 ? by_origin_.back().order : by_origin_[static_cast<std::size_t>(origin)].order;
}

std::size_t NetworkQueues::num_at_home(std::int32_t origin) const {
  return origin < 0 ? 0 : by_origin_[static_cast<std::size_t>(origin)].at_home;
}

bool NetworkQueues::accepts(int queue, const scheduling::BrokeredJob& job) const {
  const Queue& q = queues_[static_cast<std::size_t>(queue)];
  return job.accelerators <= q.accelerators && (!q.offline_at || now_ + job.walltime <= *q.offline_at);
}

double NetworkQueues::load(int queue) const {
  return queues_[static_cast<std::size_t>(queue)].policy->load();
}

units::Seconds NetworkQueues::estimate_start(int queue, const scheduling::BrokeredJob& job) const {
  return queues_[static_cast<std::size_t>(queue)].policy->estimate_start({0, job.accelerators, job.walltime}, now_);
}

}  // namespace gigasim::engine
