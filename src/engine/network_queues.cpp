#include "network_queues.hpp"

#include <algorithm>
#include <limits>

#include "gigasim/scenario/rollout.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/share.hpp"
#include "gigasim/workload/request.hpp"

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
  for (const scenario::Privilege& privilege : scenario.scheduling.privileges) {
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

/// The id of a job that is not in a queue yet, in estimates: ids rise in order of arrival.
constexpr std::int64_t kBehindAll = std::numeric_limits<std::int64_t>::max();

/// What a broker weighs of the country in which a site is.
scheduling::SiteFacts facts_of(const scenario::Scenario& scenario, const scenario::Site& site) {
  const auto country = scenario.countries.find(site.country);
  if (country == scenario.countries.end()) return {};
  return {0.0, country->second.carbon_g_per_kwh.value_or(0.0), country->second.electricity_eur_per_mwh.value_or(0.0)};
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

double slowest_of(const std::vector<double>& speeds) {
  return speeds.empty() ? 1.0 : std::min(1.0, *std::min_element(speeds.begin(), speeds.end()));
}

/// The lowest speed of a stream's jobs, anywhere; at most 1.
double slowest_of(const scenario::Stream& stream) {
  double slowest = stream.trace ? slowest_of(stream.trace->speeds) : 1.0;
  for (const auto& accepted : stream.needs.accelerators) slowest = std::min(slowest, accepted.speed);
  for (const auto& job_class : stream.classes) slowest = std::min(slowest, slowest_of(job_class.speeds));
  if (!stream.work) return slowest;
  for (const scenario::SizedWork& size : stream.work->sizes) {
    for (std::size_t p = 0; p < size.partition.size(); ++p) slowest = std::min(slowest, size.speed_on(p));
  }
  return slowest;
}

}  // namespace

units::Seconds at_speed(units::Seconds time, double speed) {
  return speed == 1.0 ? time : units::ceil_to_grid(time / speed);
}

units::Seconds request_at(const scheduling::BrokeredJob& job, double speed) {
  const auto& rounding = job.rounding;
  if (speed == 1.0 || rounding.estimate == units::Seconds{0}) return at_speed(job.walltime, speed);
  return workload::rounded_request(rounding.estimate / speed, at_speed(rounding.runtime, speed), rounding.limit);
}

void Queue::set_accelerators(std::int64_t online) {
  accelerators = online;
  room.clear();
  for (std::int32_t privilege = -1; privilege < static_cast<std::int32_t>(reserves.size()); ++privilege) {
    room.push_back(room_beside(privilege, without_spares(online)));
  }
}

std::int64_t Queue::without_spares(std::int64_t online) const {
  return online - units::whole_share(spares, online / node) * node;
}

std::int64_t Queue::room_beside(std::int32_t privilege, std::int64_t online) const {
  std::int64_t left = online;
  for (std::size_t p = 0; p < reserves.size(); ++p) {
    if (static_cast<std::int32_t>(p) != privilege) left -= units::whole_share(reserves[p], online);
  }
  return left;
}

std::int64_t Queue::cap_of(const scheduling::BrokeredJob& job, std::int64_t online) const {
  return caps.empty() || job.group < 0 ? online : units::whole_share(caps[static_cast<std::size_t>(job.group)], online);
}

bool Queue::finds_gap(const scheduling::BrokeredJob& job, double speed, std::int64_t online) const {
  return reservations.all.empty() || reservations.leave_room_for(queued(0, job, speed, units::Seconds{0}), online);
}

bool Queue::has_room(const scheduling::BrokeredJob& job, double speed) const {
  const std::int64_t most = std::min(room[static_cast<std::size_t>(job.privilege + 1)], cap_of(job, accelerators));
  return occupied(job.accelerators, job.sensitive) <= most && finds_gap(job, speed, accelerators);
}

bool Queue::has_room(const scheduling::BrokeredJob& job, double speed, std::int64_t online) const {
  return is_wide_enough(job, online) && finds_gap(job, speed, online);
}

void Queue::occupy(metrics::JobIndex job, std::vector<metrics::PodShare>& into, std::int64_t asked) {
  into = pods.take(asked);
  if (nodes) nodes->take(job, into);
}

void Queue::vacate(metrics::JobIndex job, std::vector<metrics::PodShare>& held) {
  if (nodes) nodes->give_back(job, held);
  pods.give_back(std::exchange(held, {}));
}

bool Queue::is_wide_enough(const scheduling::BrokeredJob& job, std::int64_t online) const {
  return occupied(job.accelerators, job.sensitive) <=
         std::min(room_beside(job.privilege, without_spares(online)), cap_of(job, online));
}

scheduling::QueuedJob Queue::queued(std::int64_t id, const scheduling::BrokeredJob& job, double speed,
                                    units::Seconds submit) const {
  const std::int32_t privilege = job.privilege < 0 ? -1 : privileges[static_cast<std::size_t>(job.privilege)];
  return {id,
          occupied(job.accelerators, job.sensitive),
          request_at(job, speed) + wipe,
          privilege,
          submit,
          reservations.usable_by(job.stream),
          -1,
          0,
          job.group};
}

NetworkQueues::NetworkQueues(const scenario::Scenario& scenario, const std::vector<std::string>& origins)
    : queues_(make_queues(scenario)), eligible_(scenario, places(queues_), origins) {
  for (const Queue& queue : queues_) {
    facts_.push_back(facts_of(scenario, scenario.sites[static_cast<std::size_t>(queue.place.site)]));
    have_reservations_ = have_reservations_ || !queue.reservations.all.empty();
  }
  for (const scenario::Stream& stream : scenario.workload.streams) {
    slowest_ = std::min(slowest_, slowest_of(stream));
  }
}

std::vector<Queue> NetworkQueues::make_queues(const scenario::Scenario& scenario) {
  std::vector<Queue> queues;
  for (std::size_t s = 0; s < scenario.sites.size(); ++s) {
    for (std::size_t p = 0; p < scenario.sites[s].partitions.size(); ++p) {
      queues.push_back(make_queue(scenario, {static_cast<std::int32_t>(s), static_cast<std::int32_t>(p)}));
    }
  }
  return queues;
}

Queue NetworkQueues::make_queue(const scenario::Scenario& scenario, metrics::Place place) {
  const auto& site = scenario.sites[static_cast<std::size_t>(place.site)];
  const auto& partition = site.partitions[static_cast<std::size_t>(place.partition)];
  Queue queue{.place = place,
              .steps = steps_since(scenario.period.start, scenario::capacity_steps(site, partition)),
              .offline_at = {},
              .node = partition.per_node,
              .trusted = partition.trusted,
              .wipe = partition.wipe,
              .reserves = {},
              .privileges = {},
              .caps = caps_of(scenario, site),
              .room = {},
              .reservations = reservations_in(scenario, site, partition),
              .policy = {},
              .pods = PodAllocator(partition.count, partition.pod),
              .nodes = {}};
  const auto privileges = settle_privileges(scenario, site.name, queue);
  auto made =
      engine::make_queue(scenario, site, {privileges, queue.reservations.all, backfill_limits(scenario)}, queue.caps);
  queue.policy = std::move(made.policy);
  queue.preempting = made.preempting;
  if (scenario.failures) queue.spares = scenario.failures->spares;
  queue.set_accelerators(0);
  if (!queue.steps.empty() && queue.steps.back().accelerators == 0) queue.offline_at = queue.steps.back().from;
  return queue;
}

std::vector<metrics::Place> NetworkQueues::places(const std::vector<Queue>& queues) {
  std::vector<metrics::Place> places;
  places.reserve(queues.size());
  for (const Queue& queue : queues) places.push_back(queue.place);
  return places;
}

void NetworkQueues::set_accelerators(int queue, std::int64_t online) {
  (*this)[queue].set_accelerators(online);
  ++epoch_;
  first_end_.reset();
  for (const Queue& q : queues_) {
    if (q.accelerators == 0 || !q.offline_at) continue;
    first_end_ = first_end_ ? std::min(*first_end_, *q.offline_at) : *q.offline_at;
  }
}

double NetworkQueues::slowest(const scheduling::BrokeredJob& job) const {
  double slowest = std::numeric_limits<double>::infinity();
  for (const int queue : view(job).order) slowest = std::min(slowest, speed(queue, job));
  return view(job).order.empty() ? 1.0 : slowest;
}

bool NetworkQueues::ends_within(const scheduling::BrokeredJob& job) const {
  return first_end_ && now_ + request_at(job, slowest_) > *first_end_;
}

bool NetworkQueues::lasts(std::size_t queue, const scheduling::BrokeredJob& job, units::Seconds start) const {
  const auto& end = queues_[queue].offline_at;
  return !end || start + request_at(job, eligible_.speed(job.needs, static_cast<int>(queue))) <= *end;
}

bool NetworkQueues::will_be_accepted(const scheduling::BrokeredJob& job) const {
  for (std::size_t q = 0; q < queues_.size(); ++q) {
    if (!is_eligible(q, job)) continue;
    const Queue& queue = queues_[q];
    const bool at_a_step = std::any_of(queue.steps.begin(), queue.steps.end(), [&](const Step& step) {
      return step.from > now_ && has_room(q, job, step.accelerators) && lasts(q, job, step.from);
    });
    if (at_a_step) return true;
  }
  return false;
}

template <class Holds>
bool NetworkQueues::ever(const scheduling::BrokeredJob& job, bool eligible_only, Holds holds) const {
  for (std::size_t q = 0; q < queues_.size(); ++q) {
    if (eligible_only && !is_eligible(q, job)) continue;
    const Queue& queue = queues_[q];
    const bool at_a_step = std::any_of(queue.steps.begin(), queue.steps.end(),
                                       [&](const Step& step) { return holds(q, step.accelerators); });
    if (at_a_step) return true;
  }
  return false;
}

/// The filter at which the last of the queues fell, in words; nothing where only trust tells them apart.
std::string_view NetworkQueues::unsuitable(const scheduling::BrokeredJob& job) const {
  using metrics::Exclusion;
  const auto& exclusions = view(job).exclusions;
  const auto last = exclusions.empty() ? Exclusion::kNone : *std::max_element(exclusions.begin(), exclusions.end());
  const bool only_trust = std::none_of(exclusions.begin(), exclusions.end(),
                                       [](Exclusion one) { return one > Exclusion::kNone && one < Exclusion::kTrust; });
  if (only_trust) return {};
  if (!view(job).order.empty()) return "larger than any partition that suits it";
  switch (last) {
    case Exclusion::kAccelerator:
      return "no partition has an accelerator that it accepts";
    case Exclusion::kMemory:
      return "no accelerator that it accepts has the memory that it asks for";
    case Exclusion::kPrecision:
      return "no accelerator that it accepts computes in its number format";
    case Exclusion::kModelSize:
      return "its AI model does not fit on so many accelerators of any partition that suits it";
    case Exclusion::kDeadline:
      return "no partition that suits it is done by its deadline";
    case Exclusion::kStorage:
      return "no partition that suits it has the storage for its checkpoints";
    case Exclusion::kResidency:
      return "no partition that suits it is where its data may be processed";
    case Exclusion::kEligibility:
      return "no partition that suits it is open to its country";
    case Exclusion::kTrust:
      return "no partition that suits it is trusted";
    default:
      return "every partition that suits it takes sensitive jobs only";
  }
}

std::string_view NetworkQueues::reason_of_refusal(const scheduling::BrokeredJob& job) const {
  const auto fits_then = [&](std::size_t queue, std::int64_t online) { return has_room(queue, job, online); };
  if (ever(job, true, fits_then)) return "no site is online long enough";
  const auto wide_enough = [&](std::size_t queue, std::int64_t online) {
    return queues_[queue].is_wide_enough(job, online);
  };
  if (ever(job, true, wide_enough)) return "longer than any gap between reservations";
  if (const auto reason = unsuitable(job); !reason.empty()) return reason;
  if (job.sensitive) {
    return ever(job, false, [&](std::size_t queue, std::int64_t) { return queues_[queue].trusted; })
               ? "larger than any trusted partition"
               : "no partition is trusted";
  }
  const auto fits = [&](std::size_t, std::int64_t online) { return job.accelerators <= online; };
  return ever(job, false, fits) ? "larger than what any partition leaves it" : "larger than any partition";
}

metrics::Exclusion NetworkQueues::exclusion(int queue, const scheduling::BrokeredJob& job) const {
  using metrics::Exclusion;
  const auto index = static_cast<std::size_t>(queue);
  const Queue& q = queues_[index];
  if (const Exclusion always = view(job).exclusions[index]; always != Exclusion::kNone) return always;
  if (q.accelerators == 0) return Exclusion::kOffline;
  const std::int64_t occupied = q.occupied(job.accelerators, job.sensitive);
  if (occupied > q.accelerators) return Exclusion::kSize;
  if (occupied > q.room[static_cast<std::size_t>(job.privilege + 1)]) return Exclusion::kReserved;
  if (occupied > q.cap_of(job, q.accelerators)) return Exclusion::kCap;
  if (!q.has_room(job, speed(queue, job))) return Exclusion::kNoGap;
  return lasts(index, job, now_) ? Exclusion::kNone : Exclusion::kEnds;
}

bool NetworkQueues::accepts(int queue, const scheduling::BrokeredJob& job) const {
  const auto index = static_cast<std::size_t>(queue);
  return queue != job.except && is_eligible(index, job) && queues_[index].has_room(job, speed(queue, job)) &&
         lasts(index, job, now_);
}

double NetworkQueues::load(int queue) const {
  return queues_[static_cast<std::size_t>(queue)].policy->load();
}

units::Seconds NetworkQueues::estimate_start(int queue, const scheduling::BrokeredJob& job) const {
  return queues_[static_cast<std::size_t>(queue)].policy->estimate_start(queued(queue, kBehindAll, job, now_), now_);
}

scheduling::SiteFacts NetworkQueues::facts(int queue, const scheduling::BrokeredJob& job) const {
  scheduling::SiteFacts facts = facts_[static_cast<std::size_t>(queue)];
  facts.distance_km = eligible_.distance_km(job.origin, queue);
  return facts;
}

}  // namespace gigasim::engine
