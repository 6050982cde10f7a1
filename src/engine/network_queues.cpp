#include "network_queues.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "gigasim/scenario/rollout.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/share.hpp"

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

/// Fills in what the privileges that hold at a site mean for one of its queues.
std::vector<scheduling::Privilege> settle_privileges(const scenario::Scenario& scenario, const std::string& site,
                                                     Queue& queue) {
  std::vector<scheduling::Privilege> here;
  for (std::size_t p = 0; p < scenario.scheduling.privileges.size(); ++p) {
    const scenario::Privilege& privilege = scenario.scheduling.privileges[p];
    const bool holds = std::find(privilege.sites.begin(), privilege.sites.end(), site) != privilege.sites.end();
    queue.privileges.push_back(holds ? static_cast<std::int32_t>(here.size()) : -1);
    if (!holds) continue;
    const bool lent = privilege.unused == scenario::UnusedReserve::kLent;
    here.push_back({privilege.reserve, lent, privilege.lend_up_to, privilege.priority});
  }
  for (const scenario::Privilege& privilege : scenario.scheduling.privileges) {
    const bool holds = queue.privileges[queue.reserves.size()] >= 0;
    queue.reserves.push_back(holds ? privilege.reserve : 0.0);
  }
  return here;
}

scheduling::BackfillLimits backfill_limits(const scenario::Scenario& scenario) {
  scheduling::BackfillLimits limits;
  limits.depth = scenario.scheduling.queues.backfill.depth.value_or(limits.depth);
  if (const auto window = scenario.scheduling.queues.backfill.window) limits.window = units::ceil_to_grid(*window);
  return limits;
}

/// By time holder; empty where nothing is capped.
std::vector<double> caps_of(const scenario::Scenario& scenario, const scenario::Site& site) {
  std::vector<double> caps;
  if (scenario.scheduling.shares != scenario::ShareRule::kCap || !site.time_shares) return caps;
  for (const scenario::TimeHolder holder : scenario::kTimeHolders) caps.push_back(site.time_shares->of(holder));
  return caps;
}

}  // namespace

void Queue::set_accelerators(std::int64_t online) {
  accelerators = online;
  room.clear();
  for (std::int32_t privilege = -1; privilege < static_cast<std::int32_t>(reserves.size()); ++privilege) {
    room.push_back(room_beside(privilege, online));
  }
}

std::int64_t Queue::room_beside(std::int32_t privilege, std::int64_t online) const {
  std::int64_t left = online;
  for (std::size_t p = 0; p < reserves.size(); ++p) {
    if (static_cast<std::int32_t>(p) != privilege) left -= units::whole_share(reserves[p], online);
  }
  return left;
}

bool Queue::lets_in(const scheduling::BrokeredJob& job) const {
  return job.sensitive ? trusted : !trusted_only;
}

std::int64_t Queue::cap_of(const scheduling::BrokeredJob& job, std::int64_t online) const {
  return caps.empty() || job.group < 0 ? online : units::whole_share(caps[static_cast<std::size_t>(job.group)], online);
}

bool Queue::admits(const scheduling::BrokeredJob& job) const {
  const std::int64_t most = std::min(room[static_cast<std::size_t>(job.privilege + 1)], cap_of(job, accelerators));
  return lets_in(job) && occupied(job.accelerators, job.sensitive) <= most &&
         reservations.leave_room_for(queued(0, job, units::Seconds{0}), accelerators);
}

bool Queue::is_wide_enough(const scheduling::BrokeredJob& job, std::int64_t online) const {
  const std::int64_t most = std::min(room_beside(job.privilege, online), cap_of(job, online));
  return lets_in(job) && occupied(job.accelerators, job.sensitive) <= most;
}

bool Queue::admits(const scheduling::BrokeredJob& job, std::int64_t online) const {
  return is_wide_enough(job, online) && reservations.leave_room_for(queued(0, job, units::Seconds{0}), online);
}

scheduling::QueuedJob Queue::queued(std::int64_t id, const scheduling::BrokeredJob& job, units::Seconds submit) const {
  const std::int32_t privilege = job.privilege < 0 ? -1 : privileges[static_cast<std::size_t>(job.privilege)];
  return {id,
          occupied(job.accelerators, job.sensitive),
          job.walltime + wipe,
          privilege,
          submit,
          reservations.usable_by(job.stream),
          -1,
          0,
          job.group};
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
              .steps = steps_since(scenario.period.start, scenario::capacity_steps(site, partition)),
              .offline_at = {},
              .node = partition.per_node,
              .trusted = partition.trusted,
              .trusted_only = partition.trusted_only,
              .wipe = partition.wipe,
              .reserves = {},
              .privileges = {},
              .caps = caps_of(scenario, site),
              .room = {},
              .reservations = reservations_in(scenario, site, partition),
              .policy = {},
              .pods = PodAllocator(partition.count, partition.pod)};
  const auto privileges = settle_privileges(scenario, site.name, queue);
  auto made = make_queue(scenario, site, {privileges, queue.reservations.all, backfill_limits(scenario)}, queue.caps);
  queue.policy = std::move(made.policy);
  queue.preempting = made.preempting;
  queue.set_accelerators(0);
  if (!queue.steps.empty() && queue.steps.back().accelerators == 0) queue.offline_at = queue.steps.back().from;
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
      return step.from > now_ && queue.admits(job, step.accelerators) &&
             (!queue.offline_at || step.from + job.walltime <= *queue.offline_at);
    });
  });
}

std::string_view NetworkQueues::reason_of_refusal(const scheduling::BrokeredJob& job) const {
  const auto ever = [&](auto holds) {
    return std::any_of(queues_.begin(), queues_.end(), [&](const Queue& queue) {
      return std::any_of(queue.steps.begin(), queue.steps.end(),
                         [&](const Step& step) { return holds(queue, step.accelerators); });
    });
  };
  if (ever([&](const Queue& queue, std::int64_t online) { return queue.admits(job, online); })) {
    return "no site is online long enough";
  }
  if (job.sensitive) {
    return ever([](const Queue& queue, std::int64_t) { return queue.trusted; }) ? "larger than any trusted partition"
                                                                                : "no partition is trusted";
  }
  const bool wide_enough =
      ever([&](const Queue& queue, std::int64_t online) { return queue.is_wide_enough(job, online); });
  if (wide_enough) return "longer than any gap between reservations";
  const bool fits = ever([&](const Queue&, std::int64_t online) { return job.accelerators <= online; });
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
  return q.admits(job) && (!q.offline_at || now_ + job.walltime <= *q.offline_at);
}

double NetworkQueues::load(int queue) const {
  return queues_[static_cast<std::size_t>(queue)].policy->load();
}

units::Seconds NetworkQueues::estimate_start(int queue, const scheduling::BrokeredJob& job) const {
  const Queue& q = queues_[static_cast<std::size_t>(queue)];
  return q.policy->estimate_start(q.queued(0, job, now_), now_);
}

}  // namespace gigasim::engine
