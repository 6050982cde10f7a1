#include "network_queues.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "gigasim/units/share.hpp"

namespace gigasim::engine {
namespace {

std::optional<units::UtcTime> later(std::optional<units::UtcTime> a, std::optional<units::UtcTime> b) {
  return a && b ? std::max(*a, *b) : (a ? a : b);
}
std::optional<units::UtcTime> earlier(std::optional<units::UtcTime> a, std::optional<units::UtcTime> b) {
  return a && b ? std::min(*a, *b) : (a ? a : b);
}

/// Fills in what the privileges that hold at a site mean for one of its queues.
std::vector<scheduling::Privilege> settle_privileges(const scenario::Scenario& scenario, const std::string& site,
                                                     Queue& queue) {
  std::vector<scheduling::Privilege> here;
  queue.room.assign(scenario.scheduling.privileges.size() + 1, queue.accelerators);
  for (std::size_t p = 0; p < scenario.scheduling.privileges.size(); ++p) {
    const scenario::Privilege& privilege = scenario.scheduling.privileges[p];
    const bool holds = std::find(privilege.sites.begin(), privilege.sites.end(), site) != privilege.sites.end();
    queue.privileges.push_back(holds ? static_cast<std::int32_t>(here.size()) : -1);
    if (!holds) continue;
    const bool lent = privilege.unused == scenario::UnusedReserve::kLent;
    here.push_back({privilege.reserve, lent, privilege.lend_up_to, privilege.priority});
    const std::int64_t reserved = units::whole_share(privilege.reserve, queue.accelerators);
    for (std::size_t other = 0; other < queue.room.size(); ++other) {
      if (other != p + 1) queue.room[other] -= reserved;
    }
  }
  return here;
}

}  // namespace

bool Queue::admits(const scheduling::BrokeredJob& job) const {
  if (job.sensitive ? !trusted : trusted_only) return false;
  return occupied(job.accelerators, job.sensitive) <= room[static_cast<std::size_t>(job.privilege + 1)];
}

scheduling::QueuedJob Queue::queued(std::int64_t id, const scheduling::BrokeredJob& job) const {
  const std::int32_t privilege = job.privilege < 0 ? -1 : privileges[static_cast<std::size_t>(job.privilege)];
  return {id, occupied(job.accelerators, job.sensitive), job.walltime + wipe, privilege};
}

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
  Queue queue{.place = place,
              .accelerators = partition.count,
              .online_at = {},
              .offline_at = {},
              .node = partition.per_node,
              .trusted = partition.trusted,
              .trusted_only = partition.trusted_only,
              .wipe = partition.wipe,
              .room = {},
              .privileges = {},
              .policy = {},
              .pods = PodAllocator(partition.count, partition.pod)};
  const auto privileges = settle_privileges(scenario, site.name, queue);
  queue.policy = scheduling::make_queue_policy(scenario.scheduling.queue_policy, privileges);
  if (const auto online = later(site.online, partition.online)) {
    queue.online_at = std::max(units::Seconds{0}, *online - scenario.period.start);
  }
  if (const auto offline = earlier(site.offline, partition.offline)) {
    queue.offline_at = *offline - scenario.period.start;
  }
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
    return queue.online_at > now_ && queue.admits(job) &&
           (!queue.offline_at || queue.online_at + job.walltime <= *queue.offline_at);
  });
}

std::string_view NetworkQueues::reason_of_refusal(const scheduling::BrokeredJob& job) const {
  const auto any = [&](auto holds) { return std::any_of(queues_.begin(), queues_.end(), holds); };
  if (any([&](const Queue& queue) { return queue.admits(job); })) return "no site is online long enough";
  if (job.sensitive) {
    return any([](const Queue& queue) { return queue.trusted; }) ? "larger than any trusted partition"
                                                                 : "no partition is trusted";
  }
  const bool fits = any([&](const Queue& queue) { return job.accelerators <= queue.accelerators; });
  return fits ? "larger than what any partition leaves it" : "larger than any partition";
}

const std::vector<int>& NetworkQueues::by_distance(std::int32_t origin) const {
  return origin < 0 ? by_origin_.back().order : by_origin_[static_cast<std::size_t>(origin)].order;
}

std::size_t NetworkQueues::num_at_home(std::int32_t origin) const {
  return origin < 0 ? 0 : by_origin_[static_cast<std::size_t>(origin)].at_home;
}

bool NetworkQueues::accepts(int queue, const scheduling::BrokeredJob& job) const {
  const Queue& q = queues_[static_cast<std::size_t>(queue)];
  return q.online && q.admits(job) && (!q.offline_at || now_ + job.walltime <= *q.offline_at);
}

double NetworkQueues::load(int queue) const {
  return queues_[static_cast<std::size_t>(queue)].policy->load();
}

units::Seconds NetworkQueues::estimate_start(int queue, const scheduling::BrokeredJob& job) const {
  const Queue& q = queues_[static_cast<std::size_t>(queue)];
  return q.policy->estimate_start(q.queued(0, job), now_);
}

}  // namespace gigasim::engine
